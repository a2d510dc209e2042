/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of passphrases: where they come from, and that a person types them unseen. */
#include "config.h"

#include "station/tools/passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "tests/unit/tap.h"

static char dir[] = "/tmp/muster-test-XXXXXX";

static void write_file(const char *name, const char *text, size_t size)
{
	FILE *file = fopen(name, "we");

	fwrite(text, 1, size, file);
	fclose(file);
}

/* The first line of what a file holds; what is returned when it is none. */
static const struct {
	const char *text, *want;
	int r;
} lines[] = {
	{ "secret\n", "secret", 0 }, { "secret", "secret", 0 },	      { "a b \nmore\n", "a b ", 0 },
	{ "", NULL, -EINVAL },	     { "\nsecret\n", NULL, -EINVAL }, { "secret\r\n", "secret", 0 },
	{ "\r\n", NULL, -EINVAL },   { "a\rb\n", "a\rb", 0 },
};

static void check_files(void)
{
	char why[PASSPHRASE_WHY_MAX], longest[PASSPHRASE_MAX + 2];
	struct passphrase_source source = { .file = "pass" };
	struct passphrase passphrase;

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		write_file("pass", lines[i].text, strlen(lines[i].text));
		is_number(passphrase_read(&source, "?", false, &passphrase, why), lines[i].r,
			  "a file");
		if (lines[i].want)
			is_string(passphrase.text, lines[i].want, "its first line");
	}
	memset(longest, 'x', sizeof longest);
	write_file("pass", longest, PASSPHRASE_MAX);
	is_number(passphrase_read(&source, "?", false, &passphrase, why), 0, "the longest");
	write_file("pass", longest, PASSPHRASE_MAX + 1);
	is_number(passphrase_read(&source, "?", false, &passphrase, why), -E2BIG, "too long");
	is_string(why, "the passphrase in pass: its first line is too long", "and why");
	source.file = "nowhere";
	is_number(passphrase_read(&source, "?", false, &passphrase, why), -ENOENT, "no file");
	passphrase_done(&passphrase);
	ok(passphrase.text[0] == '\0' && passphrase.text[100] == '\0', "done: nothing is left");
}

static void check_others(void)
{
	struct passphrase_source source = { .fd = 0 };
	char why[PASSPHRASE_WHY_MAX];
	struct passphrase passphrase;
	int pipes[2];

	if (pipe(pipes) < 0 || write(pipes[1], "of the fd\n", 10) != 10)
		return;
	source.fd = pipes[0];
	is_number(passphrase_read(&source, "?", false, &passphrase, why), 0, "a descriptor");
	is_string(passphrase.text, "of the fd", "what it gives");
	ok(fcntl(pipes[0], F_GETFD) < 0, "it is closed");
	close(pipes[1]);
	write_file("muster-identity-a", "of systemd\n", 11);
	setenv("CREDENTIALS_DIRECTORY", dir, 1);
	source = (struct passphrase_source){ .credential = "muster-identity-a" };
	is_number(passphrase_read(&source, "?", false, &passphrase, why), 0, "a credential");
	is_string(passphrase.text, "of systemd", "what it holds");
	source.none = true;
	is_number(passphrase_read(&source, "?", false, &passphrase, why), 0, "none");
	is_string(passphrase.text, "", "is empty");
}

/* In a process that has the terminal: asks, and tells how it went by its status. */
static void ask(int terminal, bool new)
{
	struct passphrase_source source = { .none = false };
	char why[PASSPHRASE_WHY_MAX];
	struct passphrase passphrase;
	int r;

	close(terminal);
	r = passphrase_read(&source, "Passphrase", new, &passphrase, why);
	_exit(r == -EILSEQ ? 3 : r < 0 ? 2 : strcmp(passphrase.text, "typed") == 0 ? 0 : 1);
}

/* What `play` returns when a signal ended who asked, and the terminal echoes again. */
#define ENDED 50

/* In the process that leads the terminal's session, as a shell does: has another one ask. Returns
 * its status, or ENDED. */
static int lead(int terminal, bool new)
{
	struct termios now;
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		ask(terminal, new);
	signal(SIGINT, SIG_IGN);
	waitpid(pid, &status, 0);
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	return tcgetattr(terminal, &now) == 0 && now.c_lflag & ECHO ? ENDED : ENDED + 1;
}

/* A person at a terminal who types TEXT each time that a question ends. Returns the status, and in
 * RET_SEEN what the terminal showed. */
static int play(const char *const *texts, bool new, char *ret_seen, size_t room)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY), status = -1, slave;
	size_t used = 0;
	pid_t pid;

	grantpt(terminal);
	unlockpt(terminal);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		/* Who started the tests in the background has them ignore it. */
		signal(SIGINT, SIG_DFL);
		setsid();
		/* The first terminal that is opened becomes ours. */
		slave = open(ptsname(terminal), O_RDWR);
		(void)slave;
		_exit(lead(terminal, new));
	}
	while (used < room - 1) {
		ssize_t n = read(terminal, ret_seen + used, 1);

		if (n <= 0)
			break;
		used++;
		if (used >= 2 && memcmp(ret_seen + used - 2, ": ", 2) == 0 && *texts) {
			struct termios now;

			/* Only when the echo is off: that comes after the question. */
			do
				tcgetattr(terminal, &now);
			while (now.c_lflag & ECHO);
			if (write(terminal, *texts, strlen(*texts)) < 0)
				break;
			texts++;
		}
	}
	ret_seen[used] = '\0';
	waitpid(pid, &status, 0);
	close(terminal);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void check_person(void)
{
	static const char *const once[] = { "typed\n", NULL };
	static const char *const twice[] = { "typed\n", "typed\n", NULL };
	static const char *const ctrl_c[] = { "\003", NULL };
	static const char *const differs[] = { "typed\n", "tpyed\n", NULL };
	char seen[200];

	unsetenv("CREDENTIALS_DIRECTORY");
	is_number(play(once, false, seen, sizeof seen), 0, "a person types it");
	is_string(seen, "Passphrase: \r\n", "and nobody sees it");
	is_number(play(twice, true, seen, sizeof seen), 0, "a new one twice");
	is_string(seen, "Passphrase: \r\nThe same again: \r\n", "as asked");
	is_number(play(differs, true, seen, sizeof seen), 3, "the second one differs");
	is_number(play(ctrl_c, false, seen, sizeof seen), ENDED,
		  "Ctrl-C ends it, and the terminal echoes again");
}

static void check_nobody(void)
{
	struct passphrase_source source = { .none = false };
	char why[PASSPHRASE_WHY_MAX];
	struct passphrase passphrase;
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		setsid();
		_exit(passphrase_read(&source, "?", false, &passphrase, why) == -ENOTTY ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	is_number(status, 0, "without a terminal nobody is asked");
}

static void check_protection(void)
{
	struct rlimit limit = { 1, 1 };

	passphrase_protect();
	getrlimit(RLIMIT_CORE, &limit);
	is_number((long long)limit.rlim_max, 0, "no core file");
	is_number(prctl(PR_GET_DUMPABLE), 0, "and no tracer");
}

int main(void)
{
	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 99;
	check_files();
	check_others();
	check_person();
	check_nobody();
	check_protection();
	unlink("pass");
	unlink("muster-identity-a");
	rmdir(dir);
	return tap_done();
}
