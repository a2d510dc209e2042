/* SPDX-License-Identifier: Apache-2.0 */
/* The state directory: where it is, what is in it, and the lock of the one station in it. */
#include "config.h"

#include "station/tools/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define INSTALLED_DIR	 "/var/lib/muster"
#define INSTALLED_SOCKET "/run/muster/muster.sock"

_Static_assert(STATE_PATH_MAX == sizeof((struct sockaddr_un){ 0 }.sun_path),
	       "a path in the state directory fits a socket's address");

/* Writes DIR/NAME to OUT; false when it does not fit. */
static bool join(char out[static STATE_PATH_MAX], const char *dir, const char *name)
{
	return snprintf(out, STATE_PATH_MAX, "%s/%s", dir, name) < STATE_PATH_MAX;
}

/* Whether the running program lies in the bindir that it was configured for. */
static bool runs_installed(void)
{
	char exe[4096]; /* PATH_MAX of Linux */
	struct stat ours, configured;
	ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *slash;

	if (len < 0)
		return false;
	exe[len] = '\0';
	slash = strrchr(exe, '/');
	if (!slash)
		return false;
	*slash = '\0';
	return stat(exe, &ours) == 0 && stat(MUSTER_BINDIR, &configured) == 0 &&
	       ours.st_dev == configured.st_dev && ours.st_ino == configured.st_ino;
}

static int locate_home(struct state *state)
{
	const char *base = getenv("XDG_STATE_HOME");
	const char *below = "/muster";

	if (!base || base[0] != '/') {
		base = getenv("HOME");
		below = "/.local/state/muster";
	}
	if (!base || base[0] != '/')
		return -ENOENT;
	if (snprintf(state->dir, sizeof state->dir, "%s%s", base, below) >= (int)sizeof state->dir)
		return -ENAMETOOLONG;
	return 0;
}

int state_locate(const char *option, struct state *ret_state)
{
	struct state *state = ret_state;
	bool installed = !option && runs_installed() && access(INSTALLED_DIR, W_OK) == 0;
	int r = 0;

	*state = (struct state){ .lock_fd = -1 };
	if (option && option[0] == '\0')
		return -EINVAL;
	if (installed)
		option = INSTALLED_DIR;
	if (!option)
		r = locate_home(state);
	else if (snprintf(state->dir, sizeof state->dir, "%s", option) >= (int)sizeof state->dir)
		r = -ENAMETOOLONG;
	if (r < 0)
		return r;
	if (!join(state->socket, state->dir, "muster.sock") ||
	    !join(state->ledger, state->dir, "ledger.sqlite") ||
	    !join(state->pair_keys, state->dir, "pair-keys") ||
	    !join(state->profiles, state->dir, "profiles") ||
	    !join(state->identities, state->dir, "identities") ||
	    !join(state->slots, state->dir, "slots.yaml") || !join(state->lock, state->dir, "lock"))
		return -ENAMETOOLONG;
	if (installed)
		snprintf(state->socket, sizeof state->socket, "%s", INSTALLED_SOCKET);
	return 0;
}

/* Makes the name of a new directory durable: it lives in the one above. */
static int sync_dir_above(const char *path)
{
	char above[STATE_PATH_MAX];
	char *slash;
	int fd, r;

	snprintf(above, sizeof above, "%s", path);
	slash = strrchr(above, '/');
	if (!slash)
		snprintf(above, sizeof above, ".");
	else
		slash[slash == above] = '\0';
	fd = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	r = fsync(fd) < 0 ? -errno : 0;
	close(fd);
	return r;
}

/* Makes one directory; it may be there already. */
static int make_dir(const char *path)
{
	struct stat st;

	if (mkdir(path, 0700) == 0)
		return sync_dir_above(path);
	if (errno != EEXIST)
		return -errno;
	if (stat(path, &st) < 0)
		return -errno;
	return S_ISDIR(st.st_mode) ? 0 : -ENOTDIR;
}

/* Makes what PATH lies in. A parent that we may not look into can still lead to ours; where it does
 * not, it is the reason. */
static int make_parents(char *path)
{
	int closed = -ENOENT;

	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		int r;

		*slash = '\0';
		r = make_dir(path);
		*slash = '/';
		if (r == -EACCES || r == -EROFS)
			closed = r;
		else if (r < 0)
			return r == -ENOENT ? closed : r;
	}
	return closed;
}

int state_make(const struct state *state)
{
	char path[STATE_PATH_MAX];
	int parents, r;

	snprintf(path, sizeof path, "%s", state->dir);
	parents = make_parents(path);
	r = make_dir(path);
	if (r == -ENOENT)
		r = parents;
	if (r == 0)
		r = make_dir(state->pair_keys);
	if (r == 0 && access(state->dir, R_OK | W_OK | X_OK) < 0)
		r = -errno;
	return r;
}

/* The whole file, as an open file description's lock: a child that inherits the descriptor holds
 * it too, and closing another descriptor of the file does not drop it. */
static struct flock whole_file(void)
{
	return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET };
}

static pid_t read_holder(int fd)
{
	char text[24] = "";
	char *end;
	long pid;

	if (pread(fd, text, sizeof text - 1, 0) <= 0)
		return 0;
	pid = strtol(text, &end, 10);
	return *end == '\n' && pid > 0 ? (pid_t)pid : 0;
}

static int write_holder(int fd)
{
	char text[24];
	int len = snprintf(text, sizeof text, "%ld\n", (long)getpid());

	if (ftruncate(fd, 0) < 0 || pwrite(fd, text, (size_t)len, 0) != len)
		return errno ? -errno : -EIO;
	return 0;
}

int state_lock(struct state *state)
{
	struct flock lock = whole_file();
	int fd = open(state->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
	int r = 0;

	if (fd < 0)
		return -errno;
	if (fcntl(fd, F_OFD_SETLK, &lock) < 0)
		r = errno == EACCES || errno == EAGAIN ? -EBUSY : -errno;
	if (r == -EBUSY)
		state->holder = read_holder(fd);
	if (r == 0)
		r = write_holder(fd);
	if (r < 0) {
		close(fd);
		return r;
	}
	state->lock_fd = fd;
	return 0;
}

void state_unlock(struct state *state)
{
	if (state->lock_fd >= 0)
		close(state->lock_fd);
	state->lock_fd = -1;
}

bool state_is_held(const struct state *state)
{
	struct flock lock = whole_file();
	int fd = open(state->lock, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool held;

	if (fd < 0)
		return false;
	held = fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
	close(fd);
	return held;
}

void state_explain(const struct state *state, int error, char out[static STATE_WHY_MAX])
{
	char holder[32] = "";

	switch (-error) {
	case EINVAL:
		snprintf(out, STATE_WHY_MAX, "the state directory's name is empty");
		break;
	case ENAMETOOLONG:
		snprintf(out, STATE_WHY_MAX,
			 "the state directory's path is too long for the control socket in it "
			 "(%d bytes at most in all): choose a shorter one with --state",
			 STATE_PATH_MAX - 1);
		break;
	case ENOENT:
		if (state->dir[0] != '\0')
			snprintf(out, STATE_WHY_MAX, "there is no state directory %s", state->dir);
		else
			snprintf(out, STATE_WHY_MAX,
				 "neither XDG_STATE_HOME nor HOME names a directory: give --state");
		break;
	case ENOTDIR:
		snprintf(out, STATE_WHY_MAX, "%s, or what it lies in, is not a directory",
			 state->dir);
		break;
	case EBUSY:
		if (state->holder > 0)
			snprintf(holder, sizeof holder, " (process %ld)", (long)state->holder);
		snprintf(out, STATE_WHY_MAX, "another station%s works in %s already", holder,
			 state->dir);
		break;
	default:
		snprintf(out, STATE_WHY_MAX, "cannot write into the state directory %s: %s",
			 state->dir, strerror(-error));
	}
}
