/* SPDX-License-Identifier: Apache-2.0 */
/* Lengths in a stream are found, however it is cut, and nothing else is taken for one. */
#include "device/mux/lengths.h"

#include "tests/unit/tap.h"

/* How many bytes wait after each byte of a stream. */
static const struct {
	const char *text;
	const uint8_t bytes[16];
	size_t len;
	size_t kept[16]; /* after as many bytes as its index + 1 */
} streams[] = {
	{ "a message", { 0, 0, 0, 2, 'a', 'b' }, 6, { 1, 2, 3, 0, 0, 0 } },
	{ "two of them", { 0, 0, 0, 1, 0, 0, 0, 0, 1, 'b' }, 10, { 1, 2, 3, 0, 0, 1, 2, 3, 0, 0 } },
	{ "an empty one before another",
	  { 0, 0, 0, 0, 0, 0, 0, 1, 'a' },
	  9,
	  { 1, 2, 3, 0, 1, 2, 3 } },
	{ "a length that only begins with 0", { 0, 0xff, 0xff, 0xff, 0, 0 }, 6, { 1, 2, 3 } },
	{ "TLS from the start", { 22, 3, 1, 0, 5, 0, 0, 0 }, 8, { 0 } },
	{ "TLS after a message", { 0, 0, 0, 1, 'a', 22, 0, 0, 0, 0 }, 10, { 1, 2, 3 } },
	{ "text", { 'h', 'i', 0, 0 }, 4, { 0 } },
};

/* Gives the stream byte by byte, and what is kept again, as the caller has to. */
static bool is_kept(unsigned row)
{
	struct lengths lengths = { 0 };
	size_t from = 0;

	for (size_t at = 1; at <= streams[row].len; at++) {
		size_t begun = lengths_begun(&lengths, streams[row].bytes + from, at - from);

		if (begun != streams[row].kept[at - 1])
			return false;
		from = at - begun;
	}
	return true;
}

/* Whether a stream in two pieces, cut at CUT, ends as the whole does. */
static bool is_cut_well(unsigned row, size_t cut)
{
	struct lengths whole = { 0 }, pieces = { 0 };
	const uint8_t *bytes = streams[row].bytes;
	size_t len = streams[row].len;
	size_t want = lengths_begun(&whole, bytes, len);
	size_t begun = lengths_begun(&pieces, bytes, cut);

	begun = lengths_begun(&pieces, bytes + cut - begun, len - cut + begun);
	return begun == want && pieces.left == whole.left && pieces.none == whole.none;
}

int main(void)
{
	struct lengths lengths = { 0 };

	for (unsigned row = 0; row < sizeof streams / sizeof streams[0]; row++) {
		bool fine = true;

		ok(is_kept(row), "%s, byte by byte", streams[row].text);
		for (size_t cut = 0; cut <= streams[row].len; cut++)
			fine = fine && is_cut_well(row, cut);
		ok(fine, "%s, in two pieces", streams[row].text);
	}
	is_number(lengths_begun(&lengths, NULL, 0), 0, "nothing is nothing");
	return tap_done();
}
