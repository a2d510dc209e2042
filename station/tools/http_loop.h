/* SPDX-License-Identifier: Apache-2.0 */
/* An HTTP server's library in our loop: run when a client is ready, or has been silent too long. */
#ifndef STATION_TOOLS_HTTP_LOOP_H
#define STATION_TOOLS_HTTP_LOOP_H

#include <microhttpd.h>
#include <systemd/sd-event.h>

/* Zeroed but for DAEMON, which was started with MHD_USE_EPOLL and no thread. */
struct http_loop {
	struct MHD_Daemon *daemon;
	sd_event_source *ready;
	sd_event_source *timer; /* armed only while the library waits for a client */
};

/* Runs LOOP's daemon on EVENT from now on, behind everything else. Returns 0 or negative errno;
 * what was made so far is in LOOP in any case. */
int http_loop_open(sd_event *event, struct http_loop *loop);

/* Sends what can be sent at once, and stops the daemon, if there is one. */
void http_loop_close(struct http_loop *loop);

#endif
