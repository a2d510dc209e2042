/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes read from and written to a file whole, however often the kernel stops in between. */
#ifndef DEVICE_FACTS_WHOLE_H
#define DEVICE_FACTS_WHOLE_H

#include <stddef.h>
#include <sys/types.h>

/* Reads FD, which waits when it has nothing, to its end, but no more than SIZE BYTES. Returns how
 * many, or negative errno. */
ssize_t whole_read(int fd, void *bytes, size_t size);

/* Writes the SIZE BYTES to FD, which waits when it has no room. Returns 0, or negative errno after
 * perhaps some of them. */
int whole_write(int fd, const void *bytes, size_t size);

/* The same, and does not return before they are on the disk. */
int whole_write_durable(int fd, const void *bytes, size_t size);

#endif
