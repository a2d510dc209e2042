/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with the operator's files: all of it, each with its place. */
#ifndef PROFILES_PROBLEM_H
#define PROFILES_PROBLEM_H

#include <stddef.h>
#include <stdio.h>

/* Most problems kept for one run; a file with more is not worth reading further. */
#define PROBLEMS_MAX 100

struct problem {
	char *file;
	unsigned line, column; /* from 1; 0 when the problem has no place in the file */
	char *text;
};

/* A growing list; zeroed is empty. */
struct problems {
	size_t count;
	struct problem *list;
};

/* Adds a problem; past PROBLEMS_MAX it is dropped. FILE and TEXT are copied; TEXT is cleaned. */
void problems_add(struct problems *problems, const char *file, unsigned line, unsigned column,
		  const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Prints "file:line:column: text", one a line, in order of line within each file. */
void problems_print(const struct problems *problems, FILE *out);
void problems_done(struct problems *problems);

#endif
