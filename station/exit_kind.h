/* SPDX-License-Identifier: Apache-2.0 */
/* How a process of ours ended. */
#ifndef STATION_EXIT_KIND_H
#define STATION_EXIT_KIND_H

/* What the number beside it means. */
enum exit_kind {
	EXIT_STATUS,	/* the exit status */
	EXIT_SIGNAL,	/* the signal that ended it */
	EXIT_UNSTARTED, /* errno: it was not started */
};

#endif
