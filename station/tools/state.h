/* SPDX-License-Identifier: Apache-2.0 */
/* The state directory: where it is, what is in it, and the lock of the one station in it. */
#ifndef STATION_TOOLS_STATE_H
#define STATION_TOOLS_STATE_H

#include <stdbool.h>
#include <sys/types.h>

/* Room for the path of anything in the state directory, with its end. It is that of a UNIX
 * socket's address (unix(7)), since the control socket lies in the directory. */
#define STATE_PATH_MAX 108

/* Room for one sentence about what is wrong, with two paths in it. */
#define STATE_WHY_MAX 320

struct state {
	char dir[STATE_PATH_MAX];
	char ledger[STATE_PATH_MAX];	/* DIR/ledger.sqlite */
	char socket[STATE_PATH_MAX];	/* DIR/muster.sock; the installed default has it in /run */
	char pair_keys[STATE_PATH_MAX]; /* DIR/pair-keys */
	char profiles[STATE_PATH_MAX];	/* DIR/profiles: the library (profiles/library/library.h) */
	char identities[STATE_PATH_MAX]; /* DIR/identities (profiles/library/identity_store.h) */
	char slots[STATE_PATH_MAX];	 /* DIR/slots.yaml: what the bench's ports are called */
	char lock[STATE_PATH_MAX];	 /* DIR/lock */
	int lock_fd;			 /* -1 while we do not hold the lock */
	pid_t holder;			 /* who held it when state_lock said -EBUSY; 0: not known */
};

/*
 * Finds the state directory; touches nothing. OPTION is the argument of --state, or NULL. Without
 * it: /var/lib/muster when this program is installed (it runs from the configured bindir) and may
 * write there; else $XDG_STATE_HOME/muster; else ~/.local/state/muster. A relative OPTION stays
 * relative to the working directory.
 * Returns 0; -EINVAL for an empty OPTION; -ENAMETOOLONG when the control socket's path would not
 * fit; -ENOENT when neither XDG_STATE_HOME nor HOME is an absolute path. RET_STATE is filled as
 * far as state_explain needs it also on failure.
 */
int state_locate(const char *option, struct state *ret_state);

/*
 * Makes the directory with its parents and the directory for pair keys, mode 0700, durably, and
 * checks that files can be made in it. An existing directory keeps its mode.
 * Returns 0 or negative errno: -ENOTDIR, -EACCES, -EROFS, -ENOSPC, …
 */
int state_make(const struct state *state);

/*
 * Takes the lock: from now on this process is the one that may write (doc/ledger.md). It is held
 * until state_unlock or the end of the process and of every child that keeps the descriptor: it is
 * CLOEXEC, so only children that do not exec must close it. The file holds the pid for others to
 * read, and is never removed.
 * Returns 0; -EBUSY when another process holds it, then STATE->holder is its pid if readable; or
 * negative errno.
 */
int state_lock(struct state *state);
void state_unlock(struct state *state);

/* Whether some process holds the lock; asks only, and so never disturbs one that wants it. */
bool state_is_held(const struct state *state);

/* Writes one sentence for the operator about ERROR, a negative errno that one of the above
 * returned, with what to do. */
void state_explain(const struct state *state, int error, char out[static STATE_WHY_MAX]);

#endif
