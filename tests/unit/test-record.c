/* SPDX-License-Identifier: Apache-2.0 */
/* Records: splitting and decoding, the way back, and the socket with its descriptors. */
#include "device/facts/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/tap.h"

static const struct {
	const char *what, *text;
	int r;
	const char *words[4];
} table[] = {
	{ "words", "want install.1", 0, { "want", "install.1" } },
	{ "one newline at the end", "end\n", 0, { "end" } },
	{ "encoded blank", "note name Anna%20B", 0, { "note", "name", "Anna B" } },
	{ "lower-case digits", "x %c3%bc", 0, { "x", "ü" } },
	{ "encoded newline is decoded, not cleaned", "x a%0Ab", 0, { "x", "a\nb" } },
	{ "a dash is an empty word", "fault x - y", 0, { "fault", "x", "", "y" } },
	{ "an encoded dash is a dash", "x %2D", 0, { "x", "-" } },
	{ "UTF-8 as it is", "x ü", 0, { "x", "ü" } },
	{ "empty", "", -EPROTO, { 0 } },
	{ "only a newline", "\n", -EPROTO, { 0 } },
	{ "two newlines", "end\n\n", -EPROTO, { 0 } },
	{ "a newline inside", "end\nend", -EPROTO, { 0 } },
	{ "two blanks", "a  b", -EPROTO, { 0 } },
	{ "a blank first", " a", -EPROTO, { 0 } },
	{ "a blank last", "a ", -EPROTO, { 0 } },
	{ "a tab", "a\tb", -EPROTO, { 0 } },
	{ "DEL", "a\x7f", -EPROTO, { 0 } },
	{ "a broken escape", "a%2", -EPROTO, { 0 } },
	{ "an escape of no digits", "a%zz", -EPROTO, { 0 } },
	{ "an encoded NUL", "a%00", -EPROTO, { 0 } },
};

static void test_table(void)
{
	static struct record record;

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		size_t count = 0;

		is_number(record_parse(table[i].text, strlen(table[i].text), &record), table[i].r,
			  table[i].what);
		if (table[i].r < 0)
			continue;
		for (; count < 4 && table[i].words[count]; count++)
			is_string(record.word[count], table[i].words[count], "  word");
		is_number((long long)record.count, (long long)count, "  number of words");
	}
}

static void test_bounds(void)
{
	static struct record record;
	char text[RECORD_MAX + 2], out[RECORD_MAX + 1];
	const char *words[RECORD_WORDS + 1];

	memset(text, 'a', sizeof text);
	is_number(record_parse(text, RECORD_MAX, &record), 0, "RECORD_MAX bytes pass");
	is_number(record_parse(text, RECORD_MAX + 1, &record), -EPROTO, "one more does not");
	is_number(record_parse("a\0b", 3, &record), -EPROTO, "a NUL inside does not");
	for (size_t i = 0; i <= RECORD_WORDS; i++)
		words[i] = "w";
	record_format(words, RECORD_WORDS, out);
	is_number(record_parse(out, strlen(out), &record), 0, "RECORD_WORDS words pass");
	record_format(words, RECORD_WORDS + 1, out);
	is_number(record_parse(out, strlen(out), &record), -EPROTO, "one more does not");

	text[RECORD_MAX] = '\0';
	words[0] = text;
	is_number(record_format(words, 1, out), RECORD_MAX, "a record may be full");
	text[0] = '%';
	is_number(record_format(words, 1, out), -EMSGSIZE, "but not overfull by encoding");
	words[1] = "b";
	text[0] = 'a';
	is_number(record_format(words, 2, out), -EMSGSIZE, "nor by a second word");
}

static void test_round_trip(void)
{
	static const char *const words[] = {
		"note", "", "-", "--", "a b", "%", "%41", "\n\x1b", "ü"
	};
	size_t count = sizeof words / sizeof words[0];
	static struct record record;
	char out[RECORD_MAX + 1];
	int len = record_format(words, count, out);

	is_string(out, "note - %2D -- a%20b %25 %2541 %0A%1B ü", "encoded");
	is_number(record_parse(out, (size_t)len, &record), 0, "parses again");
	for (size_t i = 0; i < count; i++)
		is_string(record.word[i], words[i], "  as it was");
}

static void test_socket(void)
{
	static struct record record;
	const char *words[] = { "go", "install.1" };
	int pair[2], pipe_ends[2], fd = -1;
	char byte = 'x';

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) < 0 ||
	    pipe(pipe_ends) < 0) {
		ok(false, "a socket pair");
		return;
	}
	is_number(record_receive(pair[1], &record, &fd), -EAGAIN, "nothing there yet");
	is_number(record_send(pair[0], pipe_ends[1], words, 2), 0, "sent with a descriptor");
	is_number(record_receive(pair[1], &record, &fd), 1, "received");
	is_string(record.word[1], "install.1", "  its words");
	ok(fd >= 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC, "  its descriptor, close-on-exec");
	ok(write(fd, &byte, 1) == 1 && read(pipe_ends[0], &byte, 1) == 1,
	   "  which is the one sent");
	close(fd);

	is_number(record_send(pair[0], -1, words, 2), 0, "sent without");
	is_number(record_receive(pair[1], &record, &fd), 1, "received");
	is_number(fd, -1, "  no descriptor");

	(void)!write(pair[0], "bad  record", 11);
	is_number(record_receive(pair[1], &record, &fd), -EPROTO, "a malformed record");
	close(pair[0]);
	is_number(record_receive(pair[1], &record, &fd), 0, "the peer's end");
	is_number(record_send(pair[1], -1, words, 2), -EPIPE, "no signal for who writes to nobody");
	close(pair[1]);
	close(pipe_ends[0]);
	close(pipe_ends[1]);
}

/* A hostile worker may pass two descriptors at once, or one with rubbish: none may stay open here.
 */
static void test_descriptor_leak(void)
{
	static struct record record;
	int pair[2], fds[2] = { 0, 1 }, before, fd = -1;
	char room[CMSG_SPACE(sizeof fds)] = { 0 };
	char good[] = "end", bad[] = "a  b";
	struct iovec iov = { good, 3 };
	struct msghdr message = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return;
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof fds);
	memcpy(CMSG_DATA(header), fds, sizeof fds);
	before = dup(0);
	close(before);

	sendmsg(pair[0], &message, 0);
	is_number(record_receive(pair[1], &record, &fd), 1, "two descriptors at once: received");
	close(fd);
	iov = (struct iovec){ bad, 4 };
	sendmsg(pair[0], &message, 0);
	is_number(record_receive(pair[1], &record, &fd), -EPROTO, "with rubbish: refused");
	fd = dup(0);
	is_number(fd, before, "no descriptor stayed open");
	close(fd);
	close(pair[0]);
	close(pair[1]);
}

int main(void)
{
	test_table();
	test_bounds();
	test_round_trip();
	test_socket();
	test_descriptor_leak();
	return tap_done();
}
