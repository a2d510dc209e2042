/* SPDX-License-Identifier: Apache-2.0 */
/* The folder of a stick where Macs left their reports: opened and listed, as a stranger's. */
#include "station/tools/report_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/values/handover.h"

#define END ".json"

/* A folder below DIR, no link. Returns a descriptor or negative errno. */
static int open_below(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

/* Opens the first of the places where reports may be. */
static int open_results(int top)
{
	int ours = open_below(top, HANDOVER_FOLDER);
	int fd = open_below(ours >= 0 ? ours : top, HANDOVER_RESULTS);

	if (ours >= 0)
		close(ours);
	return fd;
}

static bool is_report(const char *name)
{
	size_t len = strlen(name), end = sizeof END - 1;

	return name[0] != '.' && len > end && strcmp(name + len - end, END) == 0;
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Lists the reports in DIR. Returns 0 or negative errno. */
static int list(DIR *dir, struct report_folder *folder)
{
	const struct dirent *entry;

	for (errno = 0; (entry = readdir(dir)); errno = 0) {
		if (!is_report(entry->d_name))
			continue;
		if (folder->count == REPORT_FOLDER_MAX)
			return -E2BIG;
		snprintf(folder->names[folder->count++], NAME_MAX + 1, "%s", entry->d_name);
	}
	qsort(folder->names, folder->count, sizeof *folder->names, compare);
	return -errno;
}

/* Whether TOP itself holds reports, as the folder "results" does. */
static bool is_results(const char *top)
{
	char *real = realpath(top, NULL);
	bool is = real && strcmp(strrchr(real, '/') + 1, HANDOVER_RESULTS) == 0;

	free(real);
	return is;
}

int report_folder_open(const char *top, struct report_folder *ret_folder)
{
	struct report_folder folder = { .names = NULL };
	int dir = open(top, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), copy, r = -ENOMEM;
	DIR *stream;

	if (dir < 0)
		return -errno;
	folder.fd = is_results(top) ? dir : open_results(dir);
	if (folder.fd != dir)
		close(dir);
	if (folder.fd < 0)
		return folder.fd;
	folder.names = calloc(REPORT_FOLDER_MAX, sizeof *folder.names);
	copy = folder.names ? fcntl(folder.fd, F_DUPFD_CLOEXEC, 0) : -1;
	stream = copy >= 0 ? fdopendir(copy) : NULL;
	if (stream) {
		r = list(stream, &folder);
		closedir(stream);
	} else if (copy >= 0) {
		close(copy);
	}
	if (r < 0)
		report_folder_close(&folder);
	else
		*ret_folder = folder;
	return r;
}

void report_folder_close(struct report_folder *folder)
{
	close(folder->fd);
	free(folder->names);
}
