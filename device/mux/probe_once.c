/* SPDX-License-Identifier: Apache-2.0 */
/* muster-mux --probe: whether usbmuxd answers, asked until it does or patience ends. */
#include "device/mux/probe_once.h"

#include <errno.h>

#include "device/mux/probe.h"

/* Between two tries, in microseconds: usbmuxd needs a tenth of a second to begin. */
#define AGAIN_USEC 50000
#define ACCURACY   10000

struct asking {
	sd_event *event;
	struct dialer *dialer;
	struct probe *probe;
	sd_event_source *timer;
	uint64_t limit, end; /* CLOCK_MONOTONIC: no try begins after it */
};

static void on_result(void *userdata, int result)
{
	struct asking *asking = userdata;
	uint64_t now = 0;
	int r = sd_event_now(asking->event, CLOCK_MONOTONIC, &now);

	asking->probe = NULL;
	if (r >= 0 && result < 0 && result != -ETIMEDOUT && now < asking->end) {
		r = sd_event_source_set_time_relative(asking->timer, AGAIN_USEC);
		if (r >= 0)
			r = sd_event_source_set_enabled(asking->timer, SD_EVENT_ONESHOT);
		if (r >= 0)
			return;
	}
	(void)sd_event_exit(asking->event, result);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct asking *asking = userdata;
	int r = probe_start(asking->dialer, asking->limit, on_result, asking, &asking->probe);

	(void)source;
	(void)usec;
	return r < 0 ? sd_event_exit(asking->event, r) : 0;
}

int probe_once(sd_event *event, const struct mux_address *address, uint64_t limit,
	       uint64_t patience)
{
	struct asking asking = { .event = event, .limit = limit };
	uint64_t now = 0;
	int r = dialer_new(event, address, &asking.dialer);

	if (r >= 0)
		r = sd_event_now(event, CLOCK_MONOTONIC, &now);
	asking.end = now + patience;
	if (r >= 0)
		r = sd_event_add_time_relative(event, &asking.timer, CLOCK_MONOTONIC, 0, ACCURACY,
					       on_timer, &asking);
	if (r >= 0)
		r = sd_event_loop(event);
	probe_cancel(asking.probe);
	sd_event_source_disable_unref(asking.timer);
	dialer_free(asking.dialer);
	return r;
}
