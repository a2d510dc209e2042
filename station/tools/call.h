/* SPDX-License-Identifier: Apache-2.0 */
/* The client of the control socket: asks the running station one thing. */
#ifndef STATION_TOOLS_CALL_H
#define STATION_TOOLS_CALL_H

#include <stddef.h>

#include "device/facts/step.h"

/* How long a station may take to answer, in milliseconds: it is busy for some at most. */
#define CALL_LIMIT 5000
/* Largest answer taken: a board of 256 slots is under 1 MiB. */
#define CALL_SIZE_MAX (16U << 20)

struct call_answer {
	unsigned status; /* of HTTP: 200 is well */
	size_t size;
	char *body; /* SIZE bytes and a NUL; the caller's, free */
};

/*
 * Asks the station that listens at SOCKET for PATH ("/v1/board") and waits at most LIMIT
 * milliseconds, however slowly the answer comes.
 * Returns 0 and RET_ANSWER, or negative errno: -ENOENT and -ECONNREFUSED when no station listens
 * there, -ETIMEDOUT when it is silent, -EMSGSIZE when it says more than CALL_SIZE_MAX, -EPROTO when
 * what it says is no whole HTTP answer.
 */
int call_get(const char *socket, const char *path, msec_t limit, struct call_answer *ret_answer);

/* Posts TEXT, JSON, to PATH in the same way. */
int call_post(const char *socket, const char *path, const char *text, msec_t limit,
	      struct call_answer *ret_answer);

/*
 * Asks for an answer that does not end ("/v1/events") and waits at most LIMIT milliseconds for its
 * beginning. RET_FD is then the caller's, to read the body from.
 * Returns 0 or negative errno as call_get does; -EPROTO also for any status but 200.
 */
int call_open(const char *socket, const char *path, msec_t limit, int *ret_fd);

#endif
