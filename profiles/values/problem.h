/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with the operator's files: all of it, each with its place. */
#ifndef PROFILES_VALUES_PROBLEM_H
#define PROFILES_VALUES_PROBLEM_H

#include <stddef.h>
#include <stdio.h>

#include "profiles/values/rules.h"

/* Most problems kept for one run; a file with more is not worth reading further. */
#define PROBLEMS_MAX 100

struct problem {
	char *file;
	unsigned line, column; /* from 1; 0 when the problem has no place in the file, or line */
	char *text;
	enum rule rule; /* that it breaks; RULE_NONE in a file that is no profile */
};

/* A growing list; zeroed is empty. Problems of one file stand together, in order of line; files in
 * the order of their first problem. */
struct problems {
	size_t count;
	size_t found;  /* all that were ever added, also those that are not kept: tells a reader
			* whether its own file had one */
	size_t errors; /* those of them that are errors */
	enum rule
		stage; /* the rule that problems_add's problems break, set by who reads a profile */
	struct problem *list;
};

/* Adds a problem. What is past PROBLEMS_MAX, or is on the list already (one file named twice), is
 * only counted. FILE and TEXT are copied, cleaned (device/facts/clean.h). */
void problems_add(struct problems *problems, const char *file, unsigned line, unsigned column,
		  const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The same for a problem that breaks RULE, at PLACE. */
struct problem_place {
	const char *file;
	unsigned line, column; /* 0 for none */
};
void problems_add_rule(struct problems *problems, enum rule rule, const struct problem_place *place,
		       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Prints "file:line:column: text", one a line, without the numbers that are 0; a
 * text that is no error's has "warning: " or "note: " before it. */
void problems_print(const struct problems *problems, FILE *out);
void problems_done(struct problems *problems);

#endif
