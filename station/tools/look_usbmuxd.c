/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at this host's usbmuxd: program, unit, process, socket, pair records. */
#include "config.h"

#include "station/tools/look_usbmuxd.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "device/facts/clean.h"
#include "station/tools/child.h"
#include "station/tools/unit_file.h"

#define SOCKET	"/run/usbmuxd"
#define RECORDS "/var/lib/lockdown"
/* muster-mux has five seconds for the answer, and is not waited for much longer, in milliseconds.
 */
#define ASK_LIMIT 8000

/* ROOT and PATH; false when they do not fit. */
static bool below(char out[static PATH_MAX], const char *root, const char *path)
{
	return snprintf(out, PATH_MAX, "%s%s", root, path) < PATH_MAX;
}

static bool is_there(const char *root, const char *path, int mode)
{
	char full[PATH_MAX];

	return below(full, root, path) && access(full, mode) == 0;
}

static void keep(char *out, size_t room, const char *text)
{
	char cleaned[CLEAN_MAX + 1];

	clean_string(text ? text : "", cleaned);
	snprintf(out, room, "%s", cleaned);
}

static void look_at_unit(const char *root, struct host_usbmuxd *usbmuxd)
{
	struct unit *unit;

	if (unit_read(root, "usbmuxd.service", &unit) < 0)
		return;
	usbmuxd->has_unit = true;
	usbmuxd->masked = unit_is_masked(unit);
	keep(usbmuxd->exec, sizeof usbmuxd->exec, unit_value(unit, "Service", "ExecStart"));
	keep(usbmuxd->restart, sizeof usbmuxd->restart, unit_value(unit, "Service", "Restart"));
	keep(usbmuxd->open_files, sizeof usbmuxd->open_files,
	     unit_value(unit, "Service", "LimitNOFILE"));
	unit_free(unit);
}

/* Reads PATH whole, up to ROOM - 1 bytes, and ends it. Returns its length, or -1. */
static ssize_t read_small(const char *path, char *out, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, out, room - 1);
	close(fd);
	if (n >= 0)
		out[n] = '\0';
	return n;
}

/* The command line of process PID, if it is usbmuxd. */
static bool look_at_process(const char *root, const char *pid, struct host_usbmuxd *usbmuxd)
{
	char path[PATH_MAX], text[HOST_TEXT_MAX];
	ssize_t n;

	snprintf(path, sizeof path, "%s/proc/%s/comm", root, pid);
	if (read_small(path, text, sizeof text) < 0 || strcmp(text, "usbmuxd\n") != 0)
		return false;
	snprintf(path, sizeof path, "%s/proc/%s/cmdline", root, pid);
	n = read_small(path, text, sizeof text);
	for (ssize_t i = 0; i + 1 < n; i++)
		if (text[i] == '\0')
			text[i] = ' ';
	keep(usbmuxd->running, sizeof usbmuxd->running, n > 0 ? text : NULL);
	return n > 0;
}

static void look_for_process(const char *root, struct host_usbmuxd *usbmuxd)
{
	char path[PATH_MAX];
	const struct dirent *entry;
	DIR *folder = below(path, root, "/proc") ? opendir(path) : NULL;

	if (!folder)
		return;
	while ((entry = readdir(folder)))
		if (isdigit((unsigned char)entry->d_name[0]) &&
		    look_at_process(root, entry->d_name, usbmuxd))
			break;
	closedir(folder);
}

static void look_at_socket(const char *root, struct host_usbmuxd *usbmuxd)
{
	char path[PATH_MAX];
	struct stat status;

	if (!below(path, root, SOCKET) || stat(path, &status) < 0 || !S_ISSOCK(status.st_mode))
		return;
	usbmuxd->has_socket = true;
	usbmuxd->socket_mode = status.st_mode & 07777;
	usbmuxd->may_connect = access(path, R_OK | W_OK) == 0;
}

static void look_at_records(const char *root, struct host_usbmuxd *usbmuxd)
{
	char path[PATH_MAX];
	const struct dirent *entry;
	struct stat status;
	DIR *folder;

	if (!below(path, root, RECORDS) || stat(path, &status) < 0)
		return;
	usbmuxd->has_records = true;
	usbmuxd->records_mode = status.st_mode & 07777;
	folder = opendir(path);
	if (!folder)
		return;
	while ((entry = readdir(folder)))
		if (strstr(entry->d_name, ".plist") &&
		    fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0)
			usbmuxd->open_records += (status.st_mode & 0044) != 0;
	closedir(folder);
}

void look_usbmuxd(const char *root, const char *address, struct host_usbmuxd *ret_usbmuxd)
{
	*ret_usbmuxd = (struct host_usbmuxd){ 0 };
	if (address && *address && strcmp(address, "UNIX:/var/run/usbmuxd") != 0 &&
	    strcmp(address, "UNIX:/run/usbmuxd") != 0) {
		keep(ret_usbmuxd->elsewhere, sizeof ret_usbmuxd->elsewhere, address);
		return;
	}
	ret_usbmuxd->installed = is_there(root, "/usr/sbin/usbmuxd", X_OK) ||
				 is_there(root, "/usr/bin/usbmuxd", X_OK);
	look_at_unit(root, ret_usbmuxd);
	look_for_process(root, ret_usbmuxd);
	look_at_socket(root, ret_usbmuxd);
	look_at_records(root, ret_usbmuxd);
}

/* What is read from OUT until its end, or until it takes too long. */
static void read_answer(int out, char *text, size_t room)
{
	struct pollfd ready = { .fd = out, .events = POLLIN };
	size_t have = 0;
	ssize_t n = 1;

	while (n > 0 && have + 1 < room && poll(&ready, 1, ASK_LIMIT) > 0) {
		n = read(out, text + have, room - 1 - have);
		have += n > 0 ? (size_t)n : 0;
	}
	text[have] = '\0';
	text[strcspn(text, "\n")] = '\0';
}

static void judge_answer(const char *text, struct host_usbmuxd *usbmuxd)
{
	if (strcmp(text, "answers") == 0) {
		usbmuxd->answer = ANSWER_YES;
	} else if (strcmp(text, "silent") == 0) {
		usbmuxd->answer = ANSWER_SILENT;
	} else if (strncmp(text, "away ", 5) == 0) {
		usbmuxd->answer = ANSWER_AWAY;
		keep(usbmuxd->answer_why, sizeof usbmuxd->answer_why, text + 5);
	} else {
		keep(usbmuxd->answer_why, sizeof usbmuxd->answer_why,
		     *text ? text : "muster-mux said nothing");
	}
}

void look_usbmuxd_ask(const char *mux, struct host_usbmuxd *ret_usbmuxd)
{
	const char *argv[] = { mux, "--probe", NULL };
	struct child_order order = { .argv = argv, .in = -1, .talk = -1 };
	char text[HOST_TEXT_MAX];
	int ends[2], r;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return;
	order.out = order.err = ends[1];
	r = child_start(&order, &pid);
	close(ends[1]);
	if (r == 0) {
		read_answer(ends[0], text, sizeof text);
		child_end(pid, 0);
		judge_answer(text, ret_usbmuxd);
	} else {
		keep(ret_usbmuxd->answer_why, sizeof ret_usbmuxd->answer_why, strerror(-r));
	}
	close(ends[0]);
}
