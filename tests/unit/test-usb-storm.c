/* SPDX-License-Identifier: Apache-2.0 */
/* Ten thousand events in bursts that the kernel's buffer does not hold: after each the watch knows
 * what the bus shows, and nothing has grown. */
#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/bus_storm.h"
#include "tests/unit/bus_view.h"
#include "tests/unit/tap.h"

/* Bursts, and events in each: a burst overruns a buffer that holds a dozen. */
#define BURSTS	     100
#define BURST_EVENTS 100
#define SMALL_BUFFER 8192
/* Small bursts that fit, each read before the next. */
#define RIPPLES	      500
#define RIPPLE_EVENTS 4
/* After so many bursts all memory that is kept has been asked for. */
#define WARM 10

static struct bus_view view;

/* Whether the view is what the bus shows, no more and no less. */
static bool view_is_right(void)
{
	size_t plugged = 0;

	for (size_t i = 0; i < STORM_PORTS; i++) {
		const struct storm_port *there = storm_port(i);
		const struct usb_device *told = bus_view_find(&view, there->port);

		if (!told != !there->plugged)
			return false;
		if (told && (told->address != there->device.address ||
			     told->product != strtoul(there->device.product, NULL, 16)))
			return false;
		plugged += there->plugged;
	}
	return plugged == view.count && !view.broken;
}

static size_t open_files(void)
{
	DIR *folder = opendir("/proc/self/fd");
	size_t count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

struct growth {
	size_t files, memory;
};

static struct growth measure(void)
{
	return (struct growth){ open_files(), mallinfo2().uordblks };
}

static void stand_bursts(struct usb_watch *watch)
{
	const struct usb_watch_counts before = usb_watch_counts(watch);
	struct growth warm = { 0 }, end;
	struct usb_watch_counts after;
	int small = SMALL_BUFFER, right = 0;

	ok(setsockopt(usb_watch_fd(watch), SOL_SOCKET, SO_RCVBUF, &small, sizeof small) == 0,
	   "a buffer that is too small");
	for (int burst = 0; burst < BURSTS; burst++) {
		if (burst == WARM)
			warm = measure();
		for (int i = 0; i < BURST_EVENTS; i++) {
			storm_stir();
			/* Now and then the station gets to it in the middle. */
			if (rand() % 25 == 0 && usb_watch_read(watch) < 0)
				return;
		}
		bus_view_story(&view, watch);
		right += view_is_right();
	}
	end = measure();
	after = usb_watch_counts(watch);
	printf("# %llu events came through, %llu overruns, %llu resyncs\n",
	       (unsigned long long)(after.events - before.events),
	       (unsigned long long)(after.overruns - before.overruns),
	       (unsigned long long)(after.resyncs - before.resyncs));
	is_number(right, BURSTS, "after each burst the watch knows the bus");
	ok(after.overruns - before.overruns >= BURSTS, "each burst was an overrun");
	ok(after.resyncs - before.resyncs >= BURSTS, "and made it look at the bus");
	is_number((long long)end.files, (long long)warm.files, "as many files open as before");
	is_number((long long)end.memory, (long long)warm.memory, "and as much memory in use");
}

/* Without an overrun the events alone must do. */
static void stand_ripples(struct usb_watch *watch)
{
	const struct usb_watch_counts before = usb_watch_counts(watch);
	struct growth warm = measure(), end;
	struct usb_watch_counts after;
	int right = 0;

	for (int ripple = 0; ripple < RIPPLES; ripple++) {
		for (int i = 0; i < RIPPLE_EVENTS; i++)
			storm_stir();
		bus_view_story(&view, watch);
		right += view_is_right();
	}
	end = measure();
	after = usb_watch_counts(watch);
	is_number(right, RIPPLES, "after each ripple the watch knows the bus");
	is_number((long long)(after.events - before.events), RIPPLES * RIPPLE_EVENTS,
		  "every event came through");
	is_number((long long)(after.resyncs - before.resyncs), 0, "with no look at the bus");
	is_number((long long)end.files, (long long)warm.files, "as many files open as before");
	is_number((long long)end.memory, (long long)warm.memory, "and as much memory in use");
}

/* Starts over with a malloc that keeps no small blocks back for later: they would count as in use.
 */
static void count_all_memory(char *argv[])
{
	if (getenv("GLIBC_TUNABLES"))
		return;
	setenv("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0", 1);
	execv(argv[0], argv);
}

int main(int argc, char *argv[])
{
	struct usb_watch *watch;
	const char *why;

	(void)argc;
	count_all_memory(argv);
	why = cage_enter();

	if (why) {
		tap_skip(why);
		return tap_done();
	}
	storm_begin(1);
	if (!ok(usb_watch_open(&bus_view_calls, &view, &watch) == 0 && usb_watch_resync(watch) == 0,
		"watches an empty bus"))
		return tap_done();
	stand_bursts(watch);
	stand_ripples(watch);
	usb_watch_close(watch);
	return tap_done();
}
