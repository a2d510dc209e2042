/* SPDX-License-Identifier: Apache-2.0 */
/* What a simulated device is to be, before it is made; what is left open is made up. */
#ifndef TESTS_SIM_PLAN_H
#define TESTS_SIM_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/sim/faults.h"
#include "tests/sim/phone.h"

/* Numbers that look random and are the same for the same seed. */
struct dice {
	uint64_t state;
};

uint64_t dice_throw(struct dice *dice);
/* Writes a random UUID, upper case with dashes. */
void dice_uuid(struct dice *dice, char uuid[37]);

/* More than five at once say nothing more. */
#define PLAN_FAULTS_MAX 8

struct phone_plan {
	char *product; /* "iPad13,18"; these texts are the plan's, NULL until somebody says */
	char *os;
	char *build;
	char *name;
	char *serial;
	char *udid;
	uint64_t ecid;
	struct phone_setup setup;
	struct fault_order faults[PLAN_FAULTS_MAX];
	unsigned fault_count;
	bool unplugged;
	enum phone_mode mode;
};

/* An open plan with this SETUP. */
void plan_init(struct phone_plan *plan, const struct phone_setup *setup);
void plan_done(struct phone_plan *plan);

/*
 * Sets a text by KEY: product, os, build, name, serial, udid, unplugged, mode. Returns 0, -ENOMEM,
 * or -EINVAL with the reason in PROBLEM.
 */
int plan_set(struct phone_plan *plan, const char *key, const char *value,
	     char problem[PROBLEM_MAX]);

/* Reads "normal", "recovery" or "dfu". Returns 0, or -EINVAL with the reason in PROBLEM. */
int mode_read(const char *text, enum phone_mode *ret_mode, char problem[PROBLEM_MAX]);
/* The same as text. */
const char *mode_text(enum phone_mode mode);

/*
 * Makes up what is still open, by the DICE, for the device of this NUMBER (from 1): a mixture of
 * products with UDIDs of the old form and the new. Returns 0 or -ENOMEM.
 */
int plan_complete(struct phone_plan *plan, struct dice *dice, unsigned number);

#endif
