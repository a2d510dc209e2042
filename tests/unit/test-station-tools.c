/* SPDX-License-Identifier: Apache-2.0 */
/* Small tools of the station: sealed bytes, the lock of a usbmuxd, where programs are, the log. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "device/facts/clean.h"
#include "station/tools/log.h"
#include "station/tools/mux_lock.h"
#include "station/tools/programs.h"
#include "station/tools/sealed.h"
#include "tests/unit/tap.h"

static void test_sealed(void)
{
	static const char bytes[] = "<plist/>";
	int fd = sealed_new("test", bytes, strlen(bytes)), one = sealed_open(fd),
	    two = sealed_open(fd);
	char got[32] = "";

	ok(fd >= 0 && one >= 0 && two >= 0, "bytes are sealed and opened twice");
	is_number(read(one, got, sizeof got), (long long)strlen(bytes), "the first reads all");
	is_number(read(two, got, sizeof got), (long long)strlen(bytes), "and so does the second");
	is_string(got, bytes, "what was put in");
	ok(write(one, "x", 1) < 0 && errno == EBADF, "a reader cannot write");
	ok(pwrite(fd, "x", 1, 0) < 0 && errno == EPERM, "nor can we any more");
	ok(ftruncate(fd, 0) < 0 && errno == EPERM, "nor make it shorter");
	ok(fcntl(one, F_GETFD) & FD_CLOEXEC, "nor does it leak into a program");
	is_number(sealed_open(9999), -ENOENT, "what is not there is not opened");
	close(fd);
	close(one);
	close(two);
}

static void test_mux_lock(void)
{
	char folder[] = "/tmp/muster-test-XXXXXX", path[PATH_MAX], link[PATH_MAX], other[PATH_MAX];
	pid_t holder = 0;
	int first, second;

	if (!ok(mkdtemp(folder) != NULL, "a folder"))
		return;
	snprintf(path, sizeof path, "UNIX:%s/usbmuxd", folder);
	snprintf(link, sizeof link, "UNIX:%s/./../%s/usbmuxd", folder, folder + strlen("/tmp/"));
	snprintf(other, sizeof other, "UNIX:%s/usbmuxd2", folder);
	first = mux_lock_take(path, &holder);
	ok(first >= 0, "the lock of a usbmuxd that is not there yet is taken");
	is_number(mux_lock_take(path, &holder), -EADDRINUSE, "it is not taken twice");
	for (int i = 0; i < 100; i++) {
		holder = 0;
		(void)mux_lock_take(path, &holder);
	}
	is_number(holder, getpid(), "and tells who has it, however often it is asked");
	is_number(mux_lock_take(link, &holder), -EADDRINUSE,
		  "nor under another way to write its path");
	second = mux_lock_take(other, &holder);
	ok(second >= 0, "another usbmuxd has another lock");
	close(first);
	first = mux_lock_take(path, &holder);
	ok(first >= 0, "it is free once it was closed");
	close(first);
	close(second);
	first = mux_lock_take("127.0.0.1:1", &holder);
	ok(first >= 0, "a usbmuxd over TCP has one too");
	is_number(mux_lock_take("127.0.0.1:1", &holder), -EADDRINUSE, "and only one");
	close(first);
	rmdir(folder);
}

static void test_programs(void)
{
	char self[PATH_MAX], found[PATH_MAX] = "untouched";
	const char *name;

	is_number(program_self(self), 0, "the running program has a path");
	name = strrchr(self, '/') + 1;
	is_number(program_find(name, found), 0, "what lies beside it is found");
	is_string(found, self, "by its whole path");
	snprintf(found, sizeof found, "untouched");
	is_number(program_find("muster-nothing", found), -ENOENT, "what is nowhere is not");
	is_string(found, "untouched", "and no path is given");
}

/* Logs one line with stderr in a pipe; returns it after its time. */
static char *logged(enum log_level level, const struct log_about *about, const char *text)
{
	static char line[1024];
	int ends[2], spare = dup(STDERR_FILENO);
	ssize_t n;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return NULL;
	dup2(ends[1], STDERR_FILENO);
	errno = ERANGE;
	log_line(level, about, "%s", text);
	if (errno != ERANGE)
		return NULL;
	dup2(spare, STDERR_FILENO);
	close(spare);
	close(ends[1]);
	n = read(ends[0], line, sizeof line - 1);
	close(ends[0]);
	line[n > 0 ? n : 0] = '\0';
	return n > 0 ? strchr(line, ' ') : line;
}

static void test_log(void)
{
	const struct log_about about = { "3", "UDID" };
	char longest[3 * CLEAN_MAX];

	is_string(logged(LEVEL_WARN, NULL, "hello"), " warn - - hello\n", "a line about nobody");
	is_string(logged(LEVEL_NOTE, &about, "hello"), " note 3 UDID hello\n",
		  "one about a device");
	is_string(logged(LEVEL_NOTE, &about, "a\nb\033[1m"), " note 3 UDID a b [1m\n",
		  "nothing in it ends the line or moves the cursor");
	is_string(logged(LEVEL_DEBUG, &about, "hello"), "", "debug lines are off at first");
	log_set_level(LEVEL_DEBUG);
	is_string(logged(LEVEL_DEBUG, &about, "hello"), " debug 3 UDID hello\n", "and can be had");
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	is_number((long long)strlen(logged(LEVEL_NOTE, NULL, longest)),
		  (long long)strlen(" note - - \n") + CLEAN_MAX, "a long line is cut");
}

/* Fills the pipe END, which waits when it has no room. */
static void fill(int end)
{
	static const char page[4096];

	fcntl(end, F_SETFL, O_NONBLOCK);
	while (write(end, page, sizeof page) > 0)
		;
	fcntl(end, F_SETFL, 0);
}

/* Takes all that is in the pipe END; returns the last of it, as a string. */
static const char *empty(int end)
{
	static char bytes[1 << 17];
	ssize_t n = read(end, bytes, sizeof bytes - 1);

	bytes[n > 0 ? n : 0] = '\0';
	return bytes;
}

static void test_full_log(void)
{
	int ends[2], spare = dup(STDERR_FILENO);
	const char *told;

	if (!ok(pipe2(ends, O_CLOEXEC) == 0, "a pipe"))
		return;
	fill(ends[1]);
	dup2(ends[1], STDERR_FILENO);
	alarm(10); /* else it would wait for ever */
	log_line(LEVEL_NOTE, NULL, "lost");
	log_line(LEVEL_NOTE, NULL, "lost");
	alarm(0);
	ok(true, "a log that nobody reads is not waited for");
	(void)empty(ends[0]);
	log_line(LEVEL_NOTE, NULL, "told");
	dup2(spare, STDERR_FILENO);
	close(spare);
	told = empty(ends[0]);
	ok(strstr(told, " warn - - 2 lines") != NULL, "what was lost is counted");
	ok(strstr(told, " note - - told\n") != NULL, "before the next line");
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	test_full_log();
	test_sealed();
	test_mux_lock();
	test_programs();
	test_log();
	return tap_done();
}
