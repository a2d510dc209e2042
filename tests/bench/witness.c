/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into each process of a benchmark: at its exit writes what it cost, one line. */
#define _GNU_SOURCE /* program_invocation_short_name */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static double used(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

__attribute__((constructor)) static void begin(void)
{
	used_before = used();
}

/* A number of KiB that the file PATH tells behind NAME; 0 when unknown. */
static long kib_of(const char *path, const char *name)
{
	FILE *file = fopen(path, "re");
	size_t len = strlen(name);
	char line[256];
	long kib = 0;

	while (file && fgets(line, sizeof line, file))
		if (strncmp(line, name, len) == 0 && sscanf(line + len, " %ld", &kib) == 1)
			break;
	if (file)
		fclose(file);
	return kib;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("MUSTER_WITNESS");
	char line[256];
	double cpu = used() - used_before;
	int fd, len;

	if (!path)
		return;
	/* Not ru_maxrss: after vfork it has in it what the parent has. PSS counts shared pages by
	 * their share. */
	len = snprintf(line, sizeof line, "%s cpu %.6f rss %ld pss %ld\n",
		       program_invocation_short_name, cpu, kib_of("/proc/self/status", "VmHWM:"),
		       kib_of("/proc/self/smaps_rollup", "Pss:"));
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	/* One short write in append mode stays whole among many writers. */
	(void)!write(fd, line, (size_t)len);
	close(fd);
}
