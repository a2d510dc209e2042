/* SPDX-License-Identifier: Apache-2.0 */
/* Standard output: there from the start, and told of when it could not be written. */
#include "config.h"

#include "station/tools/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>
#include <unistd.h>

#include "station/tools/exit_status.h"

int output_reserve(void)
{
	int fd;

	do {
		/* The lowest free number is given; stdin and stdout are read-only, stderr takes
		 * all. */
		fd = open("/dev/null", fcntl(STDOUT_FILENO, F_GETFD) < 0 ? O_RDONLY : O_RDWR);
		if (fd < 0)
			return -errno;
	} while (fd <= STDERR_FILENO);
	close(fd);
	return 0;
}

int output_finish(const char *verb, int status)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	/* An earlier write may have failed, whose reason nobody kept. */
	fprintf(stderr, "%s: cannot write the output: %s\n", verb, strerror(errno ? errno : EIO));
	__fpurge(stdout);
	clearerr(stdout);
	return EXIT_TROUBLE;
}
