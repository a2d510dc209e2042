/* SPDX-License-Identifier: Apache-2.0 */
/* One station for one usbmuxd: two would fight for the same devices. */
#ifndef STATION_TOOLS_MUX_LOCK_H
#define STATION_TOOLS_MUX_LOCK_H

#include <sys/types.h>

/*
 * Takes the lock of the usbmuxd at ADDRESS (a value of USBMUXD_SOCKET_ADDRESS, or NULL for the
 * default): a listening socket in the abstract namespace, which is the same for all users, and is
 * gone with its holder. Two ways to write one UNIX socket's path are one address; two names of one
 * host are not.
 * Returns the fd to keep (close-on-exec), -EADDRINUSE and RET_HOLDER (0: not known) when another
 * station has it, or negative errno.
 */
int mux_lock_take(const char *address, pid_t *ret_holder);

#endif
