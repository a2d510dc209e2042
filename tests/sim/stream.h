/* SPDX-License-Identifier: Apache-2.0 */
/* A connected socket on the event loop, buffered both ways, with back-pressure. */
#ifndef TESTS_SIM_STREAM_H
#define TESTS_SIM_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-event.h>

struct stream;

/* Bytes taken from the peer before somebody uses them: as much as usbmuxd holds for a client. */
#define STREAM_INPUT_MAX ((size_t)64 << 10)
/* Above this the owner should not make more output. */
#define STREAM_OUTPUT_FULL ((size_t)256 << 10)

struct stream_owner {
	/* Bytes came, or all output has left: go on. May free the stream. */
	void (*ready)(void *owner);
	/* The peer is gone, or all has left after stream_finish. What had come before can still be
	 * had with stream_input. Must free the stream. */
	void (*gone)(void *owner);
};

/* Takes the connected socket FD, also on failure. Returns 0 or a negative errno. */
int stream_new(sd_event *event, int fd, struct stream **ret_stream);

/* Closes the socket; what could not be sent at once is lost. NULL is fine. */
void stream_free(struct stream *stream);

/* From now on OWNER is told. Not told of bytes that are there already. */
void stream_give(struct stream *stream, const struct stream_owner *calls, void *owner);

/* What has come and was not used yet; valid until the next call on STREAM. */
const unsigned char *stream_input(const struct stream *stream, size_t *ret_length);
void stream_use(struct stream *stream, size_t length);

/* Sends, now or when the peer takes it. A failure shows as gone, later. */
void stream_write(struct stream *stream, const void *from, size_t length);
/* Bytes that wait for the peer. */
size_t stream_waiting(const struct stream *stream);

/* From now on one byte leaves every USEC microseconds. Returns 0 or a negative errno. */
int stream_drip(struct stream *stream, uint64_t usec);

/* HELD: nothing is read or sent until the same with false. The peer's end is still noticed. */
void stream_hold(struct stream *stream, bool held);

/* Nothing more is read; gone is called when all output has left. */
void stream_finish(struct stream *stream);

#endif
