/* SPDX-License-Identifier: Apache-2.0 */
/* One worker process: started, listened to, told, ended. */
#ifndef STATION_TOOLS_WORKER_H
#define STATION_TOOLS_WORKER_H

#include <sys/types.h>
#include <systemd/sd-event.h>

#include "device/facts/talk.h"
#include "station/values/exit_kind.h"
#include "station/tools/log.h"

struct worker;

struct worker_listener {
	/* It said TALK; NULL when what it said has no known form. */
	void (*said)(const struct talk *talk, void *userdata);
	/* It closed its end of the conversation, but runs still. */
	void (*hung_up)(void *userdata);
	/* Its process is gone, and all that it said has been given to SAID. Free the worker now or
	 * later. */
	void (*gone)(enum exit_kind how, int number, void *userdata);
};

/*
 * Starts PROGRAM as the worker ABOUT a device, whose gate listens at the path GATE. LISTENER stays
 * the caller's; it is called from the loop only.
 * Returns 0 and the worker, or negative errno.
 */
int worker_start(sd_event *event, const char *program, const char *gate,
		 const struct log_about *about, const struct worker_listener *listener,
		 void *userdata, struct worker **ret_worker);
pid_t worker_pid(const struct worker *worker);

/* Sends ORDER with FD (or -1; it stays the caller's). Returns as record_send. */
int worker_tell(struct worker *worker, const struct order *order, int fd);
/* SIGTERM to ask, SIGKILL to make sure; with its whole process group. */
void worker_signal(struct worker *worker, int signal);
/* One that is still there is killed and waited for. */
void worker_free(struct worker *worker);

#endif
