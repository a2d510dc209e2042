/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes for a worker that nobody can change any more: sealed memory files. */
#ifndef STATION_TOOLS_SEALED_H
#define STATION_TOOLS_SEALED_H

#include <stddef.h>

/* Makes a memory file of SIZE BYTES, sealed against every change. Returns its fd (the caller's) or
 * negative errno. NAME shows in /proc only. */
int sealed_new(const char *name, const void *bytes, size_t size);
/* A read-only descriptor of its own for the sealed file FD: its offset is at the start, and nobody
 * else moves it. Returns it (the caller's) or negative errno. */
int sealed_open(int fd);

#endif
