/* SPDX-License-Identifier: Apache-2.0 */
/* Connects to usbmuxd at a pace that its short queue can take. */
#include "device/mux/dial.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/queue.h>
#include <sys/random.h>
#include <unistd.h>

/* Bounds of the wait after a refusal, in microseconds. */
#define BACKOFF_MIN 20000U
#define BACKOFF_MAX 500000U
/* How exact timers are, in microseconds. */
#define ACCURACY 1000
/* Longest single try, in microseconds, where connecting itself can wait (TCP). */
#define TRY_LIMIT_USEC 2000000ULL

struct dialer {
	sd_event *event;
	const struct mux_address *address;
	unsigned tokens;
	TAILQ_HEAD(, dial) queue; /* dialer: dials that wait for a token */
};

struct dial {
	TAILQ_ENTRY(dial) link;
	struct dialer *dialer;
	dial_done_t done;
	void *userdata;
	bool once;
	bool queued;
	bool has_token;
	unsigned tries;
	int fd;
	sd_event_source *connected; /* while connecting waits */
	sd_event_source *next;	    /* the time of the next try */
	sd_event_source *limit;
};

int dialer_new(sd_event *event, const struct mux_address *address, struct dialer **ret_dialer)
{
	struct dialer *dialer = calloc(1, sizeof *dialer);

	if (!dialer)
		return -ENOMEM;
	dialer->event = sd_event_ref(event);
	dialer->address = address;
	dialer->tokens = DIAL_TOKENS;
	TAILQ_INIT(&dialer->queue);
	*ret_dialer = dialer;
	return 0;
}

void dialer_free(struct dialer *dialer)
{
	if (!dialer)
		return;
	sd_event_unref(dialer->event);
	free(dialer);
}

sd_event *dialer_event(const struct dialer *dialer)
{
	return dialer->event;
}

const struct mux_address *dialer_address(const struct dialer *dialer)
{
	return dialer->address;
}

/* Lets DIAL try after USEC. */
static int try_after(struct dial *dial, uint64_t usec)
{
	int r = sd_event_source_set_time_relative(dial->next, usec);

	return r < 0 ? r : sd_event_source_set_enabled(dial->next, SD_EVENT_ONESHOT);
}

static void dial_finish(struct dial *dial, int fd_or_error)
{
	dial_done_t done = dial->done;
	void *userdata = dial->userdata;

	dial_cancel(dial);
	done(userdata, fd_or_error);
}

/* Gives free tokens to the dials that wait longest. */
static void dialer_serve(struct dialer *dialer)
{
	struct dial *dial;

	while (dialer->tokens > 0 && (dial = TAILQ_FIRST(&dialer->queue))) {
		TAILQ_REMOVE(&dialer->queue, dial, link);
		dial->queued = false;
		dial->has_token = true;
		dialer->tokens--;
		/* Cannot fail on a source that is there; were it to, the limit ends the dial. */
		(void)try_after(dial, 0);
	}
}

static void stop_try(struct dial *dial)
{
	dial->connected = sd_event_source_disable_unref(dial->connected);
	if (dial->fd >= 0)
		close(dial->fd);
	dial->fd = -1;
}

void dial_cancel(struct dial *dial)
{
	struct dialer *dialer;

	if (!dial)
		return;
	dialer = dial->dialer;
	stop_try(dial);
	sd_event_source_disable_unref(dial->next);
	sd_event_source_disable_unref(dial->limit);
	if (dial->queued)
		TAILQ_REMOVE(&dialer->queue, dial, link);
	if (dial->has_token)
		dialer->tokens++;
	free(dial);
	dialer_serve(dialer);
}

static void dial_succeed(struct dial *dial)
{
	int fd = dial->fd;

	dial->fd = -1;
	dial_finish(dial, fd);
}

/* Whether a refusal passes by itself. */
static bool is_passing(int error)
{
	return error == EAGAIN || error == ECONNREFUSED || error == ENOENT || error == EMFILE ||
	       error == ENFILE || error == ETIMEDOUT || error == ECONNRESET;
}

/* Between half of a growing bound and the whole: refused dials must not come back in step. */
static uint64_t backoff(unsigned round)
{
	uint32_t bound = round > 4 ? BACKOFF_MAX : (2 * BACKOFF_MIN) << round;
	uint32_t chance = 0;

	/* Without chance it is the shorter half. */
	(void)!getrandom(&chance, sizeof chance, GRND_NONBLOCK);
	if (bound > BACKOFF_MAX)
		bound = BACKOFF_MAX;
	return bound / 2 + chance % (bound / 2);
}

static void dial_refused(struct dial *dial, int error)
{
	unsigned count = dial->dialer->address->count;
	bool round_over = ++dial->tries % count == 0;
	int r;

	stop_try(dial);
	if (round_over && (dial->once || !is_passing(error))) {
		dial_finish(dial, -error);
		return;
	}
	r = try_after(dial, round_over ? backoff(dial->tries / count - 1) : 0);
	if (r < 0)
		dial_finish(dial, r);
}

static int on_connected(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct dial *dial = userdata;
	socklen_t len = sizeof(int);
	int error = 0;

	(void)source;
	(void)revents;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0)
		error = errno;
	if (error)
		dial_refused(dial, error);
	else
		dial_succeed(dial);
	return 0;
}

/* Waits for a connect that does not end at once. */
static int await_connected(struct dial *dial)
{
	int r = sd_event_add_io(dial->dialer->event, &dial->connected, dial->fd, EPOLLOUT,
				on_connected, dial);

	return r < 0 ? r : try_after(dial, TRY_LIMIT_USEC);
}

static int on_next(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct dial *dial = userdata;
	const struct mux_address *address = dial->dialer->address;
	unsigned which = dial->tries % address->count;
	int r;

	(void)source;
	(void)usec;
	if (dial->connected) {
		dial_refused(dial, ETIMEDOUT);
		return 0;
	}
	dial->fd = socket(address->at[which].to.ss_family,
			  SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (dial->fd < 0) {
		dial_refused(dial, errno);
		return 0;
	}
	r = connect(dial->fd, (const struct sockaddr *)&address->at[which].to,
		    address->at[which].len);
	if (r < 0 && errno == EINPROGRESS) {
		r = await_connected(dial);
		if (r < 0)
			dial_finish(dial, r);
	} else if (r < 0) {
		dial_refused(dial, errno);
	} else {
		dial_succeed(dial);
	}
	return 0;
}

static int on_limit(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	dial_finish(userdata, -ETIMEDOUT);
	return 0;
}

static int dial_new(struct dialer *dialer, dial_done_t done, void *userdata, struct dial **ret_dial)
{
	struct dial *dial = calloc(1, sizeof *dial);
	int r;

	if (!dial)
		return -ENOMEM;
	dial->dialer = dialer;
	dial->done = done;
	dial->userdata = userdata;
	dial->fd = -1;
	r = sd_event_add_time_relative(dialer->event, &dial->next, CLOCK_MONOTONIC, 0, ACCURACY,
				       on_next, dial);
	if (r >= 0)
		r = sd_event_source_set_enabled(dial->next, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_add_time_relative(dialer->event, &dial->limit, CLOCK_MONOTONIC,
					       DIAL_LIMIT_USEC, ACCURACY, on_limit, dial);
	if (r < 0) {
		dial_cancel(dial);
		return r;
	}
	*ret_dial = dial;
	return 0;
}

int dial_start(struct dialer *dialer, dial_done_t done, void *userdata, struct dial **ret_dial)
{
	int r = dial_new(dialer, done, userdata, ret_dial);

	if (r < 0)
		return r;
	(*ret_dial)->queued = true;
	TAILQ_INSERT_TAIL(&dialer->queue, *ret_dial, link);
	dialer_serve(dialer);
	return 0;
}

int dial_once(struct dialer *dialer, dial_done_t done, void *userdata, struct dial **ret_dial)
{
	struct dial *dial;
	int r = dial_new(dialer, done, userdata, &dial);

	if (r < 0)
		return r;
	dial->once = true;
	r = try_after(dial, 0);
	if (r < 0) {
		dial_cancel(dial);
		return r;
	}
	*ret_dial = dial;
	return 0;
}
