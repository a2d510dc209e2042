/* SPDX-License-Identifier: Apache-2.0 */
/* Listening sockets: TCP on an address, or a UNIX path. */
#ifndef TESTS_SIM_LISTEN_H
#define TESTS_SIM_LISTEN_H

#include <systemd/sd-event.h>

struct listener;

/* FD is a new connection and the callee's. */
typedef void (*listener_accepted_t)(void *userdata, int fd);

/* Listens on "ADDRESS:PORT" or "[ADDRESS]:PORT", numeric; port 0 is any free one. Returns 0,
 * -EINVAL for another form, or a negative errno. */
int listen_tcp(sd_event *event, const char *where, listener_accepted_t accepted, void *userdata,
	       struct listener **ret_listener);

/* Listens on a UNIX stream socket at PATH, in place of a dead one that is there. Returns 0,
 * -EADDRINUSE when somebody answers there or it is no socket, or a negative errno. */
int listen_unix(sd_event *event, const char *path, listener_accepted_t accepted, void *userdata,
		struct listener **ret_listener);

/* Where it really listens: "127.0.0.1:27015" or the path. The listener's. */
const char *listener_where(const struct listener *listener);

/* Stops listening: the path is gone, and who connects is refused. */
void listener_close(struct listener *listener);
/* The queue of those who connect is full: a UNIX socket turns them away with EAGAIN. On TCP, where
 * they would wait for minutes, it is listener_close. */
void listener_crowd(struct listener *listener);
/* Listens again, at the same place. Returns 0 or a negative errno. */
int listener_open(struct listener *listener);

/* Removes the path of a UNIX socket. NULL is fine. */
void listener_free(struct listener *listener);

#endif
