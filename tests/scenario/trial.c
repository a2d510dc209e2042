/* SPDX-License-Identifier: Apache-2.0 */
/* A trial: simulated devices, a station in front of them that is treated badly, and what became of
 * both. */
#define _GNU_SOURCE /* pipe2 */
#include "tests/scenario/trial.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Longest answer of the simulator and of `muster results`. */
#define ANSWER_MAX (4 << 20)
/* How often a process that must end by itself is looked at, in milliseconds. */
#define LOOK_AGAIN 5

static const char *in_dir(const struct trial *trial, const char *name, char out[static TRIAL_PATH])
{
	snprintf(out, TRIAL_PATH, "%.80s/%.40s", trial->dir, name);
	return out;
}

static const char *in_build(const struct trial *trial, const char *name, char out[static PATH_MAX])
{
	snprintf(out, PATH_MAX, "%s/%s", trial->build, name);
	return out;
}

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Starts ARGV with OUT and ERR_FILE (in the trial's directory, appended to) in their places. */
static pid_t start(const struct trial *trial, const char *const *argv, int out, const char *log)
{
	char path[TRIAL_PATH];
	int err_fd =
		open(in_dir(trial, log, path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	pid_t pid = fork();

	if (err_fd < 0 || pid < 0)
		err(99, "%s", argv[0]);
	if (pid > 0) {
		close(err_fd);
		return pid;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (dup2(out < 0 ? err_fd : out, STDOUT_FILENO) < 0 || dup2(err_fd, STDERR_FILENO) < 0)
		_exit(98);
	execv(argv[0], (char *const *)argv);
	_exit(98);
}

/* Runs ARGV to its end; returns what it printed, the caller's. */
static char *run(const struct trial *trial, const char *const *argv)
{
	char *text = malloc(ANSWER_MAX);
	size_t used = 0;
	ssize_t n = 1;
	int ends[2];
	pid_t pid;

	if (!text || pipe2(ends, O_CLOEXEC) < 0)
		err(99, "pipe");
	pid = start(trial, argv, ends[1], "tools.log");
	close(ends[1]);
	while (n > 0 && used < ANSWER_MAX - 1) {
		n = read(ends[0], text + used, ANSWER_MAX - 1 - used);
		used += n > 0 ? (size_t)n : 0;
	}
	text[used] = '\0';
	close(ends[0]);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return text;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0)
		err(99, "%s", path);
}

/* One set of keys under as many names as there are devices: to make one takes a quarter of a
 * second, and simulated devices do not mind sharing. */
static void fill_keys(const struct trial *trial)
{
	char keys[TRIAL_PATH], name[TRIAL_PATH + 16], first[TRIAL_PATH + 300], worker[PATH_MAX];
	const char *argv[] = { in_build(trial, "muster-worker", worker), "--make-keys",
			       in_dir(trial, "state/pair-keys", keys), "1", NULL };
	const struct dirent *entry;
	DIR *dir;

	if (mkdir(keys, 0700) < 0)
		err(99, "%s", keys);
	free(run(trial, argv));
	dir = opendir(keys);
	first[0] = '\0';
	while (dir && (entry = readdir(dir)))
		if (strstr(entry->d_name, ".pem"))
			snprintf(first, sizeof first, "%s/%s", keys, entry->d_name);
	if (!dir || !*first)
		errx(99, "no pairing keys");
	closedir(dir);
	for (unsigned i = 0; i < 4 * trial->devices; i++) {
		snprintf(name, sizeof name, "%s/%u.pem", keys, i);
		if (link(first, name) < 0)
			err(99, "%s", name);
	}
}

static void start_simulator(struct trial *trial, uint64_t seed, const char *setup)
{
	char program[PATH_MAX], bench[TRIAL_PATH], socket[TRIAL_PATH], control[TRIAL_PATH];
	char seed_text[32], text[4096], byte;
	const char *argv[] = { in_build(trial, "muster-sim", program),
			       "--socket",
			       in_dir(trial, "usbmuxd", socket),
			       "--control",
			       in_dir(trial, "control", control),
			       "--bench",
			       in_dir(trial, "bench.yaml", bench),
			       "--seed",
			       seed_text,
			       "--ready-fd",
			       "1",
			       NULL };
	int ready[2];

	snprintf(seed_text, sizeof seed_text, "%llu", (unsigned long long)(seed % 1000000 + 1));
	snprintf(text, sizeof text, "devices:\n  - count: %u\n    setup:\n%s", trial->devices,
		 setup);
	write_file(bench, text);
	if (pipe2(ready, O_CLOEXEC) < 0)
		err(99, "pipe");
	trial->simulator = start(trial, argv, ready[1], "simulator.log");
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		errx(99, "muster-sim does not listen");
	close(ready[0]);
}

void trial_begin(struct trial *trial, unsigned devices, uint64_t seed, const char *setup)
{
	char path[TRIAL_PATH];
	const char *build = getenv("MUSTER_BUILD"), *source = getenv("MUSTER_SOURCE");

	*trial = (struct trial){ .build = build ? build : "build",
				 .source = source ? source : ".",
				 .dir = "/tmp/muster-trial.XXXXXX",
				 .devices = devices,
				 .events = -1 };
	if (!mkdtemp(trial->dir))
		err(99, "%s", trial->dir);
	/* What a killed station leaves behind comes to us. */
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0 || mkdir(in_dir(trial, "state", path), 0700) < 0 ||
	    mkdir(in_dir(trial, "run", path), 0700) < 0)
		err(99, "%s", trial->dir);
	setenv("XDG_RUNTIME_DIR", path, 1);
	fill_keys(trial);
	start_simulator(trial, seed, setup);
	snprintf(path, sizeof path, "UNIX:%.80s/usbmuxd", trial->dir);
	setenv("USBMUXD_SOCKET_ADDRESS", path, 1);
}

/* Reaps all that have ended. Returns how many of ours still live beside the simulator. */
static unsigned count_living(const struct trial *trial)
{
	char path[64], text[4096];
	unsigned count = 0;
	FILE *file;
	pid_t pid;
	int len;

	/* Of the station and the simulator the status is wanted elsewhere. */
	snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
	file = fopen(path, "re");
	if (!file)
		err(99, "%s", path);
	len = (int)fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[len] = '\0';
	for (char *rest = text, *word; (word = strtok_r(rest, " ", &rest));) {
		pid = (pid_t)atoi(word);
		if (pid > 0 && pid != trial->simulator && pid != trial->station)
			count += waitpid(pid, NULL, WNOHANG) == 0;
	}
	return count;
}

static unsigned await_orphans(const struct trial *trial)
{
	long long end = now_ms() + TRIAL_LIMIT / 6;
	unsigned count;

	while ((count = count_living(trial)) > 0 && now_ms() < end)
		poll(NULL, 0, LOOK_AGAIN);
	return count;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	(void)remove(path);
	return 0;
}

unsigned trial_end(struct trial *trial)
{
	unsigned left;

	if (trial->station > 0) {
		kill(trial->station, SIGKILL);
		(void)trial_reap_station(trial);
	}
	left = await_orphans(trial);
	kill(trial->simulator, SIGTERM);
	while (waitpid(trial->simulator, NULL, 0) < 0 && errno == EINTR)
		;
	if (getenv("TRIAL_KEEP"))
		printf("# kept: %s\n", trial->dir);
	else
		(void)nftw(trial->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return left;
}

void trial_start_station(struct trial *trial, const char *shim)
{
	char muster[PATH_MAX], blueprint[PATH_MAX], state[TRIAL_PATH], expect[16],
		library[PATH_MAX];
	const char *argv[] = { in_build(trial, "muster", muster),
			       "--state",
			       in_dir(trial, "state", state),
			       "run",
			       "--view",
			       "json",
			       "--verbose",
			       "--expect",
			       expect,
			       "--blueprint",
			       blueprint,
			       NULL };
	int ends[2];

	snprintf(expect, sizeof expect, "%u", trial->devices);
	snprintf(blueprint, sizeof blueprint, "%s/profiles/examples/demo.yaml", trial->source);
	if (pipe2(ends, O_CLOEXEC) < 0)
		err(99, "pipe");
	if (shim) {
		setenv("LD_PRELOAD", in_build(trial, "tests/scenario/disk-shim.so", library), 1);
		setenv("MUSTER_DISK", shim, 1);
	}
	trial->station = start(trial, argv, ends[1], "station.log");
	unsetenv("LD_PRELOAD");
	unsetenv("MUSTER_DISK");
	close(ends[1]);
	trial->events = ends[0];
	trial->used = 0;
}

/* Reads more events; false when there will be no more. */
static bool read_more(struct trial *trial)
{
	struct pollfd more = { .fd = trial->events, .events = POLLIN };
	ssize_t n;

	if (trial->used == sizeof trial->buffer)
		errx(99, "an event without an end");
	if (poll(&more, 1, TRIAL_LIMIT) <= 0)
		errx(99, "the station has said nothing for %d ms; look into %s", TRIAL_LIMIT,
		     trial->dir);
	n = read(trial->events, trial->buffer + trial->used, sizeof trial->buffer - trial->used);
	if (n <= 0)
		return false;
	trial->used += (size_t)n;
	return true;
}

json_t *trial_next_event(struct trial *trial)
{
	json_t *event;
	char *end;

	while (!(end = memchr(trial->buffer, '\n', trial->used)))
		if (!read_more(trial))
			return NULL;
	event = json_loadb(trial->buffer, (size_t)(end - trial->buffer), 0, NULL);
	if (!event)
		errx(99, "an event that is no JSON");
	trial->used -= (size_t)(end + 1 - trial->buffer);
	memmove(trial->buffer, end + 1, trial->used);
	return event;
}

int trial_reap_station(struct trial *trial)
{
	int status;

	while (waitpid(trial->station, &status, 0) < 0)
		if (errno != EINTR)
			err(99, "the station");
	trial->station = 0;
	close(trial->events);
	trial->events = -1;
	/* They notice by themselves; the next station must not meet them. */
	(void)await_orphans(trial);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static bool is_called(pid_t pid, const char *name)
{
	char path[64], text[32] = "";
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(text, sizeof text, file))
		text[0] = '\0';
	fclose(file);
	text[strcspn(text, "\n")] = '\0';
	return strcmp(text, name) == 0;
}

unsigned trial_find(const struct trial *trial, const char *name, pid_t *ret_pids, unsigned most)
{
	char path[64];
	unsigned count = 0;
	FILE *file;
	int pid;

	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)trial->station,
		 (int)trial->station);
	file = fopen(path, "re");
	while (file && count < most && fscanf(file, "%d", &pid) == 1)
		if (is_called(pid, name))
			ret_pids[count++] = pid;
	if (file)
		fclose(file);
	return count;
}

json_t *trial_ask(const struct trial *trial, const char *line)
{
	char program[PATH_MAX], control[TRIAL_PATH];
	const char *argv[] = { in_build(trial, "sim-ask", program),
			       in_dir(trial, "control", control), line, NULL };
	char *text = run(trial, argv);
	json_t *answer = json_loads(text, 0, NULL);

	if (!answer || !json_is_true(json_object_get(answer, "ok")))
		errx(99, "the simulator answers %s with %s", line, text);
	free(text);
	return answer;
}

json_t *trial_results(const struct trial *trial)
{
	char program[PATH_MAX], state[TRIAL_PATH];
	const char *argv[] = { in_build(trial, "muster", program),
			       "--state",
			       in_dir(trial, "state", state),
			       "results",
			       "--json",
			       NULL };
	char *text = run(trial, argv);
	json_t *answer = json_loads(text, 0, NULL);
	json_t *results = json_incref(json_object_get(answer, "results"));

	if (!json_is_array(results))
		errx(99, "no results: %s", text);
	json_decref(answer);
	free(text);
	return results;
}

/* SplitMix64. */
uint64_t trial_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

const char *trial_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}
