/* SPDX-License-Identifier: Apache-2.0 */
/* Stream sockets in the file system: one end listens, the other connects. */
#ifndef STATION_TOOLS_UNIX_SOCKET_H
#define STATION_TOOLS_UNIX_SOCKET_H

#include "device/facts/step.h"

/*
 * Listens at PATH, for this user only (mode 0600). A socket left there by a program that is gone is
 * replaced; anything else there stays.
 * Returns 0 and RET_FD (non-blocking, close-on-exec), or negative errno: -EADDRINUSE when somebody
 * answers at PATH, -EEXIST when something that is no socket is there, -ENAMETOOLONG.
 */
int unix_listen(const char *path, int *ret_fd);

/*
 * Connects to PATH, and waits at most LIMIT milliseconds for a place in the listener's queue.
 * Returns 0 and RET_FD (blocking, close-on-exec), or negative errno: -ENOENT when there is no
 * socket, -ECONNREFUSED when nobody listens, -EAGAIN when LIMIT has passed, -ENAMETOOLONG.
 */
int unix_connect(const char *path, msec_t limit, int *ret_fd);

#endif
