/* SPDX-License-Identifier: Apache-2.0 */
/* A file of the operator's that holds a secret: read only when nobody else can. */
#ifndef PROFILES_FILES_SECRET_FILE_H
#define PROFILES_FILES_SECRET_FILE_H

#include <stddef.h>

#include "profiles/values/problem.h"

/* Largest one, in bytes: a key with its chain of certificates is under 16 KiB. */
#define SECRET_SIZE_MAX (64U << 10)

/*
 * Reads FILE, a regular file of ours or root's that no group and no others may read. Line ends at
 * its end are left out. Why not goes to PROBLEMS.
 * Returns 0 and RET_SECRET (the caller's, secret_free), NUL-terminated without a NUL inside, of
 * RET_SIZE bytes; -EINVAL when PROBLEMS tell why not, or -ENOMEM.
 */
int secret_file_read(const char *file, struct problems *problems, char **ret_secret,
		     size_t *ret_size);

/* Wipes and frees a text; NULL is fine. */
void secret_free(char *secret);

#endif
