/* SPDX-License-Identifier: Apache-2.0 */
/* The private directory in which the gates' sockets stand. */
#ifndef DEVICE_MUX_GATE_FOLDER_H
#define DEVICE_MUX_GATE_FOLDER_H

#include "device/facts/muxtalk.h"

struct gate_folder {
	char path[GATE_PATH_MAX]; /* leaves room for the longest socket's name */
	int fd;			  /* holds its lock, for as long as we live */
};

/*
 * Makes it below the directory BASE, for this user only. Those that muster-mux processes of this
 * user left behind there when they were killed are removed.
 * Returns 0 or negative errno, and then there is nothing to remove.
 */
int gate_folder_make(const char *base, struct gate_folder *ret_folder);

/* Removes it, which must be empty. Returns 0 or negative errno. */
int gate_folder_remove(struct gate_folder *folder);

#endif
