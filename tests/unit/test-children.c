/* SPDX-License-Identifier: Apache-2.0 */
/* The station's helpers as children in a loop: their words, the view's pipe, the maker of keys. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/tools/child_words.h"
#include "station/tools/clock.h"
#include "station/tools/pair_keys.h"
#include "station/tools/view_pipe.h"
#include "tests/unit/tap.h"

static char folder[] = "/tmp/muster-test-XXXXXX";

/* Writes TEXT into NAME of the folder; returns its path. */
static char *write_file(const char *name, const char *text, mode_t mode)
{
	static char path[256];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "w");
	if (!file)
		return NULL;
	fputs(text, file);
	fclose(file);
	chmod(path, mode);
	return path;
}

static void read_file(const char *name, char *out, size_t room)
{
	char path[256];
	FILE *file;
	size_t n = 0;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "r");
	if (file) {
		n = fread(out, 1, room - 1, file);
		fclose(file);
	}
	out[n] = '\0';
}

/* Runs CALL with stderr in the folder's file "log". */
static void with_log(void (*call)(sd_event *event), sd_event *event)
{
	int spare = dup(STDERR_FILENO), log;
	char path[256];

	snprintf(path, sizeof path, "%s/log", folder);
	log = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	dup2(log, STDERR_FILENO);
	close(log);
	call(event);
	dup2(spare, STDERR_FILENO);
	close(spare);
}

static struct child_words *open_words(sd_event *event, const struct log_about *about, int *ret_fd)
{
	struct child_words *words = NULL;

	ok(child_words_open(event, "program", about, &words, ret_fd) == 0, "a pipe for words");
	return words;
}

static void speak(sd_event *event)
{
	const struct log_about about = { "4", "UDID" };
	struct child_words *words;
	int fd;

	words = open_words(event, NULL, &fd);
	dprintf(fd, "one\ntwo");
	sd_event_run(event, 0);
	dprintf(fd, " and a half\n\nthe rest");
	close(fd);
	child_words_close(words);
	words = open_words(event, &about, &fd);
	for (unsigned i = 0; i < CHILD_LINES_MAX + 5; i++)
		dprintf(fd, "x\n");
	close(fd);
	child_words_close(words);
}

static void test_words(sd_event *event)
{
	char log[65536];

	with_log(speak, event);
	read_file("log", log, sizeof log);
	ok(strstr(log, "warn - - program: one\n"), "a line is logged");
	ok(strstr(log, "program: two and a half\n"), "one in two parts too");
	ok(strstr(log, "program: the rest\n"), "and the one without an end");
	ok(!strstr(log, "program: \n"), "but no empty one");
	ok(strstr(log, "warn 4 UDID program: 5 lines dropped\n"),
	   "too many are dropped, and counted");
	ok(strstr(log, "warn 4 UDID program: x\n"), "those before are not");
}

/* A view that writes what it gets into the folder. */
static char *copying_view(void)
{
	char script[512];

	snprintf(script, sizeof script, "#!/bin/sh\necho \"$1 $2\" >%s/shown\ncat >>%s/shown\n",
		 folder, folder);
	return write_file("view", script, 0700);
}

static void test_view(sd_event *event)
{
	struct view_pipe *view = NULL;
	char shown[256];

	is_number(view_pipe_open(event, copying_view(), "json", &view), 0, "a view is started");
	view_pipe_tell(view, "{\"a\":1}\n");
	view_pipe_tell(view, "{\"b\":2}\n");
	is_number(view_pipe_close(view, 10000), 0, "nothing is dropped");
	read_file("shown", shown, sizeof shown);
	is_string(shown, "view json\n{\"a\":1}\n{\"b\":2}\n", "it got the format and each line");
	is_number(view_pipe_open(event, "/nowhere", "json", &view), -ENOENT,
		  "a view that is not there");
	is_number(view_pipe_close(NULL, 0), 0, "no view, nothing to close");
}

/* One that reads nothing never makes us wait. */
static void test_stalled_view(sd_event *event)
{
	char *path = write_file("view", "#!/bin/sh\nexec tail -f /dev/null\n", 0700);
	char line[1025];
	struct view_pipe *view = NULL;
	msec_t before;

	memset(line, 'x', sizeof line - 1);
	line[sizeof line - 2] = '\n';
	line[sizeof line - 1] = '\0';
	is_number(view_pipe_open(event, path, "plain", &view), 0, "a view that does not read");
	for (unsigned i = 0; i < 2 * VIEW_PIPE_MAX / 1024; i++)
		view_pipe_tell(view, line);
	before = clock_monotonic();
	ok(view_pipe_close(view, 0) > VIEW_PIPE_MAX / 2048, "what it does not take is dropped");
	ok(clock_monotonic() - before < 5000, "and it is not waited for");
}

static void test_gone_view(sd_event *event)
{
	char *path = write_file("view", "#!/bin/sh\nexit 0\n", 0700);
	struct view_pipe *view = NULL;
	siginfo_t news;

	signal(SIGPIPE, SIG_IGN);
	is_number(view_pipe_open(event, path, "plain", &view), 0, "a view that ends at once");
	is_number(waitid(P_ALL, 0, &news, WEXITED | WNOWAIT), 0, "it has ended");
	view_pipe_tell(view, "one\n");
	view_pipe_tell(view, "two\n");
	is_number(view_pipe_close(view, 10000), 2, "lines for nobody are dropped");
}

static int count_keys(void)
{
	char path[256];
	int count = 0;

	for (int i = 0; i < 2 * PAIR_KEYS_TARGET; i++) {
		snprintf(path, sizeof path, "%s/pool/%d.pem", folder, i);
		count += access(path, F_OK) == 0;
	}
	return count;
}

/* Runs the loop until the pool has COUNT sets, or for twenty seconds. */
static void run_until(sd_event *event, int count)
{
	msec_t end = clock_monotonic() + 20000;

	while (count_keys() != count && clock_monotonic() < end)
		sd_event_run(event, 100000);
}

/* Which file a set is, whatever it is called. */
static ino_t take(struct pair_keys *keys, const struct udid *udid, bool is_new)
{
	struct stat file = { 0 };
	bool new = !is_new;
	int fd = pair_keys_take(keys, udid, &new);

	ok(fd >= 0 && fstat(fd, &file) == 0 && new == is_new, "%s gets %s set", udid->text,
	   is_new ? "a new" : "the same");
	close(fd);
	return file.st_ino;
}

/* A device keeps its set until its pairing is over; A has one. */
static void test_offers(sd_event *event, const char *pool, const char *maker, const struct udid *a,
			const struct udid *b)
{
	struct pair_keys *keys = NULL;
	char path[400];
	ino_t first, other;

	is_number(pair_keys_open(event, pool, maker, &keys), 0, "the next station");
	first = take(keys, a, false);
	other = take(keys, b, true);
	ok(first != other, "another than the other's");
	pair_keys_settle(keys, b, true);
	snprintf(path, sizeof path, "%s/%s.pem", pool, b->text);
	ok(access(path, F_OK) == 0, "one that was of no use goes back");
	pair_keys_settle(keys, a, false);
	snprintf(path, sizeof path, "%s/%s.pem", pool, a->text);
	ok(access(path, F_OK) < 0, "one that was used does not");
	ok(take(keys, a, true) != first, "a device that is paired again has a right to new keys");
	snprintf(path, sizeof path, "%s/.offered-%s", pool, a->text);
	ok(access(path, F_OK) == 0, "an offer is kept");
	pair_keys_settle(keys, a, false);
	pair_keys_close(keys);
}

static void test_keys(sd_event *event)
{
	const struct udid a = { "00008101-0000000000000001" }, b = { "00008101-0000000000000002" };
	struct pair_keys *keys = NULL;
	char script[512], pool[256], *maker, got[32] = "";
	bool new = false;
	int fd;

	snprintf(pool, sizeof pool, "%s/pool", folder);
	mkdir(pool, 0700);
	snprintf(script, sizeof script,
		 "#!/bin/sh\n[ $1 = --make-keys ] || exit 1\ni=0\n"
		 "while [ $i -lt $3 ]; do echo key >$2/$i.pem; i=$((i + 1)); done\n");
	maker = write_file("maker", script, 0700);
	is_number(pair_keys_open(event, pool, maker, &keys), 0, "a pool");
	is_number(pair_keys_take(keys, &a, &new), -ENOENT, "is empty at first");
	pair_keys_set_busy(keys, false);
	run_until(event, PAIR_KEYS_TARGET);
	is_number(count_keys(), PAIR_KEYS_TARGET, "it is filled while nothing else is to be done");
	fd = pair_keys_take(keys, &a, &new);
	ok(fd >= 0 && new &&read(fd, got, sizeof got) == 4, "a set is taken");
	is_string(got, "key\n", "as it was made");
	is_number(count_keys(), PAIR_KEYS_TARGET - 1, "and is no longer there for anybody else");
	close(fd);
	pair_keys_close(keys);
	test_offers(event, pool, maker, &a, &b);
	pair_keys_close(NULL);
}

/* What lies in the pool and is no set is not given to a worker. */
static void test_odd_keys(sd_event *event)
{
	struct pair_keys *keys = NULL;
	const struct udid udid = { "00008101-0000000000000001" };
	char pool[256], path[300];
	bool new;

	snprintf(pool, sizeof pool, "%s/odd", folder);
	mkdir(pool, 0700);
	write_file("odd/.half.pem", "half", 0600);
	write_file("odd/notes.txt", "notes", 0600);
	write_file("odd/empty.pem", "", 0600);
	snprintf(path, sizeof path, "%s/link.pem", pool);
	ok(symlink("/etc/passwd", path) == 0, "a link");
	snprintf(path, sizeof path, "%s/pipe.pem", pool);
	ok(mkfifo(path, 0600) == 0, "a pipe");
	is_number(pair_keys_open(event, pool, "/nowhere", &keys), 0, "a pool of odd things");
	is_number(pair_keys_take(keys, &udid, &new), -ENOENT, "has no set");
	pair_keys_close(keys);
}

static void remove_folder(void)
{
	char command[64];

	snprintf(command, sizeof command, "rm -rf %s", folder);
	ok(system(command) == 0, "the folder is removed");
}

int main(void)
{
	sd_event *event = NULL;
	sigset_t mask;

	if (!mkdtemp(folder) || sd_event_new(&event) < 0)
		return 1;
	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	test_words(event);
	test_view(event);
	test_stalled_view(event);
	test_gone_view(event);
	test_keys(event);
	test_odd_keys(event);
	sd_event_unref(event);
	remove_folder();
	return tap_done();
}
