/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a request that failed is sent again, and after how long. Pure. */
#ifndef STATION_GRAPH_THROTTLE_H
#define STATION_GRAPH_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "device/facts/exchange.h"

/* Tries of one request, and the longest pause between two, in milliseconds: a service that wants
 * more is told of, not waited for. */
#define THROTTLE_TRIES	   5
#define THROTTLE_PAUSE_MAX (60LL * 1000)

struct throttle_case {
	enum exchange_failure failure;
	unsigned status;	 /* HTTP's */
	const char *retry_after; /* the header's value, or NULL */
	const char *date;	 /* the header's value, or NULL */
	unsigned tries;		 /* so far, this one included */
	/* Asking twice does no harm. What is not so is sent again only when the service says that
	 * it did nothing (429), or nobody was reached. */
	bool repeatable;
	uint32_t random; /* spreads the pauses of stations that were refused together */
};

/* Returns the pause in milliseconds, or -1 not to try again. */
msec_t throttle_pause(const struct throttle_case *now);

/* Seconds since 1970 of an HTTP date ("Sun, 06 Nov 1994 08:49:37 GMT"), or -1. */
int64_t http_date_parse(const char *text);

#endif
