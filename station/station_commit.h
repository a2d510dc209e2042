/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing is told before it is durable: answers and events wait here for the next commit. */
#ifndef STATION_STATION_COMMIT_H
#define STATION_STATION_COMMIT_H

#include "station/bench.h"

/* Sends ORDER to the slot's worker after the next commit; FD (or -1) is taken over. */
void station_answer(struct slot *slot, const struct order *order, int fd);
/* Sends ORDER, which asks for no deed and so rests on nothing in the ledger. */
void station_answer_at_once(struct slot *slot, const struct order *order);
/* What the board says of the slot has changed: it is pushed after the next commit. */
void slot_show(struct slot *slot);
/* Tells EVENT (its time is set here) to the faces after the next commit. */
void station_tell(struct station *station, struct event event);
/* The station's own news, TEXT in printf form. */
void station_say(struct station *station, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* R is what a write into the ledger returned: a failure puts the station in trouble. Returns R. */
int station_wrote(struct station *station, int r);
/* The queue is served with the next commit, when all who came at the same time are in it. */
void station_call_queue(struct station *station);
/* Commits now, then tells what waited. */
void station_commit(struct station *station);
int station_commit_open(struct station *station);
void station_commit_close(struct station *station);

#endif
