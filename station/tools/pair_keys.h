/* SPDX-License-Identifier: Apache-2.0 */
/* A pool of keys for pairing, made while nothing else is to be done. */
#ifndef STATION_TOOLS_PAIR_KEYS_H
#define STATION_TOOLS_PAIR_KEYS_H

#include <stdbool.h>
#include <systemd/sd-event.h>

#include "device/facts/udid.h"

/*
 * Sets in a full pool: one for each worker of a full bench (64), so that a bench filled at once
 * pairs without making any. They take 64 × 4 KiB on disk and half a minute of an idle processor.
 */
#define PAIR_KEYS_TARGET 64
/* Sets made in one go: a second or so, after which we look whether a job has begun. */
#define PAIR_KEYS_BATCH 4
/* How long the bench must have been idle before any are made, in milliseconds. */
#define PAIR_KEYS_IDLE 3000

struct pair_keys;

/* A set that was offered to a device that did not come back is removed after so long, in seconds.
 */
#define PAIR_KEYS_OFFER_LIFE (24 * 60 * 60)

/* The pool in FOLDER, filled by PROGRAM (muster-worker --make-keys FOLDER COUNT). Starts as busy.
 * Returns 0 or negative errno. */
int pair_keys_open(sd_event *event, const char *folder, const char *program,
		   struct pair_keys **ret_keys);
/* Says whether jobs run: only while none does are keys made, by a child of low priority. */
void pair_keys_set_busy(struct pair_keys *keys, bool busy);
/*
 * The set to pair the device UDID with: the one that it was offered before, if that pairing was not
 * over, so that a worker or a station that dies in the middle causes no second Trust dialog; else
 * one from the pool, which from now on is that device's. RET_NEW tells the two apart.
 * Returns an fd, or -ENOENT when the pool is empty: then the worker makes its own, which costs it a
 * quarter of a second; waiting for the pool would cost more.
 */
int pair_keys_take(struct pair_keys *keys, const struct udid *udid, bool *ret_new);
/* The pairing of UDID is over. Its set is removed or, when it is UNUSED, goes back into the pool.
 */
void pair_keys_settle(struct pair_keys *keys, const struct udid *udid, bool unused);
/* Ends a child that makes keys. The pool stays. */
void pair_keys_close(struct pair_keys *keys);

#endif
