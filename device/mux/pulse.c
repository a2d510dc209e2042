/* SPDX-License-Identifier: Apache-2.0 */
/* Whether usbmuxd still answers: asked every so often while it has devices, and when it is doubted.
 */
#include "device/mux/pulse.h"

#include <errno.h>
#include <stdlib.h>

#include "device/mux/probe.h"

/* How exact the timer is, in parts of the pause: nobody waits for it, and it may go with other
 * wake-ups. */
#define ACCURACY_PARTS 10

struct pulse {
	struct dialer *dialer;
	struct pulse_times times;
	pulse_event_t say;
	void *userdata;
	struct probe *probe;
	sd_event_source *timer;
	bool devices;
	unsigned silent; /* questions in a row that were not answered */
};

static bool is_hung(const struct pulse *pulse)
{
	return pulse->silent >= PULSE_SILENT_MAX;
}

static void say(struct pulse *pulse, enum mux_verb verb)
{
	struct mux_event event = { .verb = verb };

	pulse->say(pulse->userdata, &event);
}

/* Asks again after the pause, if there is a reason to. */
static void rest(struct pulse *pulse)
{
	sd_event *event = dialer_event(pulse->dialer);
	int r;

	if (!pulse->devices && !is_hung(pulse))
		return;
	r = sd_event_source_set_time_relative(pulse->timer, pulse->times.every);
	if (r >= 0)
		r = sd_event_source_set_enabled(pulse->timer, SD_EVENT_ONESHOT);
	if (r < 0)
		(void)sd_event_exit(event, r);
}

static void on_result(void *userdata, int result)
{
	struct pulse *pulse = userdata;

	pulse->probe = NULL;
	if (result == -ETIMEDOUT) {
		if (++pulse->silent == PULSE_SILENT_MAX)
			say(pulse, MUX_HUNG);
	} else {
		/* One that is away is seen by those who listen. */
		if (result == 0 && is_hung(pulse))
			say(pulse, MUX_AWAKE);
		pulse->silent = 0;
	}
	if (pulse->silent > 0 && !is_hung(pulse))
		pulse_ask(pulse);
	else
		rest(pulse);
}

void pulse_ask(struct pulse *pulse)
{
	if (pulse->probe)
		return;
	(void)sd_event_source_set_enabled(pulse->timer, SD_EVENT_OFF);
	if (probe_start(pulse->dialer, pulse->times.limit, on_result, pulse, &pulse->probe) < 0)
		rest(pulse);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	pulse_ask(userdata);
	return 0;
}

void pulse_reset(struct pulse *pulse)
{
	pulse->silent = 0;
	probe_cancel(pulse->probe);
	pulse->probe = NULL;
	(void)sd_event_source_set_enabled(pulse->timer, SD_EVENT_OFF);
}

void pulse_set_devices(struct pulse *pulse, bool there)
{
	bool begins = there && !pulse->devices;

	pulse->devices = there;
	if (begins && !pulse->probe)
		rest(pulse);
	else if (!there && !pulse->probe && !is_hung(pulse))
		(void)sd_event_source_set_enabled(pulse->timer, SD_EVENT_OFF);
}

int pulse_new(struct dialer *dialer, const struct pulse_times *times, pulse_event_t say_event,
	      void *userdata, struct pulse **ret_pulse)
{
	struct pulse *pulse = calloc(1, sizeof *pulse);
	int r;

	if (!pulse)
		return -ENOMEM;
	*pulse = (struct pulse){
		.dialer = dialer, .times = *times, .say = say_event, .userdata = userdata
	};
	r = sd_event_add_time_relative(dialer_event(dialer), &pulse->timer, CLOCK_MONOTONIC, 0,
				       times->every / ACCURACY_PARTS, on_timer, pulse);
	if (r >= 0)
		r = sd_event_source_set_enabled(pulse->timer, SD_EVENT_OFF);
	if (r < 0) {
		pulse_free(pulse);
		return r;
	}
	*ret_pulse = pulse;
	return 0;
}

void pulse_free(struct pulse *pulse)
{
	if (!pulse)
		return;
	probe_cancel(pulse->probe);
	sd_event_source_disable_unref(pulse->timer);
	free(pulse);
}
