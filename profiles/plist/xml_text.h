/* SPDX-License-Identifier: Apache-2.0 */
/* The text of an XML file: its places, what stands between tags, and what is not to be read. */
#ifndef PROFILES_PLIST_XML_TEXT_H
#define PROFILES_PLIST_XML_TEXT_H

#include <stddef.h>

#include "profiles/values/problem.h"

struct xml_text {
	const char *file; /* for problems; the caller's */
	struct problems *problems;
	const char *at, *end; /* what is still to be read; END is readable and holds NUL or more */
	const char *begin;
	const char *located; /* the place whose line and column are known */
	unsigned line, column;
	size_t moved; /* by libplist when it reads the texts taken so far (plist_limits.h) */
};

/* Begins to read the SIZE BYTES of FILE. */
void xml_text_init(struct xml_text *text, const char *file, const char *bytes, size_t size,
		   struct problems *problems);

/* Line and column of PLACE, counted from 1, columns in characters. Places may only go forward: the
 * whole file costs one pass. */
void xml_text_locate(struct xml_text *text, const char *place, unsigned *ret_line,
		     unsigned *ret_column);

/* Adds the problem WRONG at PLACE and returns -EINVAL. */
int xml_text_refuse(struct xml_text *text, const char *place, const char *wrong);

/* Is all of it UTF-8, without characters that XML forbids? Returns 0, or -EINVAL with a problem. */
int xml_text_check(struct xml_text *text);

/* Goes to the next tag or the end, past white space, comments, the XML header and the document
 * type. Returns 0, or -EINVAL with a problem: text between tags, entities of the file's own. */
int xml_text_skip(struct xml_text *text);

/* Takes the text up to the closing tag NAME, and goes past that. Returns 0, RET_TEXT (as written,
 * in the file's bytes) and RET_LEN, or -EINVAL with a problem. */
int xml_text_take(struct xml_text *text, const char *name, const char **ret_text, size_t *ret_len);

#endif
