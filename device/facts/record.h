/* SPDX-License-Identifier: Apache-2.0 */
/* Records between our processes: one text line in one SEQPACKET datagram, perhaps with one fd. */
#ifndef DEVICE_FACTS_RECORD_H
#define DEVICE_FACTS_RECORD_H

#include <stddef.h>

/* Longest record in bytes: what a worker may say at once, and what a shell's echo can. */
#define RECORD_MAX 4096
/* Most words in a record: ours have 7 at most, but a worker that is a shell script writes
 * sentences. */
#define RECORD_WORDS 64

/*
 * A record is words parted by single blanks, perhaps ended by one newline (a shell's echo writes
 * it). A byte of a word that is a blank, a control character or '%' is written as %XX. An empty
 * word is written as "-"; a word that is a lone '-' as %2D.
 */
struct record {
	size_t count;
	char *word[RECORD_WORDS]; /* decoded, into `bytes`; "" for "-" */
	char bytes[RECORD_MAX + 1];
};

/*
 * Splits and decodes the LEN bytes at TEXT into RET_RECORD.
 * Returns 0, or -EPROTO: longer than RECORD_MAX, empty, a bare control character in it, a
 * broken %XX, %00, two blanks in a row, or more than RECORD_WORDS words. Decoded words are not
 * cleaned: %0A is a newline.
 */
int record_parse(const char *text, size_t len, struct record *ret_record);

/*
 * Writes COUNT WORDS as one record into OUT (NUL-terminated).
 * Returns its length, or -EMSGSIZE when it does not fit into RECORD_MAX.
 */
int record_format(const char *const *words, size_t count, char out[static RECORD_MAX + 1]);

/*
 * Sends COUNT WORDS over SOCKET without waiting, with FD attached unless it is -1; FD stays the
 * caller's. Returns 0 or negative errno: -EMSGSIZE, -EAGAIN when the peer does not read, -EPIPE
 * when it is gone.
 */
int record_send(int socket, int fd, const char *const *words, size_t count);

/*
 * Receives one record from SOCKET, waiting only if SOCKET waits. RET_FD is the attached fd
 * (close-on-exec, the caller's to close) or -1.
 * Returns 1 with a record, 0 at the peer's end, or negative errno: -EAGAIN, -EPROTO (malformed; the
 * fd, if any, is closed).
 */
int record_receive(int socket, struct record *ret_record, int *ret_fd);

#endif
