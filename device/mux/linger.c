/* SPDX-License-Identifier: Apache-2.0 */
/* Lets connections to usbmuxd on which a Connect is unanswered wait for the answer, though nobody
 * wants it any more. */
#include "device/mux/linger.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/queue.h>
#include <unistd.h>

/* How exact the limit is, in microseconds. */
#define ACCURACY 1000000

struct linger {
	LIST_ENTRY(linger) link;
	int fd;
	sd_event_source *answer, *limit;
};

struct lingers {
	sd_event *event;
	LIST_HEAD(, linger) waiting; /* lingers: all that wait */
};

int lingers_new(sd_event *event, struct lingers **ret_lingers)
{
	struct lingers *lingers = calloc(1, sizeof *lingers);

	if (!lingers)
		return -ENOMEM;
	lingers->event = sd_event_ref(event);
	LIST_INIT(&lingers->waiting);
	*ret_lingers = lingers;
	return 0;
}

static void linger_free(struct linger *linger)
{
	LIST_REMOVE(linger, link);
	sd_event_source_disable_unref(linger->answer);
	sd_event_source_disable_unref(linger->limit);
	close(linger->fd);
	free(linger);
}

void lingers_free(struct lingers *lingers)
{
	if (!lingers)
		return;
	while (!LIST_EMPTY(&lingers->waiting))
		linger_free(LIST_FIRST(&lingers->waiting));
	sd_event_unref(lingers->event);
	free(lingers);
}

static int on_answer(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	(void)source;
	(void)fd;
	(void)revents;
	linger_free(userdata);
	return 0;
}

static int on_limit(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	linger_free(userdata);
	return 0;
}

void lingers_add(struct lingers *lingers, int fd)
{
	struct linger *linger = calloc(1, sizeof *linger);

	if (!linger) {
		close(fd);
		return;
	}
	linger->fd = fd;
	LIST_INSERT_HEAD(&lingers->waiting, linger, link);
	if (sd_event_add_io(lingers->event, &linger->answer, fd, EPOLLIN, on_answer, linger) < 0 ||
	    sd_event_add_time_relative(lingers->event, &linger->limit, CLOCK_MONOTONIC,
				       LINGER_LIMIT_USEC, ACCURACY, on_limit, linger) < 0)
		linger_free(linger);
}
