/* SPDX-License-Identifier: Apache-2.0 */
/* Ports that may be reset, names that are none, and the ways to do it, on a sysfs of the test's. */
#include "udev/port_reset.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static const char *const names[] = { "1-1", "1-4.2", "255-15.15.15.15.15.15", "12-10.1.2" };
static const char *const no_names[] = { "",
					"1",
					"1-",
					"-1",
					"1-1.",
					"1.1",
					"1-1-1",
					"1-1:1.0",
					"usb1",
					"0-1",
					"1-0",
					"01-1",
					"1-1.2.3.4.5.6.7",
					"1000-1",
					"1-1000",
					"..",
					"1-1/..",
					"1-1/../2-1",
					"../1-1",
					"1-1\n",
					" 1-1",
					"1-1 ",
					"1-+1",
					"1-1.1111111111111111111111111111111111111" };

static char root[SCRATCH_PATH];

static void put(const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s", root, name);
	for (char *at = path + strlen(root) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		(void)mkdir(path, 0700);
		*at = '/';
	}
	scratch_write_text(path, text);
}

static void is_file(const char *name, const char *want, const char *what)
{
	char path[SCRATCH_PATH], *text = scratch_read(scratch_path(path, root, name), NULL);

	is_string(text ? text : "(none)", want, what);
	free(text);
}

#define PORT "sys/bus/usb/devices/1-4.2/"

static void put_device(const char *vendor, const char *class)
{
	put(PORT "idVendor", vendor);
	put(PORT "bDeviceClass", class);
	put(PORT "busnum", "1\n");
	put(PORT "devnum", "7\n");
	put(PORT "authorized", "1\n");
}

/* What is no port's name is refused before anything is looked for. */
static void test_names(void)
{
	scratch_make(root);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		is_number(port_reset(root, names[i]), -ENODEV, names[i]);
	for (size_t i = 0; i < sizeof no_names / sizeof no_names[0]; i++)
		is_number(port_reset(root, no_names[i]), -EINVAL, no_names[i]);
	scratch_remove(root);
}

static void test_refused(void)
{
	scratch_make(root);
	is_number(port_reset(root, "../1-1"), -EINVAL, "a path is no port");
	is_number(port_reset(root, "1-4.2"), -ENODEV, "nothing is there");
	put_device("046d\n", "00\n");
	is_number(port_reset(root, "1-4.2"), -EPERM, "another vendor's device");
	put_device("nothing\n", "00\n");
	is_number(port_reset(root, "1-4.2"), -EINVAL, "a vendor that is no number");
	put_device("05ac\n", "09\n");
	is_number(port_reset(root, "1-4.2"), -EPERM, "Apple's hub");
	is_file(PORT "authorized", "1\n", "nothing was touched");
	scratch_remove(root);
}

static void test_ways(void)
{
	scratch_make(root);
	put_device("05ac\n", "00\n");
	put(PORT "authorized", "x");
	is_number(port_reset(root, "1-4.2"), 0, "without a node it is authorized again");
	is_file(PORT "authorized", "1", "… in the end");
	/* A file is no USB device: the reset of it fails. */
	put("dev/bus/usb/001/007", "");
	put(PORT "authorized", "x");
	is_number(port_reset(root, "1-4.2"), 0, "a node that cannot be reset");
	is_file(PORT "authorized", "1", "… leaves that");
	put(PORT "authorized", "x");
	put(PORT "port/disable", "x");
	is_number(port_reset(root, "1-4.2"), 0, "a port that can be switched");
	is_file(PORT "port/disable", "0", "… is on in the end");
	is_file(PORT "authorized", "x", "… and nothing else is touched");
	scratch_remove(root);
}

int main(void)
{
	test_names();
	test_refused();
	test_ways();
	return tap_done();
}
