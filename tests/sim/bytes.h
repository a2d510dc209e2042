/* SPDX-License-Identifier: Apache-2.0 */
/* A queue of bytes: added at the end, dropped from the front. */
#ifndef TESTS_SIM_BYTES_H
#define TESTS_SIM_BYTES_H

#include <stddef.h>

/* All zero is empty. */
struct bytes {
	unsigned char *memory;
	size_t start; /* of what is still queued, in memory */
	size_t length;
	size_t size;
};

/* Makes room for MORE bytes behind the queued ones. Returns where to put them, NULL without memory.
 * Call bytes_added with what was really put there. */
unsigned char *bytes_room(struct bytes *bytes, size_t more);
void bytes_added(struct bytes *bytes, size_t length);

/* Returns 0 or -ENOMEM, with nothing added. */
int bytes_add(struct bytes *bytes, const void *from, size_t length);

/* The queued bytes; valid until the next call that changes the queue. */
const unsigned char *bytes_at(const struct bytes *bytes);

/* Drops LENGTH bytes, at most all, from the front. */
void bytes_drop(struct bytes *bytes, size_t length);

/* Frees the memory; the queue is empty and can be used again. */
void bytes_done(struct bytes *bytes);

#endif
