/* SPDX-License-Identifier: Apache-2.0 */
/* One worker process: started, listened to, told, ended. */
#include "config.h"

#include "station/tools/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "device/facts/muxtalk.h"
#include "device/facts/record.h"
#include "station/tools/child.h"
#include "station/tools/child_words.h"

/* Records taken in one pass of the loop, so that one worker cannot keep the others waiting. */
#define RECORDS_A_PASS 32

/* Address space: libimobiledevice with TLS takes 20 MiB, and a device can claim that its answer has
 * 352 MB (doc/station.md). */
#define SPACE_MAX (256UL << 20)
#define STACK_MAX (8UL << 20)
/* Seconds of CPU: a job of 32 steps takes less than two. */
#define CPU_MAX	  120
#define FILES_MAX 64

struct worker {
	pid_t pid; /* 0 once it was reaped */
	int socket;
	sd_event_source *talk_source, *child_source;
	struct child_words *words;
	const struct worker_listener *listener;
	void *userdata;
};

static const struct child_limit limits[] = {
#ifndef WITH_SANITIZERS
	{ RLIMIT_AS, SPACE_MAX },
#endif
	{ RLIMIT_STACK, STACK_MAX },
	{ RLIMIT_CPU, CPU_MAX },
	{ RLIMIT_NOFILE, FILES_MAX },
};

/* Hears one record. Returns 1, 0 at the end of the conversation, or -EAGAIN when there is none. */
static int hear_record(struct worker *worker)
{
	struct record record;
	struct talk talk;
	int fd = -1;
	int r = record_receive(worker->socket, &record, &fd);
	bool understood = r > 0 && fd < 0 && talk_parse(&record, &talk) == 0;

	if (fd >= 0)
		close(fd);
	if (r == 0 || r == -EAGAIN)
		return r;
	/* Any other error of the socket reads as its end. */
	if (r < 0 && r != -EPROTO)
		return 0;
	worker->listener->said(understood ? &talk : NULL, worker->userdata);
	return 1;
}

static int on_talk(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct worker *worker = userdata;
	int r = 1;

	(void)fd;
	(void)events;
	for (unsigned i = 0; i < RECORDS_A_PASS && r > 0; i++)
		r = hear_record(worker);
	if (r != 0)
		return 0;
	sd_event_source_set_enabled(source, SD_EVENT_OFF);
	worker->listener->hung_up(worker->userdata);
	return 0;
}

/* What it said before it ended is still in the socket, and comes first. Its own children may hold
 * the other end open for ever: what is there now is all that counts. */
static int on_exit_of_worker(sd_event_source *source, const siginfo_t *news, void *userdata)
{
	struct worker *worker = userdata;
	bool exited = news->si_code == CLD_EXITED;

	(void)source;
	sd_event_source_set_enabled(worker->talk_source, SD_EVENT_OFF);
	for (unsigned i = 0; i < TALK_RECORDS_MAX && hear_record(worker) > 0; i++)
		;
	child_signal(worker->pid, SIGKILL);
	worker->pid = 0;
	worker->listener->gone(exited ? EXIT_STATUS : EXIT_SIGNAL, news->si_status,
			       worker->userdata);
	return 0;
}

static int start_process(struct worker *worker, const char *program, const char *gate, int talk,
			 int err)
{
	char mux[sizeof "USBMUXD_SOCKET_ADDRESS=UNIX:" + GATE_PATH_MAX];
	char path[] = "PATH=/usr/bin:/bin", lang[] = "LANG=C.UTF-8";
	const char *argv[] = { program, NULL };
	char *environment[] = { mux, path, lang, NULL };
	struct child_order order = { .argv = argv,
				     .environment = environment,
				     .in = -1,
				     .out = err,
				     .err = err,
				     .talk = talk,
				     .limits = limits,
				     .limit_count = sizeof limits / sizeof limits[0] };

	snprintf(mux, sizeof mux, "USBMUXD_SOCKET_ADDRESS=UNIX:%s", gate);
	return child_start(&order, &worker->pid);
}

static int attach_to_loop(struct worker *worker, sd_event *event)
{
	int r = sd_event_add_io(event, &worker->talk_source, worker->socket, EPOLLIN, on_talk,
				worker);

	if (r < 0)
		return r;
	return sd_event_add_child(event, &worker->child_source, worker->pid, WEXITED,
				  on_exit_of_worker, worker);
}

int worker_start(sd_event *event, const char *program, const char *gate,
		 const struct log_about *about, const struct worker_listener *listener,
		 void *userdata, struct worker **ret_worker)
{
	struct worker *worker = calloc(1, sizeof *worker);
	int ends[2], err, r;

	if (!worker)
		return -ENOMEM;
	*worker = (struct worker){ .socket = -1, .listener = listener, .userdata = userdata };
	r = child_words_open(event, "muster-worker", about, &worker->words, &err);
	if (r < 0)
		goto fail;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
		r = -errno;
		close(err);
		goto fail;
	}
	worker->socket = ends[0];
	r = start_process(worker, program, gate, ends[1], err);
	close(ends[1]);
	close(err);
	if (r == 0 && fcntl(worker->socket, F_SETFL, O_NONBLOCK) < 0)
		r = -errno;
	if (r == 0)
		r = attach_to_loop(worker, event);
	if (r < 0)
		goto fail;
	*ret_worker = worker;
	return 0;
fail:
	worker_free(worker);
	return r;
}

pid_t worker_pid(const struct worker *worker)
{
	return worker->pid;
}

int worker_tell(struct worker *worker, const struct order *order, int fd)
{
	return order_send(worker->socket, order, fd);
}

void worker_signal(struct worker *worker, int signal_number)
{
	if (worker->pid > 0)
		child_signal(worker->pid, signal_number);
}

void worker_free(struct worker *worker)
{
	if (!worker)
		return;
	sd_event_source_disable_unref(worker->talk_source);
	sd_event_source_disable_unref(worker->child_source);
	if (worker->pid > 0)
		child_end(worker->pid, 0);
	if (worker->socket >= 0)
		close(worker->socket);
	child_words_close(worker->words);
	free(worker);
}
