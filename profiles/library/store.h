/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of things, each a small folder of files that is there whole or not at all. */
#ifndef PROFILES_LIBRARY_STORE_H
#define PROFILES_LIBRARY_STORE_H

#include <stddef.h>

/* Most things of a store, and longest name of one, without its end. */
#define STORE_THINGS_MAX 1000
#define STORE_NAME_MAX	 64

/* A file of a thing. NAME has no slash and no leading dot. */
struct store_file {
	const char *name;
	const void *bytes;
	size_t size;
};

/*
 * Puts the thing NAME with its COUNT FILES into the folder DIR, which is made with mode 0700 when
 * it is not there (its parent is). Files have mode 0600. When it returns 0 the thing is durable;
 * when it is killed, or power fails, before that, the thing is there whole or not at all. What
 * such an end left behind is cleared by the next call.
 * Returns 0; -EINVAL when NAME is empty, too long, or begins with a dot or has a slash; -EEXIST
 * when there is a thing of that name, which stays as it is; -EDQUOT when there are
 * STORE_THINGS_MAX; or another negative errno.
 */
int store_put(const char *dir, const char *name, const struct store_file *files, size_t count);

/* Takes the thing NAME out of DIR, durably, and as a whole. Returns 0, -ENOENT or negative errno.
 */
int store_drop(const char *dir, const char *name);

/* The names of all things in DIR, in order of bytes. */
struct store_names {
	size_t count;
	char (*list)[STORE_NAME_MAX + 1]; /* the caller's, free */
};

/* Returns 0 and RET_NAMES (empty when there is no DIR), or negative errno. Asks for no lock. */
int store_list(const char *dir, struct store_names *ret_names);

/*
 * Reads FILE of the thing NAME, at most MOST bytes of it. Returns 0, RET_BYTES (the caller's, free;
 * one NUL follows them) and RET_SIZE; -ENOENT; -EFBIG; or negative errno.
 */
int store_read(const char *dir, const char *name, const char *file, size_t most,
	       unsigned char **ret_bytes, size_t *ret_size);

#endif
