/* SPDX-License-Identifier: Apache-2.0 */
/* New downloads of enrollment profiles while the station runs: a child that looks now and then. */
#include "config.h"

#include "station/tools/refresher.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/tools/child.h"
#include "station/tools/exit_status.h"
#include "station/tools/timer.h"

struct refresher {
	sd_event *event;
	char *program, *state, *sources;
	refresher_say *say;
	void *userdata;
	sd_event_source *timer, *child, *reader;
	pid_t pid; /* 0: no look is under way */
	int out;   /* what it says; -1 */
	size_t used;
	char words[REFRESHER_WORDS_MAX];
};

static int on_time(sd_event_source *source, uint64_t usec, void *userdata);

static void end_look(struct refresher *refresher)
{
	refresher->child = sd_event_source_disable_unref(refresher->child);
	refresher->reader = sd_event_source_disable_unref(refresher->reader);
	if (refresher->out >= 0)
		close(refresher->out);
	refresher->out = -1;
	if (refresher->pid > 0)
		child_end(refresher->pid, 0);
	refresher->pid = 0;
}

/* Takes what can be read now. Returns whether there may be more later. */
static bool take_words(struct refresher *refresher)
{
	char chunk[4096];
	ssize_t n;

	while ((n = read(refresher->out, chunk, sizeof chunk)) > 0) {
		size_t room = sizeof refresher->words - 1 - refresher->used;
		size_t take = (size_t)n < room ? (size_t)n : room;

		memcpy(refresher->words + refresher->used, chunk, take);
		refresher->used += take;
	}
	return n < 0 && (errno == EAGAIN || errno == EINTR);
}

static int on_words(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct refresher *refresher = userdata;

	(void)fd;
	(void)events;
	if (!take_words(refresher))
		sd_event_source_set_enabled(source, SD_EVENT_OFF);
	return 0;
}

static void say_words(struct refresher *refresher)
{
	char *rest = NULL;

	refresher->words[refresher->used] = '\0';
	for (char *line = strtok_r(refresher->words, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		refresher->say(line, refresher->userdata);
}

static int on_end(sd_event_source *source, const siginfo_t *news, void *userdata)
{
	struct refresher *refresher = userdata;
	bool nothing = news->si_code == CLD_EXITED && news->si_status == EXIT_NOTHING;

	(void)source;
	refresher->pid = 0;
	take_words(refresher);
	end_look(refresher);
	if (!nothing)
		say_words(refresher);
	return timer_arm(refresher->event, &refresher->timer, REFRESHER_INTERVAL, on_time,
			 refresher);
}

static int start_look(struct refresher *refresher)
{
	const char *argv[] = {
		refresher->program, "--state", refresher->state, "profile", "refresh", "--due", NULL
	};
	struct child_order order = { .argv = argv, .in = -1, .talk = -1 };
	int words[2], r;

	if (pipe2(words, O_CLOEXEC) < 0)
		return -errno;
	fcntl(words[0], F_SETFL, O_NONBLOCK);
	order.out = order.err = words[1];
	refresher->used = 0;
	refresher->out = words[0];
	r = child_start(&order, &refresher->pid);
	close(words[1]);
	if (r == 0)
		r = sd_event_add_io(refresher->event, &refresher->reader, refresher->out, EPOLLIN,
				    on_words, refresher);
	if (r >= 0)
		r = sd_event_add_child(refresher->event, &refresher->child, refresher->pid, WEXITED,
				       on_end, refresher);
	if (r < 0)
		end_look(refresher);
	return r;
}

/* It is time to look, or a look has taken too long. */
static int on_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct refresher *refresher = userdata;
	msec_t next = REFRESHER_INTERVAL;

	(void)source;
	(void)usec;
	if (refresher->pid > 0) {
		end_look(refresher);
		refresher->say("profiles were not refreshed: it took too long",
			       refresher->userdata);
	} else if (access(refresher->sources, F_OK) == 0 && start_look(refresher) >= 0) {
		next = REFRESHER_LIMIT;
	}
	return timer_arm(refresher->event, &refresher->timer, next, on_time, refresher);
}

int refresher_open(sd_event *event, const struct refresher_options *options,
		   struct refresher **ret_refresher)
{
	struct refresher *refresher = calloc(1, sizeof *refresher);
	int r = -ENOMEM;

	if (!refresher)
		return r;
	refresher->event = event;
	refresher->out = -1;
	refresher->say = options->say;
	refresher->userdata = options->userdata;
	refresher->program = strdup(options->program);
	refresher->state = strdup(options->state);
	refresher->sources = strdup(options->sources);
	if (refresher->program && refresher->state && refresher->sources)
		r = timer_arm(event, &refresher->timer, 0, on_time, refresher);
	if (r < 0) {
		refresher_close(refresher);
		return r;
	}
	*ret_refresher = refresher;
	return 0;
}

void refresher_close(struct refresher *refresher)
{
	if (!refresher)
		return;
	end_look(refresher);
	sd_event_source_disable_unref(refresher->timer);
	free(refresher->program);
	free(refresher->state);
	free(refresher->sources);
	free(refresher);
}
