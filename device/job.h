/* SPDX-License-Identifier: Apache-2.0 */
/* One job on one attached device, from `device` to the worker's last word. */
#ifndef DEVICE_JOB_H
#define DEVICE_JOB_H

#include "device/identity.h"
#include "device/mcinstall.h"
#include "device/plan.h"

struct job {
	struct conversation *talk;
	struct link link;
	struct mcinstall mcinstall;
	struct plan plan;
	bool in_setup; /* Setup Assistant is running */
};

/* Hears the device and the plan, does the steps in order, says the last word, and ends the process.
 */
void job_run(struct conversation *talk) __attribute__((noreturn));

#endif
