/* SPDX-License-Identifier: Apache-2.0 */
/* What usbmuxd's troubles mean: when its restart is asked for, and when one device is behind them.
 */
#ifndef STATION_RULES_HEALTH_H
#define STATION_RULES_HEALTH_H

#include <stdbool.h>

#include "device/facts/fault.h"
#include "device/facts/step.h"

/* More restarts than this within HEALTH_WINDOW milliseconds, and it is no accident: something on
 * the bench does it each time that usbmuxd sees it. */
#define HEALTH_RESTARTS_MAX 3
#define HEALTH_WINDOW	    (10 * 60 * 1000LL)

/* A zeroed one is of a usbmuxd that nothing is known of. */
struct health {
	bool hung;
	bool broken; /* it is away, and left devices or was hung */
	/* When it came back from that, the newest last. */
	msec_t restarts[HEALTH_RESTARTS_MAX + 1];
	unsigned count; /* of those within the window at the last restart */
};

enum health_news {
	HEALTH_HUNG,  /* it takes connections, but answers nobody */
	HEALTH_AWAKE, /* it answers again, by itself */
	HEALTH_IDLE,  /* it went away, and no device was attached: that is how it ends by rule */
	HEALTH_LOST,  /* it went away, and devices were attached */
	HEALTH_BACK,  /* it is there (again) */
	HEALTH_BLIND, /* muster-mux has ended: nothing is known */
};
#define HEALTH_NEWS 6

enum health_deed {
	HEALTH_NOTHING,
	HEALTH_RESTART,	  /* say that it hangs, and ask for its restart */
	HEALTH_SAY_AWAKE, /* say that it does not hang any more */
	HEALTH_SAY_COUNT, /* say that it was restarted, and how often lately */
	HEALTH_NAME_LAST, /* the same, and name the device that was plugged in last before */
};

/* NEWS has come at NOW (monotonic). What is to be done about it, once. */
enum health_deed health_hear(struct health *health, enum health_news news, msec_t now);

/* Whether FAULT of a device is also what a usbmuxd that hangs would cause. */
bool health_is_doubtful(enum fault_kind fault);

#endif
