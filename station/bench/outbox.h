/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing is told before it is durable: answers and events wait here for the next commit. */
#ifndef STATION_BENCH_OUTBOX_H
#define STATION_BENCH_OUTBOX_H

#include "station/bench/bench.h"

/* An order to a worker, or (no slot) a line for the faces. */
struct pending {
	struct pending *next;
	struct slot *slot;
	uint64_t attachment_no; /* of the worker that it is for */
	struct order order;
	int fd; /* -1 none */
	char *line;
};
void pending_free(struct pending *pending);
/* All that waits, oldest first; each is the caller's. */
struct pending *station_take_pending(struct station *station);

/* Sends ORDER to the slot's worker after the next commit; FD (or -1) is taken over. */
void station_answer(struct slot *slot, const struct order *order, int fd);
/* What the board says of the slot has changed: it is pushed after the next commit. */
void slot_show(struct slot *slot);
/* Tells EVENT (its time is set here) to the faces after the next commit. */
void station_tell(struct station *station, struct event event);
/* The station's own news, TEXT in printf form. */
void station_say(struct station *station, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* R is what a write into the ledger returned: a failure puts the station in trouble, which the next
 * commit ends. Returns R. */
int station_wrote(struct station *station, int r);
/* The queue is served with the next commit, when all who came at the same time are in it. */
void station_call_queue(struct station *station);
/* Gives the faces LINE now; it is freed. NULL is a line that there was no memory for. */
void station_tell_faces(struct station *station, char *line);

#endif
