/* SPDX-License-Identifier: Apache-2.0 */
/* One HTTPS exchange by a muster-fetch of its own: ordered, and its answer taken. */
#ifndef STATION_TOOLS_FETCH_H
#define STATION_TOOLS_FETCH_H

#include <systemd/sd-event.h>

#include "device/facts/exchange.h"

/* How long muster-fetch may take beyond its order's total time, in milliseconds. */
#define FETCH_GRACE 5000

struct fetch;

/*
 * Hears the end. R is 0 with ANSWER, which is valid during the call only; or negative errno when
 * muster-fetch itself failed, -ETIMEDOUT when it did not end in time. The fetch is still the
 * caller's to free, which may be done here.
 */
typedef void fetch_done(int r, const struct exchange_answer *answer, void *userdata);

/*
 * Starts a muster-fetch with ORDER, whose parts are no longer needed afterwards. DONE is called
 * from EVENT, once, unless fetch_free comes first. Nothing waits.
 * Returns 0 and RET_FETCH (the caller's, fetch_free), or negative errno: -EINVAL for an order out
 * of bounds, -ENOENT when there is no muster-fetch.
 */
int fetch_start(sd_event *event, const struct exchange_order *order, fetch_done *done,
		void *userdata, struct fetch **ret_fetch);
/* Ends it, also in the middle. */
void fetch_free(struct fetch *fetch);

/* Does the same and waits for the end. Returns what DONE was given; DONE is called from within. */
int fetch_wait(const struct exchange_order *order, fetch_done *done, void *userdata);

#endif
