/* SPDX-License-Identifier: Apache-2.0 */
/* A file of the operator's that holds a secret: read only when nobody else can. */
#define _GNU_SOURCE /* explicit_bzero */
#include "profiles/files/secret_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profiles/files/operator_file.h"

void secret_free(char *secret)
{
	if (secret)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

/* Whether only its owner, who is us or root, may read FD. What it is, reading it says. */
static int judge(int fd, const char *file, struct problems *problems)
{
	struct stat found;

	if (fstat(fd, &found) < 0 || !S_ISREG(found.st_mode))
		return 0;
	if (found.st_uid != geteuid() && found.st_uid != 0) {
		problems_add(problems, file, 0, 0,
			     "belongs to somebody else; a secret must be yours");
		return -EINVAL;
	}
	if ((found.st_mode & 077) != 0) {
		problems_add(problems, file, 0, 0,
			     "can be read by others; a secret must not: chmod 600 it");
		return -EINVAL;
	}
	return 0;
}

int secret_file_read(const char *file, struct problems *problems, char **ret_secret,
		     size_t *ret_size)
{
	int fd = operator_file_open(file, problems), r;
	unsigned char *bytes;
	size_t size;

	if (fd < 0)
		return fd;
	/* Of the file that is open: a name may be another file's a moment later. */
	r = judge(fd, file, problems);
	if (r == 0)
		r = operator_file_take(fd, file, SECRET_SIZE_MAX, problems, &bytes, &size);
	close(fd);
	if (r < 0)
		return r;
	while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
		bytes[--size] = '\0';
	if (size == 0 || strlen((char *)bytes) != size) {
		problems_add(problems, file, 0, 0, "%s",
			     size == 0 ? "holds nothing but empty lines" : "is no text");
		explicit_bzero(bytes, size);
		free(bytes);
		return -EINVAL;
	}
	*ret_secret = (char *)bytes;
	*ret_size = size;
	return 0;
}
