/* SPDX-License-Identifier: Apache-2.0 */
/* A file that a verb makes for the operator: a new one, whole, or standard output. */
#include "station/faces/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "device/facts/whole.h"
#include "station/tools/exit_status.h"
#include "station/tools/output.h"

/* Writes, and makes sure that it is on the disk. */
static int make(const char *path, mode_t mode, const void *bytes, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode), r;

	if (fd < 0)
		return -errno;
	r = whole_write(fd, bytes, size);
	/* Some file systems of sticks and of FUSE cannot. */
	if (r == 0 && fsync(fd) < 0 && errno != EINVAL)
		r = -errno;
	if (close(fd) < 0 && r == 0)
		r = -errno;
	if (r < 0)
		unlink(path);
	return r;
}

static int write_new(const char *verb, const char *path, mode_t mode, const void *bytes,
		     size_t size)
{
	int r;

	if (strcmp(path, "-") == 0) {
		(void)fwrite(bytes, 1, size, stdout); /* whether it could be is asked now */
		return output_finish(verb, EXIT_PASSED);
	}
	r = make(path, mode, bytes, size);
	if (r == 0)
		return EXIT_PASSED;
	fprintf(stderr, "%s: %s: %s\n", verb, path,
		r == -EEXIST ? "is there already, and is not overwritten" : strerror(-r));
	return r == -EEXIST ? EXIT_FILE : EXIT_TROUBLE;
}

int new_file_write(const char *verb, const char *path, const void *bytes, size_t size)
{
	return write_new(verb, path, 0600, bytes, size);
}

int new_file_publish(const char *verb, const char *path, const void *bytes, size_t size)
{
	return write_new(verb, path, 0666, bytes, size);
}
