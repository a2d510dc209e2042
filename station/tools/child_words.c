/* SPDX-License-Identifier: Apache-2.0 */
/* What a child writes to its stderr, line by line into our log, stamped with whom it is about. */
#include "config.h"

#include "station/tools/child_words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct child_words {
	sd_event_source *source;
	int fd;
	char *who, *slot, *udid;
	unsigned lines;
	size_t used;
	char buffer[CHILD_LINE_MAX];
};

static void log_words(struct child_words *words, size_t len)
{
	struct log_about about = { words->slot, words->udid };

	if (len > 0 && words->lines++ < CHILD_LINES_MAX)
		log_line(LEVEL_WARN, &about, "%s: %.*s", words->who, (int)len, words->buffer);
}

/* Logs each whole line of the buffer, and a part of one that fills it. */
static void take_lines(struct child_words *words)
{
	char *end;

	while ((end = memchr(words->buffer, '\n', words->used))) {
		size_t len = (size_t)(end - words->buffer);

		log_words(words, len);
		words->used -= len + 1;
		memmove(words->buffer, end + 1, words->used);
	}
	if (words->used == sizeof words->buffer) {
		log_words(words, words->used);
		words->used = 0;
	}
}

/* Reads once. Returns more than 0 when there may be more, 0 at the end, -EAGAIN when not now. */
static int read_words(struct child_words *words)
{
	ssize_t n =
		read(words->fd, words->buffer + words->used, sizeof words->buffer - words->used);

	if (n < 0)
		return errno == EINTR ? 1 : -errno;
	words->used += (size_t)n;
	take_lines(words);
	return n > 0;
}

static int on_words(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	int r = read_words(userdata);

	(void)fd;
	(void)events;
	if (r > 0 || r == -EAGAIN)
		return 0;
	return sd_event_source_set_enabled(source, SD_EVENT_OFF);
}

static char *copy(const char *text)
{
	return strdup(text ? text : "");
}

int child_words_open(sd_event *event, const char *who, const struct log_about *about,
		     struct child_words **ret_words, int *ret_write_end)
{
	struct child_words *words = calloc(1, sizeof *words);
	int ends[2], r;

	if (!words)
		return -ENOMEM;
	words->fd = -1;
	words->who = copy(who);
	words->slot = copy(about ? about->slot : NULL);
	words->udid = copy(about ? about->udid : NULL);
	if (!words->who || !words->slot || !words->udid) {
		child_words_close(words);
		return -ENOMEM;
	}
	if (pipe2(ends, O_CLOEXEC) < 0) {
		r = -errno;
		child_words_close(words);
		return r;
	}
	words->fd = ends[0];
	r = fcntl(words->fd, F_SETFL, O_NONBLOCK) < 0 ? -errno : 0;
	if (r == 0)
		r = sd_event_add_io(event, &words->source, words->fd, EPOLLIN, on_words, words);
	if (r < 0) {
		close(ends[1]);
		child_words_close(words);
		return r;
	}
	*ret_words = words;
	*ret_write_end = ends[1];
	return 0;
}

/* The end of a child's words is near: a pipe holds 64 KiB, which this bound lets through. */
static void read_rest(struct child_words *words)
{
	for (unsigned i = 0; i < 2 * CHILD_LINES_MAX && read_words(words) > 0; i++)
		;
	log_words(words, words->used);
}

void child_words_close(struct child_words *words)
{
	if (!words)
		return;
	if (words->fd >= 0) {
		struct log_about about = { words->slot, words->udid };

		read_rest(words);
		if (words->lines > CHILD_LINES_MAX)
			log_line(LEVEL_WARN, &about, "%s: %u lines dropped", words->who,
				 words->lines - CHILD_LINES_MAX);
		sd_event_source_disable_unref(words->source);
		close(words->fd);
	}
	free(words->who);
	free(words->slot);
	free(words->udid);
	free(words);
}
