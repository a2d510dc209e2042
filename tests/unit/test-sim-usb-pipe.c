/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the bulk endpoint to the host: how transfers are cut into buffers. */
#include "tests/sim/usb_pipe.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/tap.h"

static const struct {
	size_t transfers[3]; /* their lengths; 0 ends them */
	size_t buffer;
	const char *want; /* the lengths in the buffers */
} cuts[] = {
	{ { 100 }, 16384, "100" },
	{ { 512 }, 16384, "512" },
	{ { 512 }, 512, "512 0" },
	{ { 511 }, 511, "511" },
	{ { 1024 }, 512, "512 512 0" },
	{ { 1000 }, 512, "512 488" },
	{ { 16384 }, 16384, "16384 0" },
	{ { 20000 }, 16384, "16384 3616" },
	{ { 32768 }, 16384, "16384 16384 0" },
	{ { 49152 }, 65536, "49152" },
	{ { 100, 200 }, 16384, "100 200" },
	{ { 512, 200 }, 512, "512 0 200" },
	{ { 16384, 5, 16384 }, 16384, "16384 0 5 16384 0" },
};

static void cut(const size_t *transfers, size_t buffer, char *to)
{
	static const unsigned char bytes[65536];
	struct usb_pipe pipe = { 0 };
	const unsigned char *part;
	size_t length;

	for (int i = 0; i < 3 && transfers[i]; i++)
		usb_pipe_add(&pipe, bytes, 4, bytes, transfers[i] - 4);
	*to = '\0';
	while (usb_pipe_part(&pipe, buffer, &part, &length)) {
		sprintf(to + strlen(to), "%s%zu", *to ? " " : "", length);
		usb_pipe_sent(&pipe, buffer);
	}
	is_number((long long)pipe.waiting, 0, "nothing is left");
}

static void test_order(void)
{
	struct usb_pipe pipe = { 0 };
	const unsigned char *part;
	size_t length;

	usb_pipe_add(&pipe, "ab", 2, "cd", 2);
	usb_pipe_add(&pipe, "ef", 2, NULL, 0);
	is_number((long long)pipe.waiting, 6, "six bytes wait");
	ok(usb_pipe_part(&pipe, 3, &part, &length) && length == 3 && !memcmp(part, "abc", 3),
	   "the first part");
	usb_pipe_sent(&pipe, 3);
	ok(usb_pipe_part(&pipe, 3, &part, &length) && length == 1 && *part == 'd', "its rest");
	usb_pipe_clear(&pipe);
	ok(!usb_pipe_part(&pipe, 3, &part, &length) && !pipe.waiting, "it is emptied");
	usb_pipe_add(&pipe, "g", 1, NULL, 0);
	ok(usb_pipe_part(&pipe, 3, &part, &length) && length == 1 && *part == 'g', "and goes on");
	ok(!usb_pipe_full(&pipe), "there is room");
	usb_pipe_clear(&pipe);
}

int main(void)
{
	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		char got[128];

		cut(cuts[i].transfers, cuts[i].buffer, got);
		is_string(got, cuts[i].want, "the buffers");
	}
	test_order();
	return tap_done();
}
