/* SPDX-License-Identifier: Apache-2.0 */
/* How what a device sends can be spoiled: its answers, and its side of a TLS handshake. */
#ifndef TESTS_SIM_SPOIL_H
#define TESTS_SIM_SPOIL_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>

#include "tests/sim/bytes.h"

enum spoil {
	SPOIL_NOT,
	SPOIL_HUGE_LENGTH,   /* announced with 4 GiB - 1 */
	SPOIL_ZERO_LENGTH,   /* announced with 0, and nothing behind it */
	SPOIL_HALF_MESSAGE,  /* announced whole, and only the first half comes */
	SPOIL_HALF_PLIST,    /* the first half of the property list, announced as it is */
	SPOIL_BAD_PLIST,     /* no property list at all */
	SPOIL_DEEP_PLIST,    /* SPOIL_DEPTH nested arrays in XML */
	SPOIL_DEEP_BPLIST,   /* the same in binary */
	SPOIL_EXPLODING,     /* 135 bytes that are ten million nodes when read */
	SPOIL_WRONG_TYPES,   /* each value but the echoed Request is of another type */
	SPOIL_EMPTY_SUCCESS, /* success, without what was asked for */
};

#define SPOIL_DEPTH 100000U

/*
 * Adds REPLY to OUT as a message: its length in 32 bits, big-endian, and its bytes, in the binary
 * form when BINARY, spoiled as HOW says. Takes REPLY. Returns 0 or -ENOMEM.
 */
int spoil_message(enum spoil how, plist_t reply, bool binary, struct bytes *out);

/* What becomes of a TLS handshake. */
enum handshake {
	HANDSHAKE_WELL,
	HANDSHAKE_SILENT,  /* no answer to the host's first message, nor to anything else */
	HANDSHAKE_CLOSED,  /* closed upon it */
	HANDSHAKE_REFUSED, /* answered with the alert handshake_failure, and closed */
	HANDSHAKE_GARBAGE, /* answered with what is no TLS; silent from then on */
};

/* What HOW answers to the host's first message, a constant; NULL: nothing. */
const unsigned char *spoil_handshake(enum handshake how, size_t *ret_length);

#endif
