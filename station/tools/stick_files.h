/* SPDX-License-Identifier: Apache-2.0 */
/* Files written to a stick so that they are on it, and read back from it. */
#ifndef STATION_TOOLS_STICK_FILES_H
#define STATION_TOOLS_STICK_FILES_H

#include <stdbool.h>
#include <stddef.h>

struct stick_file {
	const char *name; /* without a folder */
	const void *bytes;
	size_t size;
	bool program; /* a person starts it */
};

/*
 * Opens the folder NAME of the folder DIR (a descriptor), made if it is not there. Links are not
 * followed. Returns the descriptor, or negative errno: -ENOTDIR, also for a link.
 */
int stick_open_folder(int dir, const char *name);

/*
 * Writes FILE into the folder DIR: into "NAME.new", synced, which then takes NAME's place, and the
 * folder is synced. What stands at NAME before and after is whole.
 * Returns 0 or negative errno.
 */
int stick_write(int dir, const struct stick_file *file);

/* Whether the medium, not the memory in front of it, has FILE as it was written. Returns 0, -EIO
 * when it has something else, or another negative errno. */
int stick_read_back(int dir, const struct stick_file *file);

/*
 * Reads the regular file NAME of the folder DIR, at most MOST bytes; a link is not followed, a FIFO
 * not waited for. Returns 0, RET_BYTES (the caller's, free; one NUL follows them) and RET_SIZE;
 * -EFBIG; -EINVAL when it is no regular file; or another negative errno.
 */
int stick_read(int dir, const char *name, size_t most, char **ret_bytes, size_t *ret_size);

#endif
