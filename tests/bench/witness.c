/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into each process of a benchmark: at its exit writes what it cost, one line. */
#define _GNU_SOURCE /* program_invocation_short_name */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

/* What the process had used up before this was loaded: a wrapper script runs under the same pid. */
static double used_before;

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double used(struct rusage *usage)
{
	getrusage(RUSAGE_SELF, usage);
	return seconds(usage->ru_utime) + seconds(usage->ru_stime);
}

__attribute__((constructor)) static void begin(void)
{
	struct rusage usage;

	used_before = used(&usage);
}

/* The proportional set size in KiB, shared pages counted by their share; 0 when unknown. */
static long proportional_kib(void)
{
	FILE *file = fopen("/proc/self/smaps_rollup", "re");
	char line[256];
	long kib = 0;

	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "Pss: %ld", &kib) == 1)
			break;
	if (file)
		fclose(file);
	return kib;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("MUSTER_WITNESS");
	struct rusage usage;
	char line[256];
	double cpu = used(&usage) - used_before;
	int fd, len;

	if (!path)
		return;
	len = snprintf(line, sizeof line, "%s cpu %.6f rss %ld pss %ld\n",
		       program_invocation_short_name, cpu, usage.ru_maxrss, proportional_kib());
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	/* One short write in append mode stays whole among many writers. */
	(void)!write(fd, line, (size_t)len);
	close(fd);
}
