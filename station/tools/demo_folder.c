/* SPDX-License-Identifier: Apache-2.0 */
/* The folder in which a demonstration keeps everything that it makes. */
#include "config.h"

#include "station/tools/demo_folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longest $TMPDIR that leaves room for a socket's path below the state directory. */
#define PARENT_MAX 64

/* The person at the bench takes a second for each tap, and each answer of a device 20 ms: about
 * what a quick person and a real device need. */
static const char bench_text[] = "devices:\n"
				 "  - count: %u\n"
				 "    setup:\n"
				 "      trust-after: 1s\n"
				 "      approve-after: 1s\n"
				 "      request-latency: 20ms\n";

static int write_bench(const char *path, unsigned devices)
{
	FILE *file = fopen(path, "wxe");
	int r = 0;

	if (!file)
		return -errno;
	if (fprintf(file, bench_text, devices) < 0)
		r = -EIO;
	if (fclose(file) != 0 && r == 0)
		r = -errno;
	return r;
}

static void name_file(const struct demo_folder *folder, const char *name,
		      char out[static STATE_PATH_MAX])
{
	/* PARENT_MAX leaves room for every name. */
	(void)snprintf(out, STATE_PATH_MAX, "%.80s/%.20s", folder->path, name);
}

int demo_folder_make(unsigned devices, struct demo_folder *ret_folder)
{
	const char *parent = getenv("TMPDIR");
	int r;

	if (!parent || parent[0] != '/' || strlen(parent) > PARENT_MAX)
		parent = "/tmp";
	(void)snprintf(ret_folder->path, sizeof ret_folder->path, "%s/muster-demo.XXXXXX", parent);
	if (!mkdtemp(ret_folder->path))
		return -errno;
	name_file(ret_folder, "state", ret_folder->state);
	name_file(ret_folder, "usbmuxd", ret_folder->socket);
	name_file(ret_folder, "bench.yaml", ret_folder->bench);
	name_file(ret_folder, "station.log", ret_folder->log);
	r = write_bench(ret_folder->bench, devices);
	if (r < 0)
		demo_folder_remove(ret_folder);
	return r;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	(void)remove(path); /* the next ones may still go */
	return 0;
}

void demo_folder_remove(const struct demo_folder *folder)
{
	/* Folders open at once: it is four deep. */
	(void)nftw(folder->path, remove_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}
