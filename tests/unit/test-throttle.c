/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a request is sent again, and when: every case. */
#include "station/graph/throttle.h"

#include "tests/unit/tap.h"

static const struct {
	const char *what;
	struct throttle_case now;
	msec_t least, most; /* the pause; -1: none */
} cases[] = {
	{ "an answer", { .status = 200, .tries = 1, .repeatable = true }, -1, -1 },
	{ "a refusal", { .status = 403, .tries = 1, .repeatable = true }, -1, -1 },
	{ "429 with a time", { .status = 429, .retry_after = "7", .tries = 1 }, 7000, 7249 },
	{ "429 with no time at all", { .status = 429, .retry_after = "0", .tries = 1 }, 0, 249 },
	{ "429 with a longer time than anybody waits",
	  { .status = 429, .retry_after = "3600", .tries = 1 },
	  -1,
	  -1 },
	{ "429 with a date",
	  { .status = 429,
	    .retry_after = "Sun, 06 Nov 1994 08:49:47 GMT",
	    .date = "Sun, 06 Nov 1994 08:49:37 GMT",
	    .tries = 1 },
	  10000,
	  10249 },
	{ "429 with a date that is past",
	  { .status = 429,
	    .retry_after = "Sun, 06 Nov 1994 08:49:27 GMT",
	    .date = "Sun, 06 Nov 1994 08:49:37 GMT",
	    .tries = 1 },
	  0,
	  249 },
	{ "429 with nonsense", { .status = 429, .retry_after = "soon", .tries = 1 }, 1000, 1499 },
	{ "the second time", { .status = 429, .tries = 2 }, 2000, 2999 },
	{ "the fourth time", { .status = 429, .tries = 4 }, 8000, 11999 },
	{ "the fifth time", { .status = 429, .tries = THROTTLE_TRIES }, -1, -1 },
	{ "503 to what can be repeated",
	  { .status = 503, .tries = 1, .repeatable = true },
	  1000,
	  1499 },
	{ "503 to what cannot", { .status = 503, .tries = 1 }, -1, -1 },
	{ "501", { .status = 501, .tries = 1, .repeatable = true }, -1, -1 },
	{ "no connection, whatever it was",
	  { .failure = EXCHANGE_NO_CONNECT, .tries = 1 },
	  1000,
	  1499 },
	{ "a short answer to what cannot be repeated",
	  { .failure = EXCHANGE_SHORT, .tries = 1 },
	  -1,
	  -1 },
	{ "a short answer",
	  { .failure = EXCHANGE_SHORT, .tries = 1, .repeatable = true },
	  1000,
	  1499 },
	{ "a slow one", { .failure = EXCHANGE_SLOW, .tries = 1, .repeatable = true }, -1, -1 },
	{ "a certificate",
	  { .failure = EXCHANGE_CERTIFICATE, .tries = 1, .repeatable = true },
	  -1,
	  -1 },
};

int main(void)
{
	static const uint32_t randoms[] = { 0, 1, 249, 499, 0x7fffffff, 0xffffffff };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		bool held = true;

		for (size_t k = 0; k < sizeof randoms / sizeof randoms[0]; k++) {
			struct throttle_case now = cases[i].now;
			msec_t pause;

			now.random = randoms[k];
			pause = throttle_pause(&now);
			held = held && pause >= cases[i].least && pause <= cases[i].most;
		}
		ok(held, "%s", cases[i].what);
	}
	is_number(http_date_parse("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777, "a date of HTTP");
	is_number(http_date_parse("1994-11-06T08:49:37Z"), -1, "another form of date");
	is_number(http_date_parse(""), -1, "no date");
	return tap_done();
}
