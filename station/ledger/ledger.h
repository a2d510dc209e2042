/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger: what was begun and how it ended, in SQLite, so that nothing can lose it. */
#ifndef STATION_LEDGER_LEDGER_H
#define STATION_LEDGER_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "device/facts/fault.h"
#include "device/facts/outcome.h"
#include "device/facts/step.h"
#include "device/facts/talk.h"
#include "device/facts/udid.h"
#include "profiles/files/digest.h"
#include "station/values/wall.h"

struct ledger;

/* Less free space than this, in bytes, and no job begins: what runs must still be able to end. */
#define LEDGER_ROOM_MIN (16LL << 20)

/* Room for one sentence about what is wrong, with a path in it. */
#define LEDGER_WHY_MAX 320

/*
 * Opens the ledger at PATH for writing, and makes it if it is not there (mode 0600, WAL,
 * synchronous=FULL). Whoever holds the state lock (state.h) is the one writer: two at once could
 * corrupt it (doc/ledger.md).
 * Jobs that an earlier station left open get their running attachments closed as interrupted and
 * their begun steps marked unknown; RET_INTERRUPTED counts those jobs.
 * Returns 0 or negative errno: -EPROTONOSUPPORT when a newer muster wrote it (untouched), -EACCES,
 * -EROFS, -ENOSPC, -EIO, -EUCLEAN when it is no ledger or damaged.
 */
int ledger_open(const char *path, wall_t now, struct ledger **ret_ledger,
		unsigned *ret_interrupted);
/* The same for reading only, beside a running station. -ENOENT when there is none yet; -ESTALE when
 * an older muster wrote it and no newer one has opened it for writing since. */
int ledger_open_readonly(const char *path, struct ledger **ret_ledger);
/* What is not committed is gone. */
void ledger_close(struct ledger *ledger);

/* 0, or -ENOSPC when less than LEDGER_ROOM_MIN is free: then no job should begin. */
int ledger_check_room(const struct ledger *ledger);

/* Writes one sentence for the operator about ERROR, a negative errno that opening PATH, or a write
 * into the ledger there, returned. */
void ledger_explain(const char *path, int error, char out[static LEDGER_WHY_MAX]);
/* What SQLite said about the last failure, for the one log line; "" when nothing failed. */
const char *ledger_error_text(const struct ledger *ledger);

/*
 * Writes below go into one transaction that the first of them begins. ledger_commit makes all of
 * them durable; until it returned 0 nothing of them may be told, shown or acted upon. After a
 * failure the ledger refuses every further write with the same error: what is lost stays lost, and
 * the station must stop taking jobs.
 * A write that contradicts what is already there (-EEXIST, -ENOENT below) is no such failure: it
 * writes nothing, and the others of its transaction stand.
 * Each returns 0 or negative errno.
 */
int ledger_commit(struct ledger *ledger);
bool ledger_has_uncommitted(const struct ledger *ledger);

/* What a job is: one blueprint for one device in one batch. */
struct job_opening {
	struct udid udid;
	const char *batch;	      /* "" without one */
	const char *blueprint;	      /* its name; "" when the station only identifies */
	const char *blueprint_sha256; /* evidence, not key */
	const char *operator;	      /* who runs the station */
};
/* Also -ENOSPC, which is no failure of the ledger, when less than LEDGER_ROOM_MIN is free. */
int ledger_open_job(struct ledger *ledger, const struct job_opening *opening, wall_t now,
		    int64_t *ret_job);

/* What the ledger knows of a job when its device comes (again). */
struct job_past {
	int64_t job;
	enum outcome outcome; /* NONE: still open, to be taken up again */
	wall_t ended;	      /* 0 while open */
	unsigned step_count;
	struct {
		struct step_id id;
		enum step_outcome outcome;
		unsigned attempts;
		unsigned faults;	      /* how many of them ended with a fault */
		char sha256[DIGEST_TEXT_MAX]; /* of the newest attempt, ledger_begin_step */
	} steps[STEPS_MAX];
};
/*
 * The newest job of the device UDID with that BATCH and BLUEPRINT name.
 * Returns 0 and RET_PAST, -ENOENT when there is none, or negative errno.
 */
int ledger_find_job(struct ledger *ledger, const struct udid *udid, const char *batch,
		    const char *blueprint, struct job_past *ret_past);

/* One worker's time with the device of a job, in a slot. -ENOENT when there is no such job. */
/* SPEED: what the port negotiated, in Mbit/s; 0 unknown. */
int ledger_begin_attachment(struct ledger *ledger, int64_t job, const char *slot, const char *port,
			    unsigned speed, wall_t now, int64_t *ret_attachment);
/* HOW: "ended", "left", "killed", "died", "interrupted" … in plain words. -EEXIST when it has ended
 * already. */
int ledger_end_attachment(struct ledger *ledger, int64_t attachment, const char *how, wall_t now);

/* The device UDID (which may be unset) left the bus at PORT and came back at once, by itself. */
int ledger_reenumeration(struct ledger *ledger, const char *port, const struct udid *udid,
			 wall_t now);

/* ATTEMPT counts from 1 over the whole job. SHA256 is the profile's for an install, else "".
 * -EEXIST when that attempt was begun before. */
int ledger_begin_step(struct ledger *ledger, int64_t job, struct step_id step, unsigned attempt,
		      const char *sha256, wall_t now);
/* How a begun step ended: done, already, failed, unknown. Or skipped, which needs no begin and no
 * attempt (0). FAULT may be NULL; DETAIL may be "". */
struct step_end {
	enum step_outcome outcome;
	bool verified;
	const char *detail;
	const struct fault *fault;
};
/* -ENOENT when that attempt was not begun, -EEXIST when it has ended already. */
int ledger_end_step(struct ledger *ledger, int64_t job, struct step_id step, unsigned attempt,
		    const struct step_end *end, wall_t now);

/* What was learnt of the device; the newest value of a key stands. The same value again costs
 * nothing. */
int ledger_note(struct ledger *ledger, int64_t job, enum note_key key, const char *value,
		wall_t now);

/*
 * The job's one end; FAULT may be NULL. OUTCOME is final (outcome_is_final).
 * Returns -EEXIST when the job has ended already: nothing is written.
 */
int ledger_end_job(struct ledger *ledger, int64_t job, enum outcome outcome,
		   const struct fault *fault, wall_t now);

#endif
