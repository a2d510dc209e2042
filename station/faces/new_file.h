/* SPDX-License-Identifier: Apache-2.0 */
/* A file that a verb makes for the operator: a new one, whole, or standard output. */
#ifndef STATION_FACES_NEW_FILE_H
#define STATION_FACES_NEW_FILE_H

#include <stddef.h>

/*
 * Writes the SIZE BYTES to the new file PATH, mode 0600, or to standard output ("-"). A file that
 * is there already stays as it is; one that could not be written whole is removed.
 * Returns EXIT_PASSED, or, with a message that begins with VERB, EXIT_FILE when PATH is there, else
 * EXIT_TROUBLE.
 */
int new_file_write(const char *verb, const char *path, const void *bytes, size_t size);

/* The same for what is no secret: others may read it as far as the umask lets them. */
int new_file_publish(const char *verb, const char *path, const void *bytes, size_t size);

#endif
