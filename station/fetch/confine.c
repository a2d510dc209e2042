/* SPDX-License-Identifier: Apache-2.0 */
/* What muster-fetch may do and have, before it meets the network. */
#include "config.h"

#include "station/fetch/confine.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Three bodies of EXCHANGE_BODY_MAX while one grows, libcurl and its resolver's thread. */
#define MEMORY_MAX (512UL << 20)
/* Sockets, the resolver's files, the file of certificates. */
#define FILES_MAX 64

int confine(void)
{
	static const struct {
		__rlimit_resource_t resource;
		rlim_t most;
	} limits[] = {
		{ RLIMIT_CORE, 0 },
		{ RLIMIT_NOFILE, FILES_MAX },
#ifndef WITH_SANITIZERS
		{ RLIMIT_AS, MEMORY_MAX },
#endif
	};

	if (prctl(PR_SET_DUMPABLE, 0) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -errno;
	if (close_range(STDERR_FILENO + 1, ~0U, 0) < 0 || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return -errno;
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		struct rlimit limit = { limits[i].most, limits[i].most };

		if (setrlimit(limits[i].resource, &limit) < 0)
			return -errno;
	}
	return 0;
}
