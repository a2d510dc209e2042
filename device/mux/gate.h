/* SPDX-License-Identifier: Apache-2.0 */
/* The gates: for each worker one socket, behind which there is one device and its pair record. */
#ifndef DEVICE_MUX_GATE_H
#define DEVICE_MUX_GATE_H

#include <sys/types.h>

#include "device/facts/muxtalk.h"
#include "device/mux/dial.h"

/* Most connections at a time through one gate. A job needs fewer than ten; a worker gone mad must
 * not use up everybody's descriptors. One more is closed. */
#define GATE_PASSES_MAX 256

struct gates;

/*
 * Makes a private directory for the gates' sockets, in $XDG_RUNTIME_DIR or /tmp (gate_folder.h).
 * Returns 0 or negative errno.
 */
int gates_new(struct dialer *dialer, struct gates **ret_gates);
/* Closes every gate and removes the directory. Takes NULL. */
void gates_free(struct gates *gates);

/*
 * Opens the gate KEY to DEVICE. It listens, but admits nobody: who connects waits.
 * RET_PATH is the gates', good until the gate is closed.
 * Returns 0 or negative errno: -EEXIST when KEY is open.
 */
int gates_open(struct gates *gates, uint64_t key, const struct mux_event *device,
	       const char **ret_path);

/* From now on the process PID passes, and no other. Returns 0, -ENOENT when KEY is not open. */
int gates_admit(struct gates *gates, uint64_t key, pid_t pid);

/* Cuts whatever passes at KEY and removes its socket. Does nothing when KEY is not open. */
void gates_close(struct gates *gates, uint64_t key);

/* The device with HANDLE has left, or all have: what goes to it is cut, its gates stay. */
void gates_device_left(struct gates *gates, uint32_t handle);
void gates_all_left(struct gates *gates);

#endif
