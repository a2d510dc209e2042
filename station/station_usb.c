/* SPDX-License-Identifier: Apache-2.0 */
/* The bus in the station's loop: udev's view of the devices. */
#include "station/station_usb.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "station/bench/outbox.h"
#include "station/station_arrivals.h"
#include "station/tools/clock.h"
#include "station/tools/timer.h"
#include "udev/usb_hearing.h"
#include "udev/usb_identity.h"
#include "udev/usb_watch.h"

/* How long to wait before the bus is looked at again when that failed, in milliseconds: memory or
 * descriptors are short, and come back. */
#define AGAIN_TIME 1000

struct usb_link {
	struct station *station;
	struct usb_watch *watch;
	sd_event_source *source, *again;
	uint64_t overruns; /* those that have been said */
};

static void on_present(void *owner, const struct usb_device *device)
{
	struct usb_link *link = owner;
	struct station *station = link->station;

	if (station->stopping)
		return;
	log_line(LEVEL_DEBUG, NULL, "usb %s: %s at %u:%u, %u Mbit/s", device->port,
		 usb_mode_name(device->mode), device->bus, device->address, device->speed);
	station_take_changes(station, arrivals_usb(&station->there, device, clock_monotonic()));
}

static void on_gone(void *owner, const struct usb_device *device)
{
	struct usb_link *link = owner;
	struct station *station = link->station;

	log_line(LEVEL_DEBUG, NULL, "usb %s: gone", device->port);
	station_take_changes(station,
			     arrivals_usb_gone(&station->there, device, clock_monotonic()));
}

static int on_again_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	usb_link_look(userdata);
	return 0;
}

/* What is wrong is tried again in a while; the events wait until then. */
static void judge_look(struct usb_link *link, int r)
{
	struct usb_watch_counts counts = usb_watch_counts(link->watch);

	if (counts.overruns > link->overruns)
		log_line(LEVEL_WARN, NULL,
			 "the kernel lost events of the bus (%" PRIu64
			 " times so far); it was looked at anew",
			 counts.overruns);
	link->overruns = counts.overruns;
	if (r < 0) {
		log_line(LEVEL_WARN, NULL, "the bus cannot be looked at: %s", strerror(-r));
		(void)timer_arm(link->station->event, &link->again, AGAIN_TIME, on_again_time,
				link);
	}
	(void)sd_event_source_set_enabled(link->source, r < 0 ? SD_EVENT_OFF : SD_EVENT_ON);
}

static int on_readable(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct usb_link *link = userdata;

	(void)source;
	(void)fd;
	(void)events;
	judge_look(link, usb_watch_read(link->watch));
	return 0;
}

void usb_link_look(struct usb_link *link)
{
	if (link)
		judge_look(link, usb_watch_resync(link->watch));
}

/* libusbmuxd's own rule: what is no path of a UNIX socket is a host and a port. */
static bool usbmuxd_is_elsewhere(void)
{
	const char *address = getenv("USBMUXD_SOCKET_ADDRESS");

	return address && *address && strncmp(address, "UNIX:", 5) != 0;
}

/* Whether the bus of this computer is the one that usbmuxd's devices are on, and can be heard. */
static bool may_watch(struct station *station)
{
	enum usb_hearing hearing;

	if (!station->options->udev)
		return false;
	if (usbmuxd_is_elsewhere()) {
		station_say(station,
			    "usbmuxd is reached over the network: it alone tells of devices");
		return false;
	}
	hearing = usb_hearing_find();
	if (hearing == USB_HEARS)
		return true;
	station_say(station, "%s usbmuxd alone tells of devices, and slots are numbered.",
		    usb_hearing_sentence(hearing));
	return false;
}

int usb_link_open(struct station *station, struct usb_link **ret_link)
{
	static const struct usb_watch_calls calls = { on_present, on_gone };
	struct usb_link *link;
	int r;

	if (!may_watch(station)) {
		*ret_link = NULL;
		return 0;
	}
	link = calloc(1, sizeof *link);
	if (!link)
		return -ENOMEM;
	link->station = station;
	r = usb_watch_open(&calls, link, &link->watch);
	if (r == 0)
		r = sd_event_add_io(station->event, &link->source, usb_watch_fd(link->watch),
				    EPOLLIN, on_readable, link);
	/* Before usbmuxd's news, so that a worker's start does not wait behind them. */
	if (r >= 0)
		r = sd_event_source_set_priority(link->source, SD_EVENT_PRIORITY_NORMAL - 1);
	if (r < 0) {
		usb_link_close(link);
		return r;
	}
	usb_link_look(link);
	*ret_link = link;
	return 0;
}

void usb_link_close(struct usb_link *link)
{
	if (!link)
		return;
	sd_event_source_disable_unref(link->source);
	sd_event_source_disable_unref(link->again);
	usb_watch_close(link->watch);
	free(link);
}
