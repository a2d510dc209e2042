/* SPDX-License-Identifier: Apache-2.0 */
/* The person in front of a simulated device: enters the passcode, taps Trust or Don't Trust. */
#include "tests/sim/person.h"

#include "tests/sim/notifications.h"
#include "tests/sim/pairing.h"
#include "tests/sim/phone.h"

#define USEC_PER_MSEC 1000ULL

/* Calls ACT after so many milliseconds, at once for 0, never below. Out of memory is never, too:
 * a person who does not act. */
static void act_after(struct phone *phone, sd_event *event, int milliseconds,
		      sd_event_time_handler_t act)
{
	sd_event_source *source = NULL;

	phone->person = sd_event_source_disable_unref(phone->person);
	if (milliseconds == 0)
		act(NULL, 0, phone);
	else if (milliseconds > 0 &&
		 sd_event_add_time_relative(event, &source, CLOCK_MONOTONIC,
					    (uint64_t)milliseconds * USEC_PER_MSEC, 0, act,
					    phone) >= 0)
		phone->person = source;
}

static int unlock(sd_event_source *source, uint64_t now, void *userdata)
{
	struct phone *phone = userdata;

	(void)source;
	(void)now;
	phone->person = sd_event_source_disable_unref(phone->person);
	phone->locked = false;
	return 0;
}

static int answer_dialog(sd_event_source *source, uint64_t now, void *userdata)
{
	struct phone *phone = userdata;

	(void)source;
	(void)now;
	phone->person = sd_event_source_disable_unref(phone->person);
	phone->trust_asked = false;
	if (phone->setup.trust_denied) {
		phone->trust_refused = true;
		return 0;
	}
	phone->trust_tapped = true;
	notification_post(phone, "com.apple.mobile.lockdown.request_pair");
	if (phone->setup.trust_drops)
		phone_drop_links(phone);
	return 0;
}

void person_sees_lock(struct phone *phone, sd_event *event)
{
	if (!phone->person)
		act_after(phone, event, phone->setup.unlock_after, unlock);
}

void person_sees_dialog(struct phone *phone, sd_event *event)
{
	phone->trust_asked = true;
	phone->trust_tapped = false;
	phone->trust_dialogs++;
	act_after(phone, event, phone->setup.trust_after, answer_dialog);
}

void person_sees_unplug(struct phone *phone)
{
	phone->person = sd_event_source_disable_unref(phone->person);
	phone->trust_asked = false;
	phone->trust_tapped = false;
	phone->trust_refused = false;
	pairings_free(phone->asking);
	phone->asking = NULL;
}
