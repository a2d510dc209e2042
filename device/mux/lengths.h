/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the lengths in a stream of messages, so that none is passed on in pieces. */
#ifndef DEVICE_MUX_LENGTHS_H
#define DEVICE_MUX_LENGTHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A device's messages are a length, most significant byte first, and as many bytes.
 * libimobiledevice 1.3.0 takes for the length what one recv() gives it, be it one byte of the four,
 * and is out of step from then on (doc/protocol.md, "Lockdown").
 */
#define LENGTH_SIZE 4

/* Where a stream is; zeroed at its start. */
struct lengths {
	uint32_t left; /* bytes until the next length */
	bool none;     /* these are other bytes, TLS above all: all go on as they come */
};

/*
 * Takes the stream forward by the next LEN BYTES, and returns how many at their end, less than
 * LENGTH_SIZE, are a length that is not whole yet: the caller gives these again, with more behind
 * them.
 */
size_t lengths_begun(struct lengths *lengths, const uint8_t *bytes, size_t len);

#endif
