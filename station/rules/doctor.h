/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be thought of a host: each thing a line, with the remedy. */
#ifndef STATION_RULES_DOCTOR_H
#define STATION_RULES_DOCTOR_H

#include <stddef.h>

#include "station/values/host.h"
#include "udev/usb_tree.h"

enum grade {
	GRADE_OK,
	GRADE_WARN, /* it works; this is what it costs */
	GRADE_FAIL, /* a station should not work here */
};
/* "ok", "warn", "fail". */
const char *grade_to_text(enum grade grade);

struct check {
	const char *name; /* "usbmuxd.socket"; static */
	enum grade grade;
	char text[HOST_TEXT_MAX];
	char remedy[HOST_TEXT_MAX]; /* "" when there is nothing to do */
};

/* Most checks of one host. */
#define CHECKS_MAX 32

/* Each fills the first of OUT and returns how many. */
size_t doctor_judge_usbmuxd(const struct host *host, struct check out[static CHECKS_MAX]);
size_t doctor_judge_host(const struct host *host, struct check out[static CHECKS_MAX]);
/* TREE is NULL when there is no USB at all. One line a controller that has phones, and a sum. */
size_t doctor_judge_usb(const struct usb_tree *tree, struct check out[static CHECKS_MAX]);

/* The worst grade of COUNT checks. */
enum grade doctor_worst(const struct check *checks, size_t count);

/* For the files of the rules: fills CHECK with a text or a remedy in printf form. */
void check_say(struct check *check, enum grade grade, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void check_advise(struct check *check, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
