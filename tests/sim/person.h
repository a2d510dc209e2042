/* SPDX-License-Identifier: Apache-2.0 */
/* The person in front of a simulated device: enters the passcode, taps Trust or Don't Trust. */
#ifndef TESTS_SIM_PERSON_H
#define TESTS_SIM_PERSON_H

#include <systemd/sd-event.h>

struct phone;

/*
 * The device has refused something because it is locked. If setup.unlock_after says so, the person
 * unlocks it that long after the first refusal.
 */
void person_sees_lock(struct phone *phone, sd_event *event);

/* A Trust dialog has come up for phone->asking. The person answers it as phone->setup says, perhaps
 * at once: sets trust_tapped or trust_refused, and posts the request_pair notification upon yes. */
void person_sees_dialog(struct phone *phone, sd_event *event);

/* The cable was pulled: the dialog is gone, a refusal forgotten, no tap is under way. */
void person_sees_unplug(struct phone *phone);

#endif
