/* SPDX-License-Identifier: Apache-2.0 */
/* One usbmux message on the wire: sixteen bytes of header and an XML property list. */
#include "device/mux/frame.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "device/mux/dict.h"

#define VERSION_PLIST 1
#define MESSAGE_PLIST 8

static uint32_t get_word(const uint8_t *at)
{
	uint32_t word;

	memcpy(&word, at, sizeof word);
	return le32toh(word);
}

static void put_word(uint8_t *at, uint32_t word)
{
	word = htole32(word);
	memcpy(at, &word, sizeof word);
}

void frame_done(struct frame *frame)
{
	free(frame->bytes);
	*frame = (struct frame){ 0 };
}

uint32_t frame_tag(const struct frame *frame)
{
	return get_word(frame->bytes + 12);
}

int frame_add(struct frame *frame, plist_t body, uint32_t tag)
{
	char *xml = NULL;
	uint32_t len = 0;
	uint8_t *bytes;

	plist_to_xml(body, &xml, &len);
	bytes = xml ? realloc(frame->bytes, frame->len + FRAME_HEADER + len) : NULL;
	if (!bytes) {
		free(xml);
		return -ENOMEM;
	}
	frame->bytes = bytes;
	bytes += frame->len;
	put_word(bytes, FRAME_HEADER + len);
	put_word(bytes + 4, VERSION_PLIST);
	put_word(bytes + 8, MESSAGE_PLIST);
	put_word(bytes + 12, tag);
	memcpy(bytes + FRAME_HEADER, xml, len);
	frame->len += FRAME_HEADER + len;
	free(xml);
	return 0;
}

int frame_add_result(struct frame *frame, uint32_t number, uint32_t tag)
{
	plist_t body = plist_new_dict();
	int r;

	plist_dict_set_item(body, "MessageType", plist_new_string("Result"));
	plist_dict_set_item(body, "Number", plist_new_uint(number));
	r = frame_add(frame, body, tag);
	plist_free(body);
	return r;
}

int frame_body(const struct frame *frame, plist_t *ret_body)
{
	plist_t body = NULL;

	if (frame->len <= FRAME_HEADER || frame->len > FRAME_READ_MAX)
		return -EPROTO;
	plist_from_xml((const char *)frame->bytes + FRAME_HEADER,
		       (uint32_t)(frame->len - FRAME_HEADER), &body);
	if (!body || plist_get_node_type(body) != PLIST_DICT) {
		plist_free(body);
		return -EPROTO;
	}
	*ret_body = body;
	return 0;
}

int frame_result(const struct frame *frame, uint32_t *ret_number)
{
	const char *type;
	uint64_t number;
	plist_t body;
	int r = -EPROTO;

	if (frame_body(frame, &body) < 0)
		return -EPROTO;
	if (dict_string(body, "MessageType", &type) == 0 && strcmp(type, "Result") == 0 &&
	    dict_number(body, "Number", UINT32_MAX, &number) == 0) {
		*ret_number = (uint32_t)number;
		r = 0;
	}
	plist_free(body);
	return r;
}

/* Judges a whole header and makes room for the message behind it. */
static int begin_body(struct frame_in *in)
{
	size_t len = get_word(in->header);

	if (get_word(in->header + 4) != VERSION_PLIST ||
	    get_word(in->header + 8) != MESSAGE_PLIST || len <= FRAME_HEADER)
		return -EPROTO;
	if (len > in->max)
		return -EMSGSIZE;
	in->frame.bytes = malloc(len);
	if (!in->frame.bytes)
		return -ENOMEM;
	in->frame.len = len;
	memcpy(in->frame.bytes, in->header, FRAME_HEADER);
	return 0;
}

int frame_receive(struct frame_in *in, int fd, struct frame *ret_frame)
{
	do {
		size_t whole = in->frame.bytes ? in->frame.len : FRAME_HEADER;
		uint8_t *to = in->frame.bytes ? in->frame.bytes : in->header;
		ssize_t n = recv(fd, to + in->have, whole - in->have, MSG_DONTWAIT);
		int r;

		if (n == 0)
			return -ENODATA;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? 0 : -errno;
		in->have += (size_t)n;
		if (in->have == FRAME_HEADER && !in->frame.bytes) {
			r = begin_body(in);
			if (r < 0)
				return r;
		}
	} while (!in->frame.bytes || in->have < in->frame.len);
	*ret_frame = in->frame;
	in->frame = (struct frame){ 0 };
	in->have = 0;
	return 1;
}

void frame_in_done(struct frame_in *in)
{
	frame_done(&in->frame);
	in->have = 0;
}

int frame_send(const struct frame *frame, size_t *sent, int fd)
{
	while (*sent < frame->len) {
		ssize_t n = send(fd, frame->bytes + *sent, frame->len - *sent,
				 MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? 0 : -errno;
		*sent += (size_t)n;
	}
	return 1;
}
