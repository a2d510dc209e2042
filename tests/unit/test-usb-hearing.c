/* SPDX-License-Identifier: Apache-2.0 */
/* Whether udev's events can be heard: by lines of the kernel's, and in namespaces. */
#include "udev/usb_hearing.h"

#include <linux/netlink.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/bus_cage.h"
#include "tests/unit/tap.h"

static void test_lines(void)
{
	static const struct {
		const char *what, *line;
		bool udevd;
	} rows[] = {
		{ "the head", "sk               Eth Pid        Groups   Rmem     Wmem", false },
		{ "udevd", "00000000b1398a12 15  411        00000001 0        0        0", true },
		{ "in more groups", "00000000b1398a12 15  411        00000003 0 0", true },
		{ "a client of udevd's", "00000000b1398a12 15  812        00000002 0 0", false },
		{ "the kernel's end", "00000000b1398a12 15  0          00000000 0 0", false },
		{ "another family", "00000000b1398a12 0   411        00000001 0 0", false },
		{ "routes", "00000000b1398a12 10  411        00000011 0 0", false },
		{ "nothing", "", false },
		{ "half a line", "00000000b1398a12 15", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ok(usb_hearing_is_udevd(rows[i].line) == rows[i].udevd, "%s", rows[i].what);
}

static void test_words(void)
{
	is_string(usb_hearing_name(USB_HEARS), "hears", "a name");
	is_string(usb_hearing_name(USB_NO_UDEVD), "no-udevd", "a name");
	is_string(usb_hearing_name(USB_FOREIGN_NETWORK), "foreign-network", "a name");
	is_string(usb_hearing_sentence(USB_HEARS), "", "nothing to say");
	for (int i = 1; i < USB_HEARINGS; i++)
		ok(strchr(usb_hearing_sentence((enum usb_hearing)i), '.') &&
			   strchr(usb_hearing_remedy((enum usb_hearing)i), '.'),
		   "what is so, and a remedy");
}

/* As udevd does. */
static int hear_kernel(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);

	return fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fd : -1;
}

static void test_finding(void)
{
	const char *why = cage_enter();
	int fd;

	if (why) {
		tap_skip(why);
		return;
	}
	is_string(usb_hearing_name(usb_hearing_find()), "foreign-network",
		  "a network namespace without udevd");
	fd = hear_kernel();
	ok(fd >= 0, "somebody hears the kernel there");
	is_string(usb_hearing_name(usb_hearing_find()), "hears", "as if it were udevd");
	unlink("/run/udev/control");
	is_string(usb_hearing_name(usb_hearing_find()), "no-udevd", "its sign is away");
	close(fd);
}

int main(void)
{
	test_lines();
	test_words();
	test_finding();
	return tap_done();
}
