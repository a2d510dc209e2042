/* SPDX-License-Identifier: Apache-2.0 */
/* What the verbs that ask sources share: the file, which sources are meant, how a refusal ends. */
#ifndef STATION_FACES_SOURCE_FACE_H
#define STATION_FACES_SOURCE_FACE_H

#include "profiles/library/source.h"
#include "station/graph/refusal.h"
#include "station/tools/exit_status.h"
#include "station/tools/state.h"

/*
 * Finds the state directory and reads the sources in FROM, or NULL for SOURCES_FILE in it. From
 * then on a server that hangs up is an error, not the end of the process. Returns -1, RET_STATE and
 * RET_SOURCES (sources_free) to go on; or, with messages that begin with VERB, the exit status.
 */
int source_face_open(const char *verb, const char *state_option, const char *from,
		     struct state *ret_state, struct sources **ret_sources);

/* Which sources are meant. */
struct source_choice {
	const struct source *list[SOURCES_MAX];
	size_t count;
};

/* The sources called by the COUNT NAMES, or all without a name. Returns -1 and RET_CHOICE to go on,
 * or EXIT_USAGE with a message. */
int source_face_choose(const char *verb, const struct sources *sources, char *const *names,
		       int count, struct source_choice *ret_choice);

/* The one source in Intune: called NAME, or the only one when NAME is NULL. Returns -1 and
 * RET_SOURCE to go on, or the exit status with a message. */
int source_face_intune(const char *verb, const struct sources *sources, const char *name,
		       const struct source **ret_source);

/* Whether a person is there to sign in: what they must do is said on stderr. */
bool source_face_may_ask(void);

/* What a verb exits with that was refused. */
enum exit_status source_face_exit(const struct refusal *refusal);

#endif
