/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of reading an operator's file whole, and of names beside it. */
#include "profiles/files/operator_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* Reads FILE of at most MOST bytes and wants WANT of it, or the problems WRONG. */
static void check_read(const char *file, size_t most, const char *want, const char *wrong)
{
	struct problems problems = { 0 };
	unsigned char *bytes = NULL;
	size_t size = 99;
	int r = operator_file_read(file, most, &problems, &bytes, &size);
	char *text = problems_text(&problems);

	is_number(r, want ? 0 : -EINVAL, file);
	is_string((char *)bytes, want, "its bytes, with a NUL behind");
	is_string(text, wrong, "its problems");
	is_number((long long)size, want ? (long long)strlen(want) : 99, "its size");
	free(bytes);
	free(text);
}

static void check_files(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "socket" };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	scratch_write_text("five", "12345");
	check_read("five", 5, "12345", "");
	check_read("five", 4, NULL, "five: is too large: 5 bytes, and at most 4 are taken\n");
	check_read("five", 1U << 20, "12345", "");
	ok(fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0, "a socket");
	check_read("socket", 5, NULL, "socket: cannot be opened: No such device or address\n");
	close(fd);
	check_read("/dev/zero", 5, NULL, "/dev/zero: is not a regular file\n");
	check_read("five/six", 5, NULL, "five/six: cannot be opened: Not a directory\n");
	check_read("", 5, NULL, "\"\": cannot be opened: No such file or directory\n");
}

/* A file that says it has no byte, and has some: its size is not believed. */
static void check_grown(void)
{
	struct problems problems = { 0 };
	unsigned char *bytes = NULL;
	size_t size = 0;
	char *text;

	is_number(operator_file_read("/proc/self/status", 1U << 16, &problems, &bytes, &size), 0,
		  "a file whose size is not told");
	ok(size > 0 && bytes && strncmp((char *)bytes, "Name:", 5) == 0, "is read");
	free(bytes);
	is_number(operator_file_read("/proc/self/status", 10, &problems, &bytes, &size), -EINVAL,
		  "to its limit");
	text = problems_text(&problems);
	is_string(text, "/proc/self/status: is too large: at most 10 bytes are taken\n",
		  "and no further");
	free(text);
}

static void check_beside(void)
{
	static const struct {
		const char *file, *name, *want;
	} rows[] = {
		{ "b.yaml", "p", "p" },		  { "d/b.yaml", "p", "d/p" },
		{ "/d/e/b.yaml", "p", "/d/e/p" }, { "/b.yaml", "p", "/p" },
		{ "d/b.yaml", "/p", "/p" },	  { "d/b.yaml", "../p", "d/../p" },
		{ "./b.yaml", "e/p", "./e/p" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *path = operator_file_beside(rows[i].file, rows[i].name);

		is_string(path, rows[i].want, rows[i].file);
		free(path);
	}
}

int main(void)
{
	int before = dup(STDIN_FILENO), after;

	close(before);
	folder_enter();
	check_files();
	check_grown();
	check_beside();
	folder_leave();
	after = dup(STDIN_FILENO);
	is_number(after, before, "no descriptor stays open");
	return tap_done();
}
