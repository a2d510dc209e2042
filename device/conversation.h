/* SPDX-License-Identifier: Apache-2.0 */
/* The worker's end of the conversation with the station (device/facts/talk.h). */
#ifndef DEVICE_CONVERSATION_H
#define DEVICE_CONVERSATION_H

#include "device/facts/talk.h"

struct conversation {
	int socket; /* SEQPACKET, blocking; TALK_FD in the program */
};

/*
 * The station kills a worker whenever it likes, so none of these has a way to fail: when the
 * station is gone, says `stop`, or cannot be understood, the process ends here, at once. Its
 * sockets close with it, which is all that a device needs. Exit status: 0 after `stop`, 1
 * otherwise, with the reason on stderr.
 */

/* Says TALK, waiting as long as the station does not read. */
void say(struct conversation *talk, const struct talk *word);
void say_verb(struct conversation *talk, enum talk_verb verb);
/* TEXT need not be clean. */
void say_note(struct conversation *talk, enum note_key key, const char *text);
void say_wait(struct conversation *talk, enum talk_verb wait_or_waited, enum talk_wait why);
/* done or already, verified: no step of ours ends without having been read back. */
void say_ended(struct conversation *talk, enum talk_verb done_or_already, struct step_id step);
/* The fault and its chain; the last word. */
void say_fault(struct conversation *talk, const struct fault *fault);

/* Waits for the next order, which may be anything but `stop`. RET_FD is the attached fd (the
 * caller's) or -1. */
void hear(struct conversation *talk, struct order *ret_order, int *ret_fd);

/* Waits MILLISECONDS, 0 for a mere look whether the station wants the worker to end. */
void conversation_pause(struct conversation *talk, int milliseconds);

/* Ends the process because the station broke the conversation's form. */
void conversation_broken(const char *why) __attribute__((noreturn));

#endif
