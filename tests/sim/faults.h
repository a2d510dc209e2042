/* SPDX-License-Identifier: Apache-2.0 */
/* Named faults: what can be wrong with a simulated device, or with the person in front of it. */
#ifndef TESTS_SIM_FAULTS_H
#define TESTS_SIM_FAULTS_H

#include <stdio.h>

#include "tests/sim/setup.h"

struct phone;
struct fault_kind;

/* One fault as asked for. Plain value. */
struct fault_order {
	const struct fault_kind *kind;
	int ms; /* its argument; -1 when none was given */
};

/* Reads "NAME" or "NAME=ARG". Returns 0, or -EINVAL with the reason in PROBLEM. */
int fault_read(const char *text, struct fault_order *ret_order, char problem[PROBLEM_MAX]);

/* Reads "NAME=COUNT" or "NAME=ARG=COUNT", as on the command line. COUNT is 1 or more. */
int fault_read_counted(const char *text, struct fault_order *ret_order, unsigned *ret_count,
		       char problem[PROBLEM_MAX]);

/* Sets the fault on PHONE, which counts as faulty from now on. Returns 0 or -ENOMEM. */
int fault_set(const struct fault_order *order, struct phone *phone);

/* One line for each fault: its form and what it does. */
void faults_describe(FILE *to);

#endif
