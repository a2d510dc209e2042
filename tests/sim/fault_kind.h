/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the table of named faults, for its reader and its writer. */
#ifndef TESTS_SIM_FAULT_KIND_H
#define TESTS_SIM_FAULT_KIND_H

#include "tests/sim/faults.h"
#include "tests/sim/outage.h"
#include "tests/sim/phone.h"
#include "tests/sim/rule.h"

enum fault_form {
	FAULT_PLAIN,
	FAULT_TIME,		   /* =SECONDS */
	FAULT_TIME_IF_ANY,	   /* [=SECONDS] */
	FAULT_TIMES_IF_ANY,	   /* [=TIMES] */
	FAULT_REQUEST,		   /* =REQUEST[:TIMES] */
	FAULT_REQUEST_IF_ANY,	   /* [=REQUEST[:TIMES]] */
	FAULT_REQUEST_AND_TIME,	   /* =REQUEST[:SECONDS] */
	FAULT_CODE_IF_ANY,	   /* [=CODE[:DEPTH]] */
	FAULT_SESSION_OR_SERVICES, /* [=session|services] */
};

struct fault_kind {
	const char *name;
	enum fault_form form;
	const char *summary;
	/* NULL: a fault of the bench's usbmuxd, which is its `outage`. */
	int (*set)(const struct fault_order *order, struct phone *phone);
	/* What the argument is where it is not written. */
	int ms;
	const char *request;
	unsigned times;
	/* What a row has beside its argument, by `set`. */
	enum rule_point point;
	enum rule_action action;
	enum spoil spoil;
	enum handshake handshake;
	enum usb_serial serial;
	enum outage outage;
};

/* All rows, the end without a name. */
extern const struct fault_kind fault_kinds[];

#endif
