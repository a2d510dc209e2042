/* SPDX-License-Identifier: Apache-2.0 */
/* The control socket: one JSON object a line each way (doc: muster-sim(1), "CONTROL SOCKET"). */
#ifndef TESTS_SIM_CONTROL_H
#define TESTS_SIM_CONTROL_H

struct bench;
struct control;
struct phone_setup;

/* Devices that are added begin with SETUP, which must live as long. NULL without memory. */
struct control *control_new(struct bench *bench, const struct phone_setup *setup);

/* Closes all its connections; before the bench's end. NULL is fine. */
void control_free(struct control *control);

/* Somebody has connected on the socket FD, which is taken, also on failure. Returns 0 or a negative
 * errno. */
int control_accept(struct control *control, int fd);

#endif
