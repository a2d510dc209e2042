/* SPDX-License-Identifier: Apache-2.0 */
/* A pool of keys for pairing, made while nothing else is to be done. */
#include "station/tools/pair_keys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "station/tools/child.h"
#include "station/tools/child_words.h"
#include "station/tools/timer.h"

/* What the maker names a set once it is whole; before, the name begins with a dot. */
#define ENDING ".pem"
/* Before the udid of the device that a set is offered to. */
#define OFFER	  ".offered-"
#define OFFER_MAX (sizeof OFFER + UDID_MAX)
/* Larger than any set of two RSA keys, certificates and all. */
#define SIZE_MAX_OF_SET 65536
/* Added to the station's own niceness: the last in line for the processor. */
#define NICE 19

struct pair_keys {
	sd_event *event;
	char *folder, *program;
	bool busy;
	bool given_up;	 /* the maker does not add to the pool: no use to run it again */
	unsigned before; /* sets in the pool when the maker started */
	pid_t pid;
	sd_event_source *child_source, *idle_timer;
	struct child_words *words;
};

static bool is_set(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > strlen(ENDING) &&
	       strcmp(name + len - strlen(ENDING), ENDING) == 0;
}

static unsigned count_sets(const struct pair_keys *keys)
{
	DIR *folder = opendir(keys->folder);
	struct dirent *entry;
	unsigned count = 0;

	if (!folder)
		return 0;
	while ((entry = readdir(folder)))
		count += is_set(entry->d_name);
	closedir(folder);
	return count;
}

static int on_idle(sd_event_source *source, uint64_t usec, void *userdata);

static void make_more_later(struct pair_keys *keys)
{
	if (timer_arm(keys->event, &keys->idle_timer, PAIR_KEYS_IDLE, on_idle, keys) < 0)
		log_line(LEVEL_WARN, NULL, "no pairing keys will be made ahead: no timer");
}

static void end_maker(struct pair_keys *keys)
{
	keys->child_source = sd_event_source_disable_unref(keys->child_source);
	if (keys->pid > 0)
		child_end(keys->pid, 0);
	keys->pid = 0;
	child_words_close(keys->words);
	keys->words = NULL;
}

static int on_exit_of_maker(sd_event_source *source, const siginfo_t *news, void *userdata)
{
	struct pair_keys *keys = userdata;
	bool well = news->si_code == CLD_EXITED && news->si_status == 0;

	(void)source;
	keys->pid = 0;
	end_maker(keys);
	if (!well || count_sets(keys) <= keys->before) {
		keys->given_up = true;
		log_line(LEVEL_DEBUG, NULL, "no pairing keys are made ahead: the maker made none");
	} else if (!keys->busy) {
		on_idle(NULL, 0, keys);
	}
	return 0;
}

static int start_maker(struct pair_keys *keys, unsigned count)
{
	char number[16];
	const char *argv[] = { keys->program, "--make-keys", keys->folder, number, NULL };
	struct child_order order = { .argv = argv, .in = -1, .talk = -1, .nice = NICE };
	int err, r;

	snprintf(number, sizeof number, "%u", count);
	r = child_words_open(keys->event, "muster-worker", NULL, &keys->words, &err);
	if (r < 0)
		return r;
	order.out = order.err = err;
	r = child_start(&order, &keys->pid);
	close(err);
	if (r == 0)
		r = sd_event_add_child(keys->event, &keys->child_source, keys->pid, WEXITED,
				       on_exit_of_maker, keys);
	if (r < 0)
		end_maker(keys);
	return r;
}

static int on_idle(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct pair_keys *keys = userdata;
	unsigned missing;

	(void)source;
	(void)usec;
	if (keys->busy || keys->given_up || keys->pid > 0)
		return 0;
	keys->before = count_sets(keys);
	missing = keys->before < PAIR_KEYS_TARGET ? PAIR_KEYS_TARGET - keys->before : 0;
	if (missing > PAIR_KEYS_BATCH)
		missing = PAIR_KEYS_BATCH;
	/* The maker is told how many sets there shall be. */
	if (missing > 0 && start_maker(keys, keys->before + missing) < 0)
		keys->given_up = true;
	return 0;
}

/* Removes what was offered to devices that did not come back. */
static void sweep_offers(const struct pair_keys *keys)
{
	DIR *folder = opendir(keys->folder);
	struct dirent *entry;
	struct stat file;
	time_t now = time(NULL);

	while (folder && (entry = readdir(folder)))
		if (strncmp(entry->d_name, OFFER, strlen(OFFER)) == 0 &&
		    fstatat(dirfd(folder), entry->d_name, &file, AT_SYMLINK_NOFOLLOW) == 0 &&
		    file.st_ctime < now - PAIR_KEYS_OFFER_LIFE)
			(void)unlinkat(dirfd(folder), entry->d_name, 0);
	if (folder)
		closedir(folder);
}

int pair_keys_open(sd_event *event, const char *folder, const char *program,
		   struct pair_keys **ret_keys)
{
	struct pair_keys *keys = calloc(1, sizeof *keys);

	if (!keys)
		return -ENOMEM;
	*keys = (struct pair_keys){ .event = event, .busy = true };
	keys->folder = strdup(folder);
	keys->program = strdup(program);
	if (!keys->folder || !keys->program) {
		pair_keys_close(keys);
		return -ENOMEM;
	}
	sweep_offers(keys);
	*ret_keys = keys;
	return 0;
}

void pair_keys_set_busy(struct pair_keys *keys, bool busy)
{
	if (keys->busy == busy)
		return;
	keys->busy = busy;
	if (busy)
		timer_stop(keys->idle_timer);
	else if (!keys->given_up)
		make_more_later(keys);
}

/* Opens NAME in FOLDER; -ENOENT when it is no set that can be used. */
static int open_set(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat file;

	if (fd < 0)
		return -ENOENT;
	if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode) && file.st_uid == geteuid() &&
	    file.st_size > 0 && file.st_size <= SIZE_MAX_OF_SET)
		return fd;
	close(fd);
	return -ENOENT;
}

/* Gives the set NAME to whom it is OFFERED to. Returns an fd or -ENOENT. */
static int offer_set(int folder, const char *name, const char *offered)
{
	int fd = open_set(folder, name);

	if (fd >= 0 && renameat(folder, name, folder, offered) < 0) {
		close(fd);
		fd = -ENOENT;
	}
	if (fd < 0)
		unlinkat(folder, name, 0);
	return fd;
}

static const char *offer_name(const struct udid *udid, char out[static OFFER_MAX])
{
	snprintf(out, OFFER_MAX, OFFER "%s", udid->text);
	return out;
}

int pair_keys_take(struct pair_keys *keys, const struct udid *udid, bool *ret_new)
{
	DIR *folder = opendir(keys->folder);
	char offered[OFFER_MAX];
	struct dirent *entry;
	int fd;

	if (!folder)
		return -errno;
	fd = open_set(dirfd(folder), offer_name(udid, offered));
	*ret_new = fd < 0;
	while (fd < 0 && (entry = readdir(folder)))
		if (is_set(entry->d_name))
			fd = offer_set(dirfd(folder), entry->d_name, offered);
	closedir(folder);
	return fd;
}

void pair_keys_settle(struct pair_keys *keys, const struct udid *udid, bool unused)
{
	int folder = open(keys->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char offered[OFFER_MAX], back[OFFER_MAX + sizeof ENDING];

	if (folder < 0)
		return;
	snprintf(back, sizeof back, "%s" ENDING, udid->text);
	offer_name(udid, offered);
	if (!unused || renameat(folder, offered, folder, back) < 0)
		(void)unlinkat(folder, offered, 0);
	close(folder);
}

void pair_keys_close(struct pair_keys *keys)
{
	if (!keys)
		return;
	sd_event_source_disable_unref(keys->idle_timer);
	end_maker(keys);
	free(keys->folder);
	free(keys->program);
	free(keys);
}
