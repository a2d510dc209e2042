/* SPDX-License-Identifier: Apache-2.0 */
/* A directory of host key sets made ahead, so that no device waits for them. */
#ifndef DEVICE_KEY_POOL_H
#define DEVICE_KEY_POOL_H

#include <stddef.h>

/* More would be an hour of processor time and nobody's bench. */
#define KEY_POOL_MAX 1000

/*
 * Makes key sets in DIRECTORY until it holds COUNT files "*.pem", each a set as host_keys_read
 * takes it, mode 0600, whole when it appears; names sort by age. Every processor works at it, by a
 * child each. Several calls at once in one directory take turns. Whoever uses a set removes its
 * file. Returns 0 or negative errno.
 */
int key_pool_fill(const char *directory, size_t count);

#endif
