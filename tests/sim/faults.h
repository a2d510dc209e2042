/* SPDX-License-Identifier: Apache-2.0 */
/* Named faults: what can be wrong with a simulated device, its person, or the bench's usbmuxd. */
#ifndef TESTS_SIM_FAULTS_H
#define TESTS_SIM_FAULTS_H

#include <stdbool.h>
#include <stdio.h>

#include "tests/sim/setup.h"

struct bench;
struct phone;
struct fault_kind;

/* Long enough for every fault with its argument. */
#define FAULT_TEXT_MAX 64

/* One fault as asked for. Plain value. */
struct fault_order {
	const struct fault_kind *kind;
	char text[FAULT_TEXT_MAX]; /* as it was written: NAME or NAME=ARG */
	/* Its argument, as far as the kind has one. */
	int ms;		     /* -1: never */
	const char *request; /* a constant; "*" is any */
	unsigned times;	     /* how often it acts; 0 is for ever */
	unsigned code;	     /* of a refusal */
	unsigned depth;	     /* of its chain of errors */
	bool of_services;    /* TLS of services, and not of lockdown's session */
};

/* Reads "NAME" or "NAME=ARG". Returns 0, or -EINVAL with the reason in PROBLEM. */
int fault_read(const char *text, struct fault_order *ret_order, char problem[PROBLEM_MAX]);

/* The same for a fault of a device, or of the bench when OF_BENCH; the other is refused. */
int fault_read_of(bool of_bench, const char *text, struct fault_order *ret_order,
		  char problem[PROBLEM_MAX]);

/* Reads "NAME=COUNT" or "NAME=ARG=COUNT", as on the command line. COUNT is 1 or more; a fault of
 * the bench has none, and RET_COUNT is 1 then. */
int fault_read_counted(const char *text, struct fault_order *ret_order, unsigned *ret_count,
		       char problem[PROBLEM_MAX]);

/* Whether it is a fault of the bench's usbmuxd, and not of a device. */
bool fault_of_bench(const struct fault_order *order);

/* Sets a device's fault on PHONE, whose `faults` has it from now on, or what `any` became. Returns
 * 0 or -ENOMEM. */
int fault_set(const struct fault_order *order, struct phone *phone);

/* The bench's fault: begins now, or when ARMED at a Connect that the dice choose. Returns 0 or a
 * negative errno. */
int fault_begin(const struct fault_order *order, struct bench *bench, bool armed);

/* One line for each fault: its form and what it does. */
void faults_describe(FILE *to);

#endif
