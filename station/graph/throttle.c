/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a request that failed is sent again, and after how long. Pure. */
#define _GNU_SOURCE /* timegm */
#include "station/graph/throttle.h"

#include <string.h>
#include <time.h>

#include "device/facts/number.h"

/* The first pause without a word from the service, in milliseconds; each next is twice as long. */
#define FIRST_PAUSE 1000
/* Longest Retry-After that is read as a number, in seconds. */
#define RETRY_AFTER_MAX (7 * 24 * 3600)

int64_t http_date_parse(const char *text)
{
	struct tm tm = { 0 };
	/* No verb sets LC_TIME: the names of days and months are C's. */
	const char *rest = strptime(text, "%a, %d %b %Y %H:%M:%S", &tm);

	if (!rest || strcmp(rest, " GMT") != 0)
		return -1;
	return timegm(&tm);
}

/* What the header asks for, in milliseconds, or -1: a number of seconds or a date. */
static msec_t asked_pause(const struct throttle_case *now)
{
	uint64_t seconds;
	int64_t then, date;

	if (!now->retry_after)
		return -1;
	if (number_parse(now->retry_after, 0, RETRY_AFTER_MAX, &seconds) == 0)
		return (msec_t)seconds * 1000;
	then = http_date_parse(now->retry_after);
	date = now->date ? http_date_parse(now->date) : -1;
	if (then < 0 || date < 0)
		return -1;
	return then > date ? (then - date) * 1000 : 0;
}

static bool may_pass(const struct throttle_case *now)
{
	switch (now->failure) {
	case EXCHANGE_WELL:
		break;
	case EXCHANGE_NO_ADDRESS:
	case EXCHANGE_NO_CONNECT:
		return true;
	case EXCHANGE_SHORT:
	case EXCHANGE_BROKEN:
	case EXCHANGE_NO_TLS:
		return now->repeatable;
	/* Waiting that long once is enough; the others stay as they are. */
	case EXCHANGE_SLOW:
	case EXCHANGE_REFUSED:
	case EXCHANGE_CERTIFICATE:
	case EXCHANGE_LARGE:
	case EXCHANGE_REDIRECT:
		return false;
	}
	return now->status == 429 ||
	       (now->repeatable && now->status >= 500 && now->status <= 504 && now->status != 501);
}

msec_t throttle_pause(const struct throttle_case *now)
{
	msec_t pause = asked_pause(now), own = FIRST_PAUSE;

	if (!may_pass(now) || now->tries >= THROTTLE_TRIES || pause > THROTTLE_PAUSE_MAX)
		return -1;
	for (unsigned i = 1; i < now->tries; i++)
		own *= 2;
	if (own > THROTTLE_PAUSE_MAX)
		own = THROTTLE_PAUSE_MAX;
	/* Never shorter than asked for; up to a half longer than our own. */
	return pause >= 0 ? pause + now->random % 250 : own + now->random % (own / 2);
}
