/* SPDX-License-Identifier: Apache-2.0 */
/* What the verbs of the library share: where it is, what a word means, an entry in words and JSON.
 */
#ifndef STATION_FACES_LIBRARY_FACE_H
#define STATION_FACES_LIBRARY_FACE_H

#include <jansson.h>

#include "profiles/library/library_profile.h"
#include "profiles/profile/profile.h"
#include "station/tools/state.h"

/* Finds the state directory for VERB ("muster profile add"). Returns -1 to go on, or, with a
 * message, the exit status. */
int library_locate(const char *verb, const char *state_option, struct state *ret_state);

/* The same, and reads the library, and says how many of its entries are damaged. */
int library_open(const char *verb, const char *state_option, struct state *ret_state,
		 struct library *ret_library);

/* Finds the one entry that WORD means. Returns -1 and RET_ENTRY to go on, or, with a message that
 * names the nearest or all it may mean, the exit status. */
int library_mean(const char *verb, const struct library *library, const char *word,
		 const struct library_entry **ret_entry);

/* An entry with what its bytes say. */
struct library_look {
	const struct library_entry *entry;
	struct profile *profile; /* NULL when it cannot be opened */
	struct library_content content;
	struct profile_expiry expiry;
};

/* Looks into ENTRY of the library in FOLDER. What cannot be opened is told by a NULL profile.
 * Returns 0 (library_unlook), or -ENOMEM. */
int library_look(const char *folder, const struct library_entry *entry,
		 struct library_look *ret_look);
void library_unlook(struct library_look *look);

/* A new reference, or NULL without memory. */
json_t *library_look_to_json(const struct library_look *look);

#endif
