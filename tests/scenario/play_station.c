/* SPDX-License-Identifier: Apache-2.0 */
/* A station for one worker, for tests: plays a plan to it and prints what it says. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "device/facts/number.h"
#include "device/facts/talk.h"

static const char usage[] =
	"Usage: play-station [OPTION]... WORKER UDID HANDLE STEP...\n"
	"STEP is pair, install:IDENTIFIER:UUID:FILE, name:NAME or verify, with done: before it\n"
	"for one that an earlier worker did. Prints each record of the worker as it comes, the\n"
	"fd that it was given as '-> go STEP', and at the end 'exit N' or 'signal N'.\n"
	"  --keys FILE     goes with `go pair`\n"
	"  --stop-at TEXT  `stop` is said when a record begins so\n"
	"  --leave-at TEXT the station's end is closed when a record begins so\n";

struct play {
	const char *keys;
	const char *stop_at;
	const char *leave_at;
	const char *worker;
	struct udid udid;
	uint32_t handle;
	struct plan_step steps[STEPS_MAX];
	const char *files[STEPS_MAX];
	unsigned count;

	int socket;
};

static __attribute__((noreturn)) void die(const char *what)
{
	fprintf(stderr, "play-station: %s\n", what);
	exit(99);
}

static void copy(char *to, size_t room, const char *from)
{
	if (!from || strlen(from) >= room)
		die("a step's argument is missing or too long");
	memcpy(to, from, strlen(from) + 1);
}

static void read_step(struct play *play, char *text)
{
	struct plan_step *step = &play->steps[play->count];
	char *word;
	unsigned installs = 1;

	step->done = strncmp(text, "done:", 5) == 0;
	text += step->done ? 5 : 0;
	word = strsep(&text, ":");
	for (unsigned i = 0; i < play->count; i++)
		installs += play->steps[i].id.kind == STEP_INSTALL;
	step->id.ordinal = 1;
	if (strcmp(word, "pair") == 0) {
		step->id.kind = STEP_PAIR;
	} else if (strcmp(word, "install") == 0) {
		step->id = (struct step_id){ STEP_INSTALL, installs };
		copy(step->argument, sizeof step->argument, strsep(&text, ":"));
		copy(step->uuid, sizeof step->uuid, strsep(&text, ":"));
		play->files[play->count] = text;
	} else if (strcmp(word, "name") == 0) {
		step->id.kind = STEP_NAME;
		copy(step->argument, sizeof step->argument, text);
	} else if (strcmp(word, "verify") == 0) {
		step->id.kind = STEP_VERIFY;
	} else {
		die("an unknown step");
	}
	play->count++;
}

static void read_arguments(struct play *play, char **argv)
{
	uint64_t handle;

	for (; argv[0] && strncmp(argv[0], "--", 2) == 0 && argv[1]; argv += 2) {
		if (strcmp(argv[0], "--keys") == 0)
			play->keys = argv[1];
		else if (strcmp(argv[0], "--stop-at") == 0)
			play->stop_at = argv[1];
		else if (strcmp(argv[0], "--leave-at") == 0)
			play->leave_at = argv[1];
		else
			die(usage);
	}
	if (!argv[0] || !argv[1] || !argv[2] || udid_parse(argv[1], &play->udid) < 0 ||
	    number_parse(argv[2], 0, UINT32_MAX, &handle) < 0)
		die(usage);
	play->worker = argv[0];
	play->handle = (uint32_t)handle;
	for (argv += 3; *argv && play->count < STEPS_MAX; argv++)
		read_step(play, *argv);
}

static pid_t start_worker(struct play *play)
{
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		die("socketpair");
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
		/* One more descriptor, which the worker has to close itself. */
		if (dup2(pair[1], TALK_FD) < 0 || dup2(STDERR_FILENO, 9) < 0)
			_exit(98);
		if (pair[1] == TALK_FD)
			fcntl(TALK_FD, F_SETFD, 0);
		execl(play->worker, play->worker, NULL);
		_exit(98);
	}
	close(pair[1]);
	play->socket = pair[0];
	return pid;
}

/* A worker that is dead cannot be told anything; its exit says so. */
static void tell(struct play *play, const struct order *order, int fd)
{
	int r = order_send(play->socket, order, fd);

	if (r < 0 && r != -EPIPE)
		die("order_send");
}

static void tell_plan(struct play *play)
{
	struct order order = { .verb = ORDER_PLAN };

	for (unsigned i = 0; i < play->count; i++) {
		order.plan = play->steps[i];
		tell(play, &order, -1);
	}
	tell(play, &(struct order){ .verb = ORDER_START }, -1);
}

static void tell_go(struct play *play, struct step_id id)
{
	struct order order = { .verb = ORDER_GO, .step = id };
	const char *file = id.kind == STEP_PAIR ? play->keys : NULL;
	int fd = -1;

	for (unsigned i = 0; i < play->count; i++) {
		if (!step_equal(play->steps[i].id, id))
			continue;
		if (id.kind == STEP_INSTALL)
			file = play->files[i];
		memcpy(order.name, play->steps[i].argument, sizeof order.name);
	}
	if (file)
		fd = open(file, O_RDONLY | O_CLOEXEC);
	if (file && fd < 0)
		die("a file cannot be opened");
	tell(play, &order, fd);
	if (fd >= 0)
		close(fd);
}

static void print_record(const struct record *record)
{
	char text[RECORD_MAX + 1];

	record_format((const char *const *)record->word, record->count, text);
	puts(text);
	fflush(stdout);
}

static bool begins(const struct record *record, const char *text)
{
	char line[RECORD_MAX + 1];

	record_format((const char *const *)record->word, record->count, line);
	return text && strncmp(line, text, strlen(text)) == 0;
}

/* Hears one record and answers; false when there is no more. */
static bool serve(struct play *play)
{
	struct record record;
	struct talk talk;
	int fd, r = record_receive(play->socket, &record, &fd);

	if (r <= 0)
		return false;
	print_record(&record);
	if (talk_parse(&record, &talk) < 0)
		die("the worker's record has no known form");
	if (begins(&record, play->stop_at))
		tell(play, &(struct order){ .verb = ORDER_STOP }, -1);
	else if (begins(&record, play->leave_at))
		return false;
	else if (talk.verb == TALK_READY)
		tell_plan(play);
	else if (talk.verb == TALK_WANT)
		tell_go(play, talk.step);
	return true;
}

int main(int argc, char **argv)
{
	struct play play = { 0 };
	int status;
	pid_t pid;

	if (argc < 2)
		die(usage);
	read_arguments(&play, argv + 1);
	pid = start_worker(&play);
	tell(&play,
	     &(struct order){ .verb = ORDER_DEVICE, .udid = play.udid, .handle = play.handle }, -1);
	while (serve(&play))
		;
	close(play.socket);
	if (waitpid(pid, &status, 0) < 0)
		die("waitpid");
	if (WIFSIGNALED(status))
		printf("signal %d\n", WTERMSIG(status));
	else
		printf("exit %d\n", WEXITSTATUS(status));
	return 0;
}
