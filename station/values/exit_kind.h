/* SPDX-License-Identifier: Apache-2.0 */
/* How a worker's process ended: what the tool that reaps it tells the rules that judge it. */
#ifndef STATION_VALUES_EXIT_KIND_H
#define STATION_VALUES_EXIT_KIND_H

enum exit_kind {
	EXIT_STATUS,	/* number is the status */
	EXIT_SIGNAL,	/* number is the signal */
	EXIT_UNSTARTED, /* it was not started; number is errno */
};

#endif
