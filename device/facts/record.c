/* SPDX-License-Identifier: Apache-2.0 */
/* Records between our processes: one text line in one SEQPACKET datagram, perhaps with one fd. */
#include "device/facts/record.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* Decodes the %XX of WORD in place; -EPROTO when one is broken or stands for NUL. */
static int decode_word(char *word)
{
	char *to = word;

	if (strcmp(word, "-") == 0) {
		*word = '\0';
		return 0;
	}
	for (const char *from = word; *from; from++) {
		int high, low;

		if (*from != '%') {
			*to++ = *from;
			continue;
		}
		high = hex_digit(from[1]);
		low = high < 0 ? -1 : hex_digit(from[2]);
		if (low < 0 || (high == 0 && low == 0))
			return -EPROTO;
		*to++ = (char)(high << 4 | low);
		from += 2;
	}
	*to = '\0';
	return 0;
}

static bool has_control(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			return true;
	return false;
}

int record_parse(const char *text, size_t len, struct record *ret_record)
{
	char *next = ret_record->bytes;

	if (len > 0 && text[len - 1] == '\n')
		len--;
	if (len == 0 || len > RECORD_MAX || has_control(text, len))
		return -EPROTO;
	memcpy(ret_record->bytes, text, len);
	ret_record->bytes[len] = '\0';
	ret_record->count = 0;
	while (next) {
		char *word = strsep(&next, " ");

		if (*word == '\0' || ret_record->count == RECORD_WORDS || decode_word(word) < 0)
			return -EPROTO;
		ret_record->word[ret_record->count++] = word;
	}
	return 0;
}

/* Writes WORD encoded at OUT with ROOM bytes left; returns the length or -EMSGSIZE. */
static int encode_word(const char *word, char *out, size_t room)
{
	size_t used = 0;

	if (*word == '\0')
		word = "-";
	else if (strcmp(word, "-") == 0)
		return room < 3 ? -EMSGSIZE : (memcpy(out, "%2D", 3), 3);
	for (; *word; word++) {
		unsigned char c = (unsigned char)*word;
		bool plain = c > 0x20 && c != 0x7f && c != '%';

		if (room - used < (plain ? 1U : 3U))
			return -EMSGSIZE;
		if (plain) {
			out[used++] = (char)c;
		} else {
			out[used++] = '%';
			out[used++] = "0123456789ABCDEF"[c >> 4];
			out[used++] = "0123456789ABCDEF"[c & 15];
		}
	}
	return (int)used;
}

int record_format(const char *const *words, size_t count, char out[static RECORD_MAX + 1])
{
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		int n;

		if (i > 0) {
			if (used == RECORD_MAX)
				return -EMSGSIZE;
			out[used++] = ' ';
		}
		n = encode_word(words[i], out + used, RECORD_MAX - used);
		if (n < 0)
			return n;
		used += (size_t)n;
	}
	out[used] = '\0';
	return (int)used;
}

int record_send(int socket, int fd, const char *const *words, size_t count)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = { 0 };
	char text[RECORD_MAX + 1];
	int len = record_format(words, count, text);
	struct iovec iov = { text, len < 0 ? 0 : (size_t)len };
	struct msghdr message = { .msg_iov = &iov, .msg_iovlen = 1 };

	if (len < 0)
		return len;
	if (fd >= 0) {
		struct cmsghdr *header;

		message.msg_control = control.room;
		message.msg_controllen = sizeof control.room;
		header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(header), &fd, sizeof fd);
	}
	if (sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return -errno;
	return 0;
}

/* Takes the first fd out of MESSAGE into RET_FD. The room for one holds two by its alignment: a
 * second is closed. */
static void take_fd(struct msghdr *message, int *ret_fd)
{
	for (struct cmsghdr *h = CMSG_FIRSTHDR(message); h; h = CMSG_NXTHDR(message, h)) {
		size_t bytes = h->cmsg_len - CMSG_LEN(0);

		if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t at = 0; at + sizeof(int) <= bytes; at += sizeof(int)) {
			int fd;

			memcpy(&fd, CMSG_DATA(h) + at, sizeof fd);
			if (*ret_fd < 0)
				*ret_fd = fd;
			else
				close(fd);
		}
	}
}

int record_receive(int socket, struct record *ret_record, int *ret_fd)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	char text[RECORD_MAX + 1];
	struct iovec iov = { text, sizeof text };
	struct msghdr message = { .msg_iov = &iov,
				  .msg_iovlen = 1,
				  .msg_control = control.room,
				  .msg_controllen = sizeof control.room };
	int fd = -1, r;
	ssize_t n;

	do
		n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return errno == ECONNRESET ? 0 : -errno;
	take_fd(&message, &fd);
	if (n == 0 && fd < 0)
		return 0;
	r = message.msg_flags & MSG_TRUNC ? -EPROTO : record_parse(text, (size_t)n, ret_record);
	if (r < 0) {
		if (fd >= 0)
			close(fd);
		return r;
	}
	*ret_fd = fd;
	return 1;
}
