/* SPDX-License-Identifier: Apache-2.0 */
/* A test's own directory, and files in it. */
#ifndef TESTS_UNIT_SCRATCH_H
#define TESTS_UNIT_SCRATCH_H

#include <stddef.h>

/* Room for a path in the directory, with its end. */
#define SCRATCH_PATH 80

/* Makes a new directory below /tmp and writes its path to OUT; ends the program when it cannot. */
void scratch_make(char out[static SCRATCH_PATH]);
/* Removes the directory with all that is in it. */
void scratch_remove(const char *dir);

/* Writes DIR/NAME to OUT and returns it. */
const char *scratch_path(char out[static SCRATCH_PATH], const char *dir, const char *name);

/* The bytes of a file with a NUL behind, the caller's to free; NULL when it cannot be read. */
char *scratch_read(const char *path, size_t *ret_size);
/* Makes or replaces a file; ends the program when it cannot. */
void scratch_write(const char *path, const void *bytes, size_t size);
void scratch_write_text(const char *path, const char *text);

#endif
