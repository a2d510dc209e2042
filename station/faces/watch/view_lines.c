/* SPDX-License-Identifier: Apache-2.0 */
/* Lines from a descriptor, each at most so long. */
#include "station/faces/watch/view_lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int view_lines_read(struct view_lines *lines, int fd)
{
	ssize_t n;

	if (lines->start > 0) {
		memmove(lines->bytes, lines->bytes + lines->start, lines->used - lines->start);
		lines->used -= lines->start;
		lines->start = 0;
	}
	if (lines->used == sizeof lines->bytes) {
		lines->lost += !lines->skipping;
		lines->skipping = true;
		lines->used = 0;
	}
	n = read(fd, lines->bytes + lines->used, sizeof lines->bytes - lines->used);
	if (n < 0)
		return errno == EINTR ? 1 : -errno;
	lines->used += (size_t)n;
	return n > 0;
}

char *view_lines_next(struct view_lines *lines)
{
	char *line, *end;
	bool skipped;

	do {
		line = lines->bytes + lines->start;
		end = memchr(line, '\n', lines->used - lines->start);
		if (!end)
			return NULL;
		*end = '\0';
		lines->start = (size_t)(end + 1 - lines->bytes);
		skipped = lines->skipping;
		lines->skipping = false;
	} while (skipped);
	return line;
}
