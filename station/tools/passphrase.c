/* SPDX-License-Identifier: Apache-2.0 */
/* A passphrase from a file, a descriptor, a credential of systemd or a person; never from argv. */
#include "config.h"

#include "station/tools/passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

void passphrase_protect(void)
{
	const struct rlimit none = { 0, 0 };

	/* Either is enough against a core file; the first also against being traced. */
	(void)prctl(PR_SET_DUMPABLE, 0);
	(void)setrlimit(RLIMIT_CORE, &none);
}

void passphrase_done(struct passphrase *passphrase)
{
	OPENSSL_cleanse(passphrase, sizeof *passphrase);
}

static int explain(char why[static PASSPHRASE_WHY_MAX], int r, const char *where, const char *what)
{
	snprintf(why, PASSPHRASE_WHY_MAX, "the passphrase in %.200s: %s", where, what);
	return r;
}

/* Reads FD to the end of the first line, which may be that of a file from Windows. Returns 0;
 * -EINVAL when that is empty, -E2BIG, -errno. */
static int read_line(int fd, struct passphrase *passphrase)
{
	size_t used = 0;

	while (used <= PASSPHRASE_MAX) {
		ssize_t n = read(fd, passphrase->text + used, 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0 || passphrase->text[used] == '\n') {
			used -= used > 0 && passphrase->text[used - 1] == '\r';
			passphrase->text[used] = '\0';
			return used > 0 ? 0 : -EINVAL;
		}
		used++;
	}
	return -E2BIG;
}

static const char *what_is_wrong(int r)
{
	if (r == -EINVAL)
		return "its first line is empty";
	return r == -E2BIG ? "its first line is too long" : strerror(-r);
}

/* Takes FD over. */
static int read_fd(int fd, const char *where, struct passphrase *passphrase,
		   char why[static PASSPHRASE_WHY_MAX])
{
	int r = read_line(fd, passphrase);

	close(fd);
	return r < 0 ? explain(why, r, where, what_is_wrong(r)) : 0;
}

static int read_file(const char *file, struct passphrase *passphrase,
		     char why[static PASSPHRASE_WHY_MAX])
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return explain(why, -errno, file, strerror(errno));
	return read_fd(fd, file, passphrase, why);
}

/* The path of the credential of SOURCE, if there is one. */
static bool find_credential(const struct passphrase_source *source, char out[static PATH_MAX])
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");

	return source->credential && folder &&
	       snprintf(out, PATH_MAX, "%s/%s", folder, source->credential) < PATH_MAX &&
	       access(out, R_OK) == 0;
}

/* Waits until a line was typed. Returns 0, or -EINTR when something came to SIGNALS. */
static int await_line(int tty, int signals)
{
	struct pollfd polls[] = { { .fd = tty, .events = POLLIN },
				  { .fd = signals, .events = POLLIN } };

	while (poll(polls, 2, -1) < 0)
		if (errno != EINTR)
			return -errno;
	return polls[1].revents ? -EINTR : 0;
}

/* Asks on the terminal TTY, which does not echo until there is an answer, or one of SIGNALS. */
static int ask_unseen(int tty, int signals, const char *question, struct passphrase *passphrase)
{
	struct termios before, silent;
	int r;

	if (tcgetattr(tty, &before) < 0)
		return -errno;
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	if (dprintf(tty, "%s: ", question) < 0 || tcsetattr(tty, TCSAFLUSH, &silent) < 0)
		return -errno;
	r = await_line(tty, signals);
	if (r == 0)
		r = read_line(tty, passphrase);
	(void)tcsetattr(tty, TCSAFLUSH, &before);
	(void)dprintf(tty, "\n");
	return r;
}

/* Whoever ends us meanwhile must not be left with a terminal that does not echo: a signal waits
 * until that is put right. */
static int ask_once(int tty, const char *question, struct passphrase *passphrase)
{
	sigset_t ending, before;
	int signals, r;

	sigemptyset(&ending);
	sigaddset(&ending, SIGHUP);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGQUIT);
	sigaddset(&ending, SIGTERM);
	if (sigprocmask(SIG_BLOCK, &ending, &before) < 0)
		return -errno;
	signals = signalfd(-1, &ending, SFD_CLOEXEC);
	r = signals < 0 ? -errno : ask_unseen(tty, signals, question, passphrase);
	if (signals >= 0)
		close(signals);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	return r;
}

static int ask(const char *question, bool new, struct passphrase *passphrase,
	       char why[static PASSPHRASE_WHY_MAX])
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC), r;
	struct passphrase again;

	if (tty < 0) {
		snprintf(why, PASSPHRASE_WHY_MAX,
			 "a passphrase is needed, and nobody is here to be asked; give "
			 "--passphrase-file, --passphrase-fd or --no-passphrase");
		return -ENOTTY;
	}
	r = ask_once(tty, question, passphrase);
	if (r == 0 && new) {
		r = ask_once(tty, "The same again", &again);
		if (r == 0 && strcmp(again.text, passphrase->text) != 0)
			r = -EILSEQ;
		passphrase_done(&again);
	}
	close(tty);
	if (r < 0)
		snprintf(why, PASSPHRASE_WHY_MAX, "%s",
			 r == -EILSEQ	? "the two are not the same"
			 : r == -EINVAL ? "the passphrase is empty; --no-passphrase means none"
					: strerror(-r));
	return r;
}

int passphrase_read(const struct passphrase_source *source, const char *question, bool new,
		    struct passphrase *ret_passphrase, char why[static PASSPHRASE_WHY_MAX])
{
	struct passphrase passphrase = { .text = "" };
	char path[PATH_MAX];
	int r = 0;

	if (source->file)
		r = read_file(source->file, &passphrase, why);
	else if (source->fd > 0)
		r = read_fd(source->fd, "the file descriptor", &passphrase, why);
	else if (!source->none && find_credential(source, path))
		r = read_file(path, &passphrase, why);
	else if (!source->none)
		r = ask(question, new, &passphrase, why);
	if (r == 0)
		*ret_passphrase = passphrase;
	passphrase_done(&passphrase);
	return r;
}
