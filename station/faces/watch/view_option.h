/* SPDX-License-Identifier: Apache-2.0 */
/* The option --view: how what happens is shown, for verbs that run a station. */
#ifndef STATION_FACES_VIEW_OPTION_H
#define STATION_FACES_VIEW_OPTION_H

#include <stdbool.h>

struct view_choice {
	bool screen;	    /* the board on our terminal: `muster watch` */
	const char *format; /* of `muster view`; NULL: nothing is shown, or the board is */
};

/* What is shown when nobody says: the board where a terminal can show it, else the plain view. */
struct view_choice view_choose(void);

/* Reads WORD, the argument of VERB's --view: auto, plain, json or none. Returns whether it is one
 * of them; if not, that is told on stderr. */
bool view_option_read(const char *verb, const char *word, struct view_choice *ret_choice);

#endif
