/* SPDX-License-Identifier: Apache-2.0 */
/* The log in a file, while something else has the terminal. */
#include "config.h"

#include "station/tools/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How much of the log's end is told, in bytes: some twenty lines. */
#define LOG_TOLD 2000

int log_file_begin(const char *dir, struct log_file *ret_file)
{
	char before[sizeof ret_file->path + 2];
	int fd, r = 0;

	snprintf(ret_file->path, sizeof ret_file->path, "%s/station.log", dir);
	snprintf(before, sizeof before, "%s.1", ret_file->path);
	/* It may say how the last station ended. */
	(void)rename(ret_file->path, before);
	ret_file->terminal = -1;
	fd = open(ret_file->path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	ret_file->terminal = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	if (ret_file->terminal < 0 || dup2(fd, STDERR_FILENO) < 0)
		r = -errno;
	close(fd);
	return r;
}

void log_file_end(struct log_file *file)
{
	if (file->terminal < 0)
		return;
	dup2(file->terminal, STDERR_FILENO);
	close(file->terminal);
	file->terminal = -1;
}

void log_file_tell(const char *path)
{
	FILE *log = fopen(path, "re");
	char text[LOG_TOLD + 1];
	const char *told = text;
	size_t len;

	if (!log)
		return;
	if (fseek(log, -LOG_TOLD, SEEK_END) < 0)
		rewind(log); /* it is shorter */
	len = fread(text, 1, LOG_TOLD, log);
	text[len] = '\0';
	if (len == LOG_TOLD && strchr(text, '\n'))
		told = strchr(text, '\n') + 1;
	fputs(told, stderr);
	fclose(log);
}
