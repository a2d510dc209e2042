/* SPDX-License-Identifier: Apache-2.0 */
/* A USB bus of the test's own: namespaces in which sysfs is ours, and udevd's part is played. */
#define _GNU_SOURCE /* CLONE_NEWNET */
#include "tests/unit/bus_cage.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/namespaces.h"
#include "tests/unit/scratch.h"

#define FOLDER "/sys/devices/bench"
/* The group in which udevd speaks. */
#define GROUP_UDEV 2

/* What stands before the properties in a message of udevd's (systemd, sd-device's monitor). */
struct message_head {
	char prefix[8];
	uint32_t magic, head_size, properties_at, properties_size;
	uint32_t subsystem_hash, devtype_hash, tags_high, tags_low;
};
#define MAGIC 0xfeedcafeU

static void need(bool fine, const char *what)
{
	if (fine)
		return;
	perror(what);
	exit(99);
}

const char *cage_enter(void)
{
	if (!namespaces_leave(CLONE_NEWNET | CLONE_NEWNS))
		return "no namespaces for this user here";
	if (mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("bus", "/sys", "tmpfs", 0, NULL) < 0 ||
	    mount("bus", "/run", "tmpfs", 0, NULL) < 0)
		return "no mounts for this user here";
	/* libudev takes no other file system for sysfs without this. */
	setenv("SYSTEMD_DEVICE_VERIFY_SYSFS", "0", 1);
	need(mkdir("/run/udev", 0755) == 0 && mkdir("/run/udev/data", 0755) == 0, "/run/udev");
	scratch_write_text("/run/udev/control", "");
	need(mkdir("/sys/class", 0755) == 0 && mkdir("/sys/bus", 0755) == 0 &&
		     mkdir("/sys/bus/usb", 0755) == 0 && mkdir("/sys/bus/usb/devices", 0755) == 0 &&
		     mkdir("/sys/devices", 0755) == 0 && mkdir(FOLDER, 0755) == 0,
	     "/sys");
	return NULL;
}

int cage_sit_as_udevd(void)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);

	return fd >= 0 && bind(fd, (struct sockaddr *)&kernel, sizeof kernel) == 0 ? fd : -1;
}

/* Path of NAME in the folder of the device at PORT. */
static const char *place(const char *port, const char *name, char out[static SCRATCH_PATH])
{
	snprintf(out, SCRATCH_PATH, FOLDER "/%s%s%s", port, *name ? "/" : "", name);
	return out;
}

static void attribute(const char *port, const char *name, const char *value)
{
	char path[SCRATCH_PATH], line[512];

	snprintf(line, sizeof line, "%s\n", value);
	scratch_write_text(place(port, name, path), line);
}

static void number_attribute(const char *port, const char *name, unsigned number)
{
	char text[16];

	snprintf(text, sizeof text, "%u", number);
	attribute(port, name, text);
}

/* udevd's record of a device by the number of its node, as the kernel counts them. */
static const char *record_path(const struct cage_device *device, char out[static SCRATCH_PATH])
{
	snprintf(out, SCRATCH_PATH, "/run/udev/data/c189:%u",
		 (device->bus - 1) * 128 + device->address - 1);
	return out;
}

static void link_port(const struct cage_device *device)
{
	char path[SCRATCH_PATH], target[SCRATCH_PATH];

	need(mkdir(place(device->port, "port", path), 0755) == 0, path);
	snprintf(target, sizeof target, "../../../hub/%s", device->peer);
	need(symlink(target, place(device->port, "port/peer", path)) == 0, path);
}

void cage_plug(const struct cage_device *device)
{
	char path[SCRATCH_PATH], text[256], link[SCRATCH_PATH];

	cage_unplug(device->port);
	need(mkdir(place(device->port, "", path), 0755) == 0, path);
	snprintf(text, sizeof text,
		 "MAJOR=189\nMINOR=%u\nDEVNAME=bus/usb/%03u/%03u\nDEVTYPE=usb_device\n"
		 "BUSNUM=%03u\nDEVNUM=%03u",
		 (device->bus - 1) * 128 + device->address - 1, device->bus, device->address,
		 device->bus, device->address);
	attribute(device->port, "uevent", text);
	attribute(device->port, "idVendor", device->vendor);
	attribute(device->port, "idProduct", device->product);
	number_attribute(device->port, "busnum", device->bus);
	number_attribute(device->port, "devnum", device->address);
	attribute(device->port, "speed", "480");
	if (device->serial)
		attribute(device->port, "serial", device->serial);
	if (device->peer)
		link_port(device);
	need(symlink("/sys/bus/usb", place(device->port, "subsystem", path)) == 0, path);
	if (!device->raw)
		scratch_write_text(record_path(device, path), "I:1\n");
	snprintf(link, sizeof link, "/sys/bus/usb/devices/%s", device->port);
	need(symlink(place(device->port, "", path), link) == 0, link);
}

void cage_unplug(const char *port)
{
	static const char *const names[] = { "uevent", "idVendor",  "idProduct",
					     "busnum", "devnum",    "speed",
					     "serial", "subsystem", "port/peer" };
	char path[SCRATCH_PATH];

	snprintf(path, sizeof path, "/sys/bus/usb/devices/%s", port);
	unlink(path);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unlink(place(port, names[i], path));
	rmdir(place(port, "port", path));
	need(rmdir(place(port, "", path)) == 0 || errno == ENOENT, path);
}

/* MurmurHash2 with seed 0, by which the kernel-side filter knows a word. */
static uint32_t hash_of(const char *word)
{
	const uint32_t m = 0x5bd1e995;
	size_t len = strlen(word);
	uint32_t hash = (uint32_t)len, k;

	for (; len >= 4; word += 4, len -= 4) {
		memcpy(&k, word, 4);
		k *= m;
		k ^= k >> 24;
		hash = (hash * m) ^ (k * m);
	}
	for (k = 0; len > 0; len--)
		k = k << 8 | (unsigned char)word[len - 1];
	if (k)
		hash = (hash ^ k) * m;
	hash ^= hash >> 13;
	hash *= m;
	return hash ^ hash >> 15;
}

/* Sends SIZE bytes of PROPERTIES as udevd would, of a thing of DEVTYPE in the subsystem usb. */
static void send_properties(const char *properties, size_t size, const char *devtype)
{
	struct message_head head = {
		.prefix = "libudev",
		.magic = htonl(MAGIC),
		.head_size = sizeof head,
		.properties_at = sizeof head,
		.properties_size = (uint32_t)size,
		.subsystem_hash = htonl(hash_of("usb")),
		.devtype_hash = htonl(hash_of(devtype)),
	};
	struct sockaddr_nl to = { .nl_family = AF_NETLINK, .nl_groups = GROUP_UDEV };
	struct iovec parts[] = { { &head, sizeof head }, { (void *)properties, size } };
	struct msghdr message = {
		.msg_name = &to, .msg_namelen = sizeof to, .msg_iov = parts, .msg_iovlen = 2
	};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);

	need(fd >= 0, "netlink socket");
	need(sendmsg(fd, &message, 0) >= 0 || errno == ECONNREFUSED, "sendmsg");
	close(fd);
}

/* PART is the rest of the path behind the device's folder: an interface has one. */
static void tell(const char *action, const struct cage_device *device, const char *part,
		 const char *devtype)
{
	char properties[512];
	int size =
		snprintf(properties, sizeof properties,
			 "ACTION=%s%cDEVPATH=/devices/bench/%s%s%cSUBSYSTEM=usb%cDEVTYPE=%s%c"
			 "SEQNUM=1%cBUSNUM=%03u%cDEVNUM=%03u%cMAJOR=189%cMINOR=%u%c",
			 action, 0, device->port, part, 0, 0, devtype, 0, 0, device->bus, 0,
			 device->address, 0, 0, (device->bus - 1) * 128 + device->address - 1, 0);

	send_properties(properties, (size_t)size, devtype);
}

void cage_tell(const char *action, const struct cage_device *device)
{
	tell(action, device, "", "usb_device");
}

void cage_tell_interface(const char *action, const struct cage_device *device)
{
	tell(action, device, ":1.0", "usb_interface");
}

void cage_babble(void)
{
	static const char nowhere[] = "ACTION=add\0SUBSYSTEM=usb\0DEVTYPE=usb_device\0SEQNUM=1";

	send_properties(nowhere, sizeof nowhere, "usb_device");
}
