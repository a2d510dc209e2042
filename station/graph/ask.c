/* SPDX-License-Identifier: Apache-2.0 */
/* One request to a server, sent again while there is hope, and the answer that counts. */
#include "station/graph/ask.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/random.h>

#include "station/graph/throttle.h"
#include "station/tools/clock.h"
#include "station/tools/fetch.h"

struct asking {
	bool repeatable;
	unsigned tries;
	msec_t pause; /* before the next try; -1: TAKE was called */
	ask_take *take;
	void *userdata;
	int verdict; /* TAKE's */
};

static void on_answer(int r, const struct exchange_answer *answer, void *userdata)
{
	struct asking *asking = userdata;
	struct throttle_case now = { .tries = asking->tries, .repeatable = asking->repeatable };

	asking->pause = -1;
	if (r < 0)
		return;
	now.failure = answer->failure;
	now.status = answer->status;
	now.retry_after = exchange_header(answer, "retry-after");
	now.date = exchange_header(answer, "date");
	/* Without randomness stations only come back together. */
	if (getrandom(&now.random, sizeof now.random, GRND_NONBLOCK) < 0)
		now.random = 0;
	asking->pause = throttle_pause(&now);
	if (asking->pause < 0)
		asking->verdict = asking->take(answer, asking->userdata);
}

void ask_pause(msec_t delay)
{
	msec_t end = clock_monotonic() + delay, left;

	while ((left = end - clock_monotonic()) > 0)
		poll(NULL, 0, (int)left);
}

static int refuse_fetch(int error, struct refusal *refusal)
{
	if (error == -EINVAL)
		return refuse(refusal, REFUSAL_FILE,
			      "the request cannot be written: a part of it "
			      "is too long or holds a control character");
	if (error == -ENOENT)
		return refuse(refusal, REFUSAL_HOST,
			      "muster-fetch is neither beside muster nor in its library folder: "
			      "install muster whole");
	return refuse(refusal, REFUSAL_HOST, "muster-fetch failed: %s", strerror(-error));
}

int ask(const struct exchange_order *order, bool repeatable, ask_take *take, void *userdata,
	struct refusal *refusal)
{
	struct asking asking = { .repeatable = repeatable, .take = take, .userdata = userdata };

	for (;;) {
		int r;

		asking.tries++;
		r = fetch_wait(order, on_answer, &asking);
		if (r < 0)
			return refuse_fetch(r, refusal);
		if (asking.pause < 0)
			return asking.verdict;
		ask_pause(asking.pause);
	}
}
