/* SPDX-License-Identifier: Apache-2.0 */
/* One usbmux message on the wire: sixteen bytes of header and an XML property list. */
#ifndef DEVICE_MUX_FRAME_H
#define DEVICE_MUX_FRAME_H

#include <plist/plist.h>
#include <stddef.h>
#include <stdint.h>

/*
 *   0  u32 LE  length, with these sixteen bytes
 *   4  u32 LE  version: 1, property lists
 *   8  u32 LE  message: 8, property list
 *  12  u32 LE  tag, the asker's choice; the answer has the same, an event has 0
 *  16          XML
 */
#define FRAME_HEADER 16
/* Longest message read from a worker: what usbmuxd itself takes. */
#define FRAME_ASKED_MAX (64 * 1024)
/* Longest message that we look into. An Attached event or a Result has under a kilobyte; libplist
 * walks nested lists by recursion, and this length cannot nest deeper than a stack allows. */
#define FRAME_READ_MAX (64 * 1024)
/* Longest answer passed on unread. A pair record has 10 KiB. */
#define FRAME_ANSWER_MAX (16 * 1024 * 1024)

/* Result numbers of usbmuxd; pair records use errno values in the same place. */
enum mux_result {
	RESULT_OK = 0,
	RESULT_BADCOMMAND = 1,
	RESULT_BADDEV = 2,
};

/* A whole message, header included. A zeroed one is none. */
struct frame {
	uint8_t *bytes;
	size_t len;
};
void frame_done(struct frame *frame);

uint32_t frame_tag(const struct frame *frame);

/*
 * Makes a message out of BODY, which stays the caller's, and adds it to the end of FRAME: two in
 * one are sent as one. Returns 0 or -ENOMEM.
 */
int frame_add(struct frame *frame, plist_t body, uint32_t tag);

/* Adds a Result message with NUMBER. Returns 0 or -ENOMEM. */
int frame_add_result(struct frame *frame, uint32_t number, uint32_t tag);

/*
 * Reads the property list of FRAME into RET_BODY: a dictionary, the caller's to plist_free.
 * Returns 0, or -EPROTO: longer than FRAME_READ_MAX, no XML, no dictionary.
 */
int frame_body(const struct frame *frame, plist_t *ret_body);

/* The Number of a Result. Returns 0, or -EPROTO when FRAME is no Result. */
int frame_result(const struct frame *frame, uint32_t *ret_number);

/* A message on its way in; zeroed but for `max`, the longest allowed with its header. */
struct frame_in {
	size_t max;
	size_t have;
	uint8_t header[FRAME_HEADER];
	struct frame frame;
};

/*
 * Reads what socket FD holds of one message, without waiting, and nothing of what comes behind it.
 * Returns 1 with the whole message, the caller's to frame_done; 0 when more must come; or negative
 * errno: -ENODATA at the peer's end, -EPROTO for a header that is not of a property list, -EMSGSIZE
 * for one that is too long, -ENOMEM.
 */
int frame_receive(struct frame_in *in, int fd, struct frame *ret_frame);
void frame_in_done(struct frame_in *in);

/*
 * Sends FRAME from *SENT on over socket FD, without waiting, and moves *SENT.
 * Returns 1 when all is sent, 0 when the peer must read first, or negative errno.
 */
int frame_send(const struct frame *frame, size_t *sent, int fd);

#endif
