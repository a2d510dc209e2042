/* SPDX-License-Identifier: Apache-2.0 */
/* What the process may do and have, before it hears the first byte from a device. */
#define _GNU_SOURCE /* close_range */
#include "device/confine.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "config.h"

/* A worker needs 8 MiB; the libraries allocate whatever length a device names, and 135 bytes of
 * property list can unfold to gigabytes. */
#define MEMORY_MAX (256UL << 20)
/* libplist recurses once for each level that a device nests, and looks through all levels above for
 * each: the sooner the stack ends, the less time that costs. Honest answers need a tenth of it; the
 * sanitizers more. */
#ifdef WITH_SANITIZERS
#define STACK_MAX (8UL << 20)
#else
#define STACK_MAX (1UL << 20)
#endif

/* Lowers LIMIT to MOST; a lower one that the parent has set stays. */
static int lower(__rlimit_resource_t limit, rlim_t most)
{
	struct rlimit now;

	if (getrlimit(limit, &now) < 0)
		return -errno;
	if (now.rlim_max != RLIM_INFINITY && now.rlim_max <= most)
		return 0;
	now.rlim_max = most;
	if (now.rlim_cur == RLIM_INFINITY || now.rlim_cur > most)
		now.rlim_cur = most;
	return setrlimit(limit, &now) < 0 ? -errno : 0;
}

static int lower_limits(void)
{
	int r = lower(RLIMIT_CORE, 0);

	if (r == 0)
		r = lower(RLIMIT_STACK, STACK_MAX);
#ifndef WITH_SANITIZERS
	if (r == 0)
		r = lower(RLIMIT_AS, MEMORY_MAX);
#endif
	return r;
}

int confine(unsigned first_fd)
{
	pid_t parent = getppid();

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || prctl(PR_SET_DUMPABLE, 0) < 0)
		return -errno;
	if (getppid() != parent)
		exit(EXIT_FAILURE);
	if (close_range(first_fd, ~0U, 0) < 0 || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return -errno;
	return lower_limits();
}
