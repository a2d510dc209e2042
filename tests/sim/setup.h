/* SPDX-License-Identifier: Apache-2.0 */
/* The set-up of a simulated device by the names that bench files and the control socket use. */
#ifndef TESTS_SIM_SETUP_H
#define TESTS_SIM_SETUP_H

#include "tests/sim/words.h"

struct phone_setup;

/* A device that is set up, activated, not locked, whose person agrees to everything at once. */
void setup_default(struct phone_setup *setup);

/*
 * Sets KEY ("trust-after", "supervised", …) from text: "true" or "false", a time (words.h), or
 * "never" where the person may never do it. Returns 0, or -EINVAL with the reason in PROBLEM.
 */
int setup_set(struct phone_setup *setup, const char *key, const char *value,
	      char problem[PROBLEM_MAX]);

#endif
