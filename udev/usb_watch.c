/* SPDX-License-Identifier: Apache-2.0 */
/* The Apple devices on the bus, and each that comes and goes: udev's events are hints to look, and
 * what the bus lists is the truth. */
#include "udev/usb_watch.h"

#include <errno.h>
#include <libudev.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "device/facts/number.h"
#include "udev/usb_identity.h"
#include "udev/usb_port.h"
#include "udev/usb_read.h"
#include "udev/usb_roll.h"

#define SUBSYSTEM "usb"
#define DEVTYPE	  "usb_device"

/* What is asked for the events that wait: as udevd's own clients do. Without the right to more the
 * kernel grants net.core.rmem_max, 200 KiB on Debian: about 180 events. */
#define BUFFER_WANTED (128 << 20)
/* Most messages thrown away at once: more than fit into that buffer; a sender that is faster than
 * we are must not hold us. */
#define DRAIN_MAX 200000

struct usb_watch {
	struct usb_watch_calls calls;
	void *owner;
	struct udev *udev;
	struct udev_monitor *monitor;
	struct usb_watch_counts counts;
	bool in_doubt; /* events were lost and the bus could not be looked at since */
	/* What was told, and room for what the next look at the bus shows. */
	struct usb_roll *told, *seen;
};

static int listen_to_events(struct usb_watch *watch)
{
	int r;

	watch->udev = udev_new();
	if (!watch->udev)
		return -ENOMEM;
	watch->monitor = udev_monitor_new_from_netlink(watch->udev, "udev");
	if (!watch->monitor)
		return errno > 0 ? -errno : -ENOMEM;
	udev_monitor_set_receive_buffer_size(watch->monitor, BUFFER_WANTED);
	/* Before receiving is enabled: only then does the kernel itself filter. */
	r = udev_monitor_filter_add_match_subsystem_devtype(watch->monitor, SUBSYSTEM, DEVTYPE);
	return r < 0 ? r : udev_monitor_enable_receiving(watch->monitor);
}

/* How much the kernel granted; it counts its own part in, twice what is usable. */
static unsigned granted_buffer(int fd)
{
	int size = 0;
	socklen_t len = sizeof size;

	return getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, &len) == 0 && size > 0
		       ? (unsigned)size / 2
		       : 0;
}

int usb_watch_open(const struct usb_watch_calls *calls, void *owner, struct usb_watch **ret_watch)
{
	struct usb_watch *watch = calloc(1, sizeof *watch);
	int r = -ENOMEM;

	if (!watch)
		return r;
	watch->calls = *calls;
	watch->owner = owner;
	watch->told = calloc(1, sizeof *watch->told);
	watch->seen = calloc(1, sizeof *watch->seen);
	if (watch->told && watch->seen)
		r = listen_to_events(watch);
	if (r < 0) {
		usb_watch_close(watch);
		return r;
	}
	watch->counts.buffer = granted_buffer(usb_watch_fd(watch));
	*ret_watch = watch;
	return 0;
}

int usb_watch_fd(const struct usb_watch *watch)
{
	return udev_monitor_get_fd(watch->monitor);
}

struct usb_watch_counts usb_watch_counts(const struct usb_watch *watch)
{
	return watch->counts;
}

void usb_watch_close(struct usb_watch *watch)
{
	if (!watch)
		return;
	udev_monitor_unref(watch->monitor);
	udev_unref(watch->udev);
	free(watch->told);
	free(watch->seen);
	free(watch);
}

static void tell_gone(struct usb_watch *watch, struct usb_device *told)
{
	const struct usb_device device = *told;

	usb_roll_drop(watch->told, told);
	watch->calls.gone(watch->owner, &device);
}

/* Tells of DEVICE unless all of it was told before. */
static void tell_present(struct usb_watch *watch, const struct usb_device *device)
{
	struct usb_device *told = usb_roll_find(watch->told, device->port);

	if (told && usb_change_between(told, device) == USB_SAME)
		return;
	if (told && usb_change_between(told, device) == USB_REPLACED)
		tell_gone(watch, told);
	if (usb_roll_put(watch->told, device))
		watch->calls.present(watch->owner, device);
	else
		watch->counts.beyond++;
}

/* Puts all that the bus lists into watch->seen, also what udevd is not through with yet: it is
 * there, and its own event then brings nothing new. */
static int look(struct usb_watch *watch, struct udev_enumerate *enumerate)
{
	struct udev_list_entry *entry;
	int r;

	r = udev_enumerate_add_match_subsystem(enumerate, SUBSYSTEM);
	if (r >= 0)
		r = udev_enumerate_add_match_property(enumerate, "DEVTYPE", DEVTYPE);
	if (r >= 0)
		r = udev_enumerate_add_match_sysattr(enumerate, "idVendor", USB_VENDOR_APPLE_TEXT);
	if (r >= 0)
		r = udev_enumerate_scan_devices(enumerate);
	if (r < 0)
		return r;
	watch->seen->count = 0;
	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(enumerate))
	{
		struct udev_device *found =
			udev_device_new_from_syspath(watch->udev, udev_list_entry_get_name(entry));
		struct usb_device device;

		if (found && usb_read_device(found, &device) == 0 &&
		    !usb_roll_put(watch->seen, &device))
			watch->counts.beyond++;
		udev_device_unref(found);
	}
	return 0;
}

/* Tells how watch->seen differs from what was told. */
static void tell_differences(struct usb_watch *watch)
{
	for (size_t i = watch->told->count; i > 0; i--) {
		struct usb_device *told = &watch->told->list[i - 1];
		const struct usb_device *seen = usb_roll_find(watch->seen, told->port);

		if (!seen || usb_change_between(told, seen) == USB_REPLACED)
			tell_gone(watch, told);
	}
	for (size_t i = 0; i < watch->seen->count; i++)
		tell_present(watch, &watch->seen->list[i]);
}

int usb_watch_resync(struct usb_watch *watch)
{
	struct udev_enumerate *enumerate = udev_enumerate_new(watch->udev);
	int r = enumerate ? look(watch, enumerate) : -ENOMEM;

	udev_enumerate_unref(enumerate);
	watch->in_doubt = r < 0;
	if (r < 0)
		return r;
	watch->counts.resyncs++;
	tell_differences(watch);
	return 0;
}

/* Throws away what waits: it is older than the look at the bus that follows. */
static void drain(struct usb_watch *watch)
{
	char byte;

	for (int i = 0; i < DRAIN_MAX; i++) {
		if (recv(usb_watch_fd(watch), &byte, sizeof byte, MSG_DONTWAIT | MSG_TRUNC) >= 0)
			continue;
		if (errno != ENOBUFS && errno != EINTR)
			return;
		watch->counts.overruns += errno == ENOBUFS;
	}
}

/* Whether EVENT is about the visit of DEVICE that we know, and not about an older one at its port.
 */
static bool same_visit(struct udev_device *event, const struct usb_device *device)
{
	const char *address = udev_device_get_property_value(event, "DEVNUM");
	char known[NUMBER_TEXT_MAX];

	/* The kernel writes "007". */
	if (!address)
		return true;
	address += strspn(address, "0");
	return strcmp(address, number_to_text(device->address, known)) == 0;
}

/* The device that EVENT is about has left: sysfs may still show it, or its successor already. */
static void take_removal(struct usb_watch *watch, struct udev_device *event)
{
	struct usb_device *told = usb_roll_find(watch->told, udev_device_get_sysname(event));

	if (told && same_visit(event, told))
		tell_gone(watch, told);
}

/* Something is at the place that EVENT names: looks at what it is. */
static void take_presence(struct usb_watch *watch, struct udev_device *event)
{
	struct udev_device *found =
		udev_device_new_from_syspath(watch->udev, udev_device_get_syspath(event));
	struct usb_device *told, device;
	int r = found ? usb_read_device(found, &device) : -ENOENT;

	udev_device_unref(found);
	if (r == 0)
		tell_present(watch, &device);
	told = usb_roll_find(watch->told, udev_device_get_sysname(event));
	if (r == -ENODEV && told)
		tell_gone(watch, told);
}

/* By the word of systemd's own notes, an action that is not "remove" means that it is there. */
static void take_event(struct usb_watch *watch, struct udev_device *event)
{
	const char *action = udev_device_get_action(event);

	watch->counts.events++;
	if (action && strcmp(action, "remove") == 0)
		take_removal(watch, event);
	else
		take_presence(watch, event);
}

int usb_watch_read(struct usb_watch *watch)
{
	for (int i = 0; i < USB_WATCH_TURN && !watch->in_doubt; i++) {
		struct udev_device *event = udev_monitor_receive_device(watch->monitor);

		if (event)
			take_event(watch, event);
		else if (errno == EAGAIN || errno == EINTR)
			return 0;
		else
			watch->in_doubt = true;
		watch->counts.overruns += !event && errno == ENOBUFS;
		udev_device_unref(event);
	}
	if (!watch->in_doubt)
		return 0;
	drain(watch);
	return usb_watch_resync(watch);
}
