/* SPDX-License-Identifier: Apache-2.0 */
/* muster-worker: one job on one attached device, or host keys made ahead. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "config.h"
#include "device/confine.h"
#include "device/facts/number.h"
#include "device/job.h"
#include "device/key_pool.h"

/* Status of wrong usage. */
#define EXIT_USAGE 2
#define NICEST	   19

static const char usage[] =
	"Usage: muster-worker                          (started by muster run)\n"
	"       muster-worker --make-keys DIR COUNT\n"
	"       muster-worker --help | --version\n"
	"\n"
	"Takes one job on one attached device forward, as muster run tells it on descriptor 3.\n"
	"With --make-keys: makes host key sets in DIR until it holds COUNT.\n";

static int run_job(void)
{
	struct conversation talk = { .socket = TALK_FD };
	struct talk hello = { .verb = TALK_HELLO, .text = PACKAGE_VERSION };
	int type = 0, r;
	socklen_t len = sizeof type;

	if (getsockopt(TALK_FD, SOL_SOCKET, SO_TYPE, &type, &len) < 0 || type != SOCK_SEQPACKET) {
		fprintf(stderr, "muster-worker: is started by muster run, not by hand\n");
		return EXIT_USAGE;
	}
	r = confine(TALK_FD + 1);
	if (r == 0 && fcntl(TALK_FD, F_SETFL, 0) < 0)
		r = -errno;
	if (r < 0) {
		fprintf(stderr, "muster-worker: cannot confine itself: %s\n", strerror(-r));
		return EXIT_FAILURE;
	}
	say(&talk, &hello);
	job_run(&talk);
}

static int make_keys(const char *directory, const char *count_text)
{
	uint64_t count;
	int r;

	if (number_parse(count_text, 0, KEY_POOL_MAX, &count) < 0) {
		fprintf(stderr, "muster-worker: COUNT is a number up to %d\n", KEY_POOL_MAX);
		return EXIT_USAGE;
	}
	/* A device that waits for a person must not wait for these. */
	setpriority(PRIO_PROCESS, 0, NICEST);
	r = confine(STDERR_FILENO + 1);
	if (r == 0)
		r = key_pool_fill(directory, (size_t)count);
	if (r < 0)
		fprintf(stderr, "muster-worker: %s: %s\n", directory, strerror(-r));
	return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	if (argc == 1)
		return run_job();
	if (argc == 4 && strcmp(argv[1], "--make-keys") == 0)
		return make_keys(argv[2], argv[3]);
	if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(usage, stdout);
		return EXIT_SUCCESS;
	}
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("muster-worker " PACKAGE_VERSION);
		return EXIT_SUCCESS;
	}
	fputs(usage, stderr);
	return EXIT_USAGE;
}
