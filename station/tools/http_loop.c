/* SPDX-License-Identifier: Apache-2.0 */
/* An HTTP server's library in our loop: run when a client is ready, or has been silent too long. */
#include "station/tools/http_loop.h"

#include <errno.h>

/* Microseconds by which the library's timer may be late: it also means "at once, there is more". */
#define TIMER_ACCURACY 1000
/* Behind devices, workers and the ledger: faces never stall the station. */
#define PRIORITY 10

/* Wakes the loop when the library next wants to look at a client's silence, and only then. */
static int arm_timer(struct http_loop *loop)
{
	MHD_UNSIGNED_LONG_LONG wait;
	int r;

	if (MHD_get_timeout(loop->daemon, &wait) != MHD_YES)
		return sd_event_source_set_enabled(loop->timer, SD_EVENT_OFF);
	r = sd_event_source_set_time_relative(loop->timer, wait * 1000);
	if (r < 0)
		return r;
	return sd_event_source_set_enabled(loop->timer, SD_EVENT_ONESHOT);
}

static unsigned clients(const struct http_loop *loop)
{
	const union MHD_DaemonInfo *clients =
		MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);

	return clients ? clients->num_connections : 0;
}

/* With as many clients as it may have the library stops listening, and begins again only when it is
 * run with fewer: nothing would wake it for those who wait meanwhile. */
static int run(struct http_loop *loop)
{
	unsigned before;

	do {
		before = clients(loop);
		(void)MHD_run(loop->daemon); /* no: a client's trouble, not the station's */
	} while (clients(loop) < before);
	return arm_timer(loop);
}

static int on_ready(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	(void)source;
	(void)fd;
	(void)events;
	return run(userdata);
}

static int on_timer(sd_event_source *source, uint64_t now, void *userdata)
{
	(void)source;
	(void)now;
	return run(userdata);
}

int http_loop_open(sd_event *event, struct http_loop *loop)
{
	const union MHD_DaemonInfo *epoll =
		MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	int r;

	if (!epoll)
		return -ENOTSUP;
	r = sd_event_add_io(event, &loop->ready, epoll->epoll_fd, EPOLLIN, on_ready, loop);
	if (r < 0)
		return r;
	r = sd_event_add_time_relative(event, &loop->timer, CLOCK_MONOTONIC, 0, TIMER_ACCURACY,
				       on_timer, loop);
	if (r < 0)
		return r;
	r = sd_event_source_set_priority(loop->ready, PRIORITY);
	if (r < 0)
		return r;
	r = sd_event_source_set_priority(loop->timer, PRIORITY);
	return r < 0 ? r : arm_timer(loop);
}

void http_loop_close(struct http_loop *loop)
{
	if (loop->daemon) {
		(void)MHD_run(loop->daemon);
		MHD_stop_daemon(loop->daemon);
	}
	sd_event_source_disable_unref(loop->ready);
	sd_event_source_disable_unref(loop->timer);
}
