/* SPDX-License-Identifier: Apache-2.0 */
/* muster slot learn: a walk along the bench, one device plugged into each port in turn. */
#include "station/faces/slot_learn.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "udev/usb_hearing.h"
#include "udev/usb_watch.h"

struct walk {
	struct slots_file *slots;
	unsigned count;	 /* how many slots there are to be; 0 as many as come */
	unsigned number; /* of the slot that is asked for */
	bool looking;	 /* at what was there before the walk */
	bool over;
	int r; /* why it failed */
};

static void ask(const struct walk *walk)
{
	fprintf(stderr, "Slot %u: plug a device in.  (Enter: skip this number; q: that was all)\n",
		walk->number);
}

static void next(struct walk *walk)
{
	walk->number++;
	if (walk->slots->slot_count == SLOTS_FILE_MAX ||
	    (walk->count != 0 && walk->slots->slot_count == walk->count))
		walk->over = true;
	else
		ask(walk);
}

static void learn(struct walk *walk, const struct usb_device *device)
{
	struct slots_file_slot *slot = &walk->slots->slots[walk->slots->slot_count++];

	*slot = (struct slots_file_slot){ .port_count = 1 };
	snprintf(slot->name, sizeof slot->name, "%u", walk->number);
	memcpy(slot->ports[0], device->port, sizeof slot->ports[0]);
	/* The other half of the connector is the same slot. */
	if (strcmp(device->port, device->connector) != 0)
		memcpy(slot->ports[slot->port_count++], device->connector, sizeof slot->ports[1]);
	fprintf(stderr, "  slot %u is port %s\n", walk->number, device->port);
	next(walk);
}

static void on_present(void *owner, const struct usb_device *device)
{
	struct walk *walk = owner;
	const struct slots_file_slot *known =
		slots_file_find(walk->slots, device->port, device->connector);

	if (walk->over)
		return;
	if (walk->looking)
		fprintf(stderr, "  a device is in port %s already; plug it in again at its turn\n",
			device->port);
	else if (known)
		fprintf(stderr, "  port %s is slot %s already\n", device->port, known->name);
	else
		learn(walk, device);
}

static void on_gone(void *owner, const struct usb_device *device)
{
	(void)owner;
	(void)device;
}

/* What was typed: any line but "q" skips a number. */
static void hear_person(struct walk *walk)
{
	char text[256];
	ssize_t len = read(STDIN_FILENO, text, sizeof text - 1);

	if (len <= 0) {
		walk->over = true;
		return;
	}
	for (ssize_t i = 0; i < len && !walk->over; i++) {
		if (text[i] == 'q')
			walk->over = true;
		if (text[i] == '\n')
			next(walk);
	}
}

static int open_signals(void)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTERM);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	return signalfd(-1, &mask, SFD_CLOEXEC);
}

/* Until the walk is over. Returns as slot_learn. */
static int go(struct walk *walk, struct usb_watch *watch, int signals)
{
	struct pollfd polled[] = { { .fd = usb_watch_fd(watch), .events = POLLIN },
				   { .fd = signals, .events = POLLIN },
				   { .fd = STDIN_FILENO, .events = POLLIN } };
	int r = 0;

	while (!walk->over && r == 0) {
		if (poll(polled, 3, -1) < 0)
			return -errno;
		if (polled[1].revents)
			return -EINTR;
		if (polled[0].revents)
			r = usb_watch_read(watch);
		if (!walk->over && polled[2].revents)
			hear_person(walk);
	}
	return r;
}

static int walk_along(struct walk *walk, struct usb_watch *watch)
{
	int signals = open_signals(), r;

	if (signals < 0)
		return -errno;
	walk->looking = true;
	r = usb_watch_resync(watch);
	walk->looking = false;
	if (r == 0) {
		ask(walk);
		r = go(walk, watch, signals);
	}
	close(signals);
	return r;
}

int slot_learn(unsigned count, struct slots_file *slots)
{
	static const struct usb_watch_calls calls = { on_present, on_gone };
	struct walk walk = { .slots = slots, .count = count, .number = 1 };
	enum usb_hearing hearing = usb_hearing_find();
	struct usb_watch *watch;
	int r;

	if (hearing != USB_HEARS) {
		fprintf(stderr, "muster slot learn: %s %s\n", usb_hearing_sentence(hearing),
			usb_hearing_remedy(hearing));
		return -ENOTSUP;
	}
	r = usb_watch_open(&calls, &walk, &watch);
	if (r < 0)
		return r;
	r = walk_along(&walk, watch);
	usb_watch_close(watch);
	slots->hub_count = slots->slot_count > 0;
	snprintf(slots->hubs[0].name, sizeof slots->hubs[0].name, "bench");
	if (slots->hub_count > 0)
		slots_file_lay_out(&slots->hubs[0], (unsigned)slots->slot_count);
	return r;
}
