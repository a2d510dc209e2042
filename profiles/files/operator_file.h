/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of an operator's file, read whole within a limit, or replaced whole. */
#ifndef PROFILES_FILES_OPERATOR_FILE_H
#define PROFILES_FILES_OPERATOR_FILE_H

#include <stddef.h>

#include "profiles/values/problem.h"

/*
 * Reads FILE, which must be a regular file of 1 to MOST bytes; never waits (a FIFO is refused
 * unopened by its writer). Why it could not be read goes to PROBLEMS.
 * Returns 0, RET_BYTES (the caller's, free; one NUL follows them) and RET_SIZE; -EINVAL when
 * PROBLEMS tell why not, or -ENOMEM.
 */
int operator_file_read(const char *file, size_t most, struct problems *problems,
		       unsigned char **ret_bytes, size_t *ret_size);

/* The same in two parts, for who judges the open file before it is read. Opens FILE. Returns its
 * descriptor (the caller's), or -EINVAL with a problem. */
int operator_file_open(const char *file, struct problems *problems);

/* Reads FD, which FILE names in problems. Returns as operator_file_read. */
int operator_file_take(int fd, const char *file, size_t most, struct problems *problems,
		       unsigned char **ret_bytes, size_t *ret_size);

/*
 * Makes FILE hold the SIZE BYTES, whole or not at all: they go into a new file beside it,
 * "FILE.new", which takes its place once they are on the disk. The file keeps its permissions; a
 * new one is readable by all. One writer at a time, which the caller sees to.
 * Returns 0 when it is durable, or a negative errno: then FILE is as it was, unless it was only the
 * last sync, of its folder, that failed.
 */
int operator_file_replace(const char *file, const void *bytes, size_t size);

/* The path of NAME as FILE names it: relative to FILE's folder, unless absolute. Returns it (the
 * caller's, free), or NULL when there is no memory. */
char *operator_file_beside(const char *file, const char *name);

#endif
