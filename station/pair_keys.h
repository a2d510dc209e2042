/* SPDX-License-Identifier: Apache-2.0 */
/* A pool of keys for pairing, made while nothing else is to be done. */
#ifndef STATION_PAIR_KEYS_H
#define STATION_PAIR_KEYS_H

#include <stdbool.h>
#include <systemd/sd-event.h>

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

/* The pool in FOLDER, filled by PROGRAM (muster-worker --make-keys FOLDER COUNT). Starts as busy.
 * Returns 0 or negative errno. */
int pair_keys_open(sd_event *event, const char *folder, const char *program,
		   struct pair_keys **ret_keys);
/* Says whether jobs run: only while none does are keys made, by a child of low priority. */
void pair_keys_set_busy(struct pair_keys *keys, bool busy);
/*
 * Takes a set out of the pool: the fd of a file that has no name any more, so that no set is used
 * twice, or -ENOENT when the pool is empty: then the worker makes its own, which costs it a quarter
 * of a second; waiting for the pool would cost more.
 */
int pair_keys_take(struct pair_keys *keys);
/* Ends a child that makes keys. The pool stays. */
void pair_keys_close(struct pair_keys *keys);

#endif
