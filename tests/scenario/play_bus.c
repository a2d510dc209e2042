/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a program on a USB bus of the test's own, which a script plays through a FIFO. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/bus_cage.h"

/*
 * usage: play-bus FIFO PROGRAM [ARG]...
 *
 * Each line in FIFO, which is made, is played in turn; then a line goes to the one who waits for it
 * at FIFO-played, made by the caller before:
 *   plug PORT ADDRESS PRODUCT SERIAL   on the bus that PORT begins with; SERIAL "-" for none
 *   unplug PORT ADDRESS
 * Ends with the program's exit status; 77 when this machine allows no namespaces.
 */
#define NOT_HERE 77
#define TROUBLE	 99

static void play(char *line)
{
	char verb[8], port[32], product[8], serial[128];
	unsigned address;
	int words = sscanf(line, "%7s %31s %u %7s %127s", verb, port, &address, product, serial);
	struct cage_device device = {
		.port = port, .address = address, .vendor = "05ac", .product = product
	};

	if (words >= 2)
		device.bus = (unsigned)strtoul(port, NULL, 10);

	if (words == 5 && strcmp(verb, "plug") == 0) {
		/* A blank stands in boot loaders' serial numbers; a word cannot have one. */
		for (char *c = serial; *c; c++)
			*c = *c == '_' ? ' ' : *c;
		device.serial = strcmp(serial, "-") == 0 ? NULL : serial;
		cage_plug(&device);
		cage_tell("add", &device);
		cage_tell("bind", &device);
	} else if (words == 3 && strcmp(verb, "unplug") == 0) {
		device.product = "12a8";
		cage_unplug(port);
		cage_tell("remove", &device);
	} else {
		fprintf(stderr, "play-bus: what is \"%s\"?\n", line);
		exit(TROUBLE);
	}
}

/* Opens what tells whoever wrote a line, and waits for it there, that it has been played. Both
 * ways: who wrote the line may have ended, and must not be waited for. */
static int open_played(const char *fifo)
{
	char path[4096];

	snprintf(path, sizeof path, "%s-played", fifo);
	return open(path, O_RDWR | O_CLOEXEC);
}

static void play_lines(int fifo, int played)
{
	char lines[4096], *rest = lines, *line;
	ssize_t len = read(fifo, lines, sizeof lines - 1);

	if (len <= 0)
		return;
	lines[len] = '\0';
	while ((line = strsep(&rest, "\n")))
		if (*line) {
			play(line);
			if (write(played, "\n", 1) != 1)
				exit(TROUBLE);
		}
}

static pid_t start(char **argv, const sigset_t *old)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigprocmask(SIG_SETMASK, old, NULL);
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(TROUBLE);
}

/* Passes on what it is told, until the program has ended. */
static int serve(int fifo, int played, int signals, pid_t program)
{
	struct pollfd polled[] = { { .fd = fifo, .events = POLLIN },
				   { .fd = signals, .events = POLLIN } };
	struct signalfd_siginfo news;
	int status;

	for (;;) {
		if (poll(polled, 2, -1) < 0)
			return TROUBLE;
		if (polled[0].revents)
			play_lines(fifo, played);
		if (!polled[1].revents || read(signals, &news, sizeof news) != sizeof news)
			continue;
		if (news.ssi_signo != SIGCHLD)
			kill(program, (int)news.ssi_signo);
		else if (waitpid(program, &status, WNOHANG) == program)
			return WIFEXITED(status) ? WEXITSTATUS(status) : TROUBLE;
	}
}

int main(int argc, char **argv)
{
	const char *why;
	sigset_t mask, old;
	int fifo;

	if (argc < 3)
		return TROUBLE;
	why = cage_enter();
	if (why) {
		fprintf(stderr, "play-bus: %s\n", why);
		return NOT_HERE;
	}
	if (mkfifo(argv[1], 0600) < 0 && errno != EEXIST)
		return TROUBLE;
	fifo = open(argv[1], O_RDWR | O_CLOEXEC);
	if (fifo < 0 || cage_sit_as_udevd() < 0)
		return TROUBLE;
	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	sigprocmask(SIG_BLOCK, &mask, &old);
	return serve(fifo, open_played(argv[1]), signalfd(-1, &mask, SFD_CLOEXEC),
		     start(argv + 2, &old));
}
