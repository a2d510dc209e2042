/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of an operator's file, read whole within a limit. */
#ifndef PROFILES_OPERATOR_FILE_H
#define PROFILES_OPERATOR_FILE_H

#include <stddef.h>

#include "profiles/problem.h"

/*
 * Reads FILE, which must be a regular file of 1 to MOST bytes; never waits (a FIFO is refused
 * unopened by its writer). Why it could not be read goes to PROBLEMS.
 * Returns 0, RET_BYTES (the caller's, free; one NUL follows them) and RET_SIZE; -EINVAL when
 * PROBLEMS tell why not, or -ENOMEM.
 */
int operator_file_read(const char *file, size_t most, struct problems *problems,
		       unsigned char **ret_bytes, size_t *ret_size);

/* The path of NAME as FILE names it: relative to FILE's folder, unless absolute. Returns it (the
 * caller's, free), or NULL when there is no memory. */
char *operator_file_beside(const char *file, const char *name);

#endif
