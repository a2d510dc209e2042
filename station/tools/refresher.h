/* SPDX-License-Identifier: Apache-2.0 */
/* New downloads of enrollment profiles while the station runs: a child that looks now and then. */
#ifndef STATION_TOOLS_REFRESHER_H
#define STATION_TOOLS_REFRESHER_H

#include <systemd/sd-event.h>

/* How often it looks, in milliseconds: what is due has three days left, and is due again after a
 * failure. */
#define REFRESHER_INTERVAL (6LL * 60 * 60 * 1000)
/* How long one look may take: sources are asked one by one. */
#define REFRESHER_LIMIT (30LL * 60 * 1000)
/* What it may say in one look, in bytes; more is dropped. */
#define REFRESHER_WORDS_MAX (16U << 10)

struct refresher;

/* Hears a line that was said, unless nothing was due. */
typedef void refresher_say(const char *line, void *userdata);

/*
 * Looks for the first time as soon as EVENT runs, then every REFRESHER_INTERVAL; does nothing while
 * there is no file SOURCES. PROGRAM is muster, STATE its state directory; all are copied. SIGCHLD
 * must be blocked.
 * Returns 0 and RET_REFRESHER (refresher_close), or negative errno.
 */
struct refresher_options {
	const char *program, *state, *sources;
	refresher_say *say;
	void *userdata;
};
int refresher_open(sd_event *event, const struct refresher_options *options,
		   struct refresher **ret_refresher);
/* Ends a look that is under way. */
void refresher_close(struct refresher *refresher);

#endif
