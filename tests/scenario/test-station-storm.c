/* SPDX-License-Identifier: Apache-2.0 */
/* Ten thousand events on the bus, in bursts that the station's socket does not hold: after each its
 * board shows what is plugged in, and nothing of it has grown. */
#define _GNU_SOURCE /* syscall */
#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <linux/netlink.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/unit/bus_storm.h"
#include "tests/unit/patience.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* Bursts, and events in each: a burst overruns a buffer that holds a dozen. */
#define BURSTS	     100
#define BURST_EVENTS 100
#define SMALL_BUFFER 8192
/* After so many bursts what is kept has been asked for: each slot, and, once the station has set a
 * device aside, the ledger. */
#define WARM 20
/* How long the board may take, in milliseconds: what was set aside stays on it for a second after
 * it left, as a hub that is reset has its devices back by then. */
#define BOARD_LIMIT 2000
/* What the heap may have more in use after the last burst, in KiB: the ledger's own cache of pages
 * is 2000. */
#define HEAP_SLACK 2048

struct bench {
	char dir[SCRATCH_PATH], state[SCRATCH_PATH], log[SCRATCH_PATH];
	char program[4096], mux[4096], worker[4096];
	pid_t station;
};

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static const char *from(const char *variable, const char *otherwise)
{
	const char *value = getenv(variable);

	return value ? value : otherwise;
}

static void make_bench(struct bench *bench)
{
	char usbmuxd[SCRATCH_PATH + 16];

	scratch_make(bench->dir);
	scratch_path(bench->state, bench->dir, "state");
	scratch_path(bench->log, bench->dir, "log");
	snprintf(bench->program, sizeof bench->program, "%s/muster", from("MUSTER_BUILD", "."));
	snprintf(bench->mux, sizeof bench->mux, "%s/tests/workers/mux-none.sh",
		 from("MUSTER_SOURCE", "."));
	/* It works on nothing, and makes no keys. */
	snprintf(bench->worker, sizeof bench->worker, "%s/tests/workers/good.sh",
		 from("MUSTER_SOURCE", "."));
	setenv("MUSTER_TEST_FOLDER", bench->dir, 1);
	snprintf(usbmuxd, sizeof usbmuxd, "UNIX:%s/usbmuxd", bench->dir);
	setenv("USBMUXD_SOCKET_ADDRESS", usbmuxd, 1);
}

/* A station whose usbmuxd shows nothing, and is waited for all the time. Returns when it is ready.
 */
static bool start_station(struct bench *bench)
{
	int ready[2];
	char byte;

	if (pipe(ready) < 0)
		return false;
	bench->station = fork();
	if (bench->station == 0) {
		dup2(ready[1], 9);
		close(ready[0]);
		close(ready[1]);
		dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
		dup2(open(bench->log, O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
		execl(bench->program, bench->program, "--state", bench->state, "run", "--view",
		      "none", "--mux", bench->mux, "--worker", bench->worker, "--reach", "3600",
		      "--ready-fd", "9", NULL);
		_exit(127);
	}
	close(ready[1]);
	return read(ready[0], &byte, 1) == 1 && close(ready[0]) == 0;
}

/* Gives the station's uevent socket, FD of process PROCESS, a small buffer. Returns 0 when it is
 * another descriptor. */
static int shrink(int process, int fd)
{
	int mine = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
	int protocol = -1, small = SMALL_BUFFER;
	socklen_t len = sizeof protocol;
	bool is_uevents = mine >= 0 &&
			  getsockopt(mine, SOL_SOCKET, SO_PROTOCOL, &protocol, &len) == 0 &&
			  protocol == NETLINK_KOBJECT_UEVENT &&
			  getsockopt(mine, SOL_SOCKET, SO_DOMAIN, &protocol, &len) == 0 &&
			  protocol == AF_NETLINK;
	int done = is_uevents && setsockopt(mine, SOL_SOCKET, SO_RCVBUF, &small, sizeof small) == 0;

	if (mine >= 0)
		close(mine);
	return done;
}

/* Calls EACH, if any, for each descriptor of the station. Returns how many it has, or for how many
 * EACH returned 1. */
static int each_descriptor(const struct bench *bench, int (*each)(int process, int fd))
{
	int process = (int)syscall(SYS_pidfd_open, bench->station, 0);
	char path[64];
	const struct dirent *entry;
	DIR *folder;
	int count = 0;

	snprintf(path, sizeof path, "/proc/%d/fd", (int)bench->station);
	folder = opendir(path);
	while (folder && (entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			count += each ? each(process, atoi(entry->d_name)) : 1;
	closedir(folder);
	close(process);
	return count;
}

/* Whether TEXT is in the station's log, now or soon. */
static bool await_log(const struct bench *bench, const char *text)
{
	long long until = now_ms() + (long long)BOARD_LIMIT * patience();
	bool found = false;
	size_t size;

	while (!found && now_ms() < until) {
		char *log = scratch_read(bench->log, &size);

		found = log && strstr(log, text);
		free(log);
	}
	return found;
}

/* Whether the station comes back to that many descriptors: those who ask for its board are gone a
 * moment before it has noticed. */
static bool has_descriptors(const struct bench *bench, int count)
{
	long long until = now_ms() + (long long)BOARD_LIMIT * patience();

	while (each_descriptor(bench, NULL) > count)
		if (now_ms() > until)
			return false;
	return true;
}

/* The station's heap and stacks in KiB, without what belongs to files. */
static long memory(const struct bench *bench)
{
	char path[64], line[128];
	long kib = -1;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)bench->station);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "RssAnon: %ld", &kib) == 1)
			break;
	fclose(file);
	return kib;
}

/* The board's devices, the caller's reference; NULL when the station does not answer. */
static json_t *ask_board(const struct bench *bench)
{
	char command[8192];
	json_t *board, *devices;
	FILE *pipe;

	snprintf(command, sizeof command, "'%s' --state '%s' devices --json 2>&1", bench->program,
		 bench->state);
	pipe = popen(command, "re");
	board = json_loadf(pipe, 0, NULL);
	pclose(pipe);
	devices = json_incref(json_object_get(board, "devices"));
	json_decref(board);
	return devices;
}

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value ? value : "";
}

static const json_t *device_at(const json_t *devices, const char *port)
{
	size_t i;
	const json_t *device;

	json_array_foreach ((json_t *)devices, i, device)
		if (strcmp(text(device, "port"), port) == 0)
			return device;
	return NULL;
}

/* Whether the board has the device that is plugged in THERE, or none when none is. */
static bool port_is_right(const json_t *devices, const struct storm_port *there)
{
	const json_t *device = device_at(devices, there->port);
	bool normal = strcmp(there->device.product, "12a8") == 0;
	char udid[UDID_MAX + 1];

	if (!device || !there->plugged)
		return !device && !there->plugged;
	snprintf(udid, sizeof udid, "%.8s-%s", there->serial, there->serial + 8);
	return strcmp(text(device, "mode"), normal ? "normal" : "recovery") == 0 &&
	       (!normal || strcmp(text(device, "udid"), udid) == 0);
}

static bool board_is_right(const struct bench *bench)
{
	json_t *devices = ask_board(bench);
	bool right = devices != NULL;
	size_t plugged = 0;

	for (size_t i = 0; right && i < STORM_PORTS; i++) {
		right = port_is_right(devices, storm_port(i));
		plugged += storm_port(i)->plugged;
	}
	right = right && json_array_size(devices) == plugged;
	json_decref(devices);
	return right;
}

/* Has a burst of events happen while the station does not run. Returns how long after it its board
 * was right, in milliseconds; -1 when it was not in time. */
static long long stand_burst(const struct bench *bench)
{
	long long began, limit = (long long)BOARD_LIMIT * patience();

	kill(bench->station, SIGSTOP);
	for (int i = 0; i < BURST_EVENTS; i++)
		storm_stir();
	kill(bench->station, SIGCONT);
	began = now_ms();
	while (!board_is_right(bench))
		if (now_ms() - began > limit)
			return -1;
	return now_ms() - began;
}

/* The overruns that the station has said. */
static int count_overruns(const struct bench *bench)
{
	size_t size;
	char *log = scratch_read(bench->log, &size), *line = log;
	int count = 0;

	while (line && (line = strstr(line, "the kernel lost events of the bus (")))
		count = atoi(strchr(line++, '(') + 1);
	free(log);
	return count;
}

static void stand_storm(const struct bench *bench)
{
	long long slowest = 0, took;
	long warm_memory = 0;
	int right = 0, files = 0;

	for (int burst = 0; burst < BURSTS && right == burst; burst++) {
		if (burst == WARM) {
			ok(await_log(bench, "set-aside"), "it sets devices in recovery aside");
			files = each_descriptor(bench, NULL);
			warm_memory = memory(bench);
		}
		took = stand_burst(bench);
		right += took >= 0;
		slowest = took > slowest ? took : slowest;
	}
	printf("# %d overruns, the slowest board after %lld ms, %ld KiB grown\n",
	       count_overruns(bench), slowest, memory(bench) - warm_memory);
	is_number(right, BURSTS, "after each burst the board is the bus");
	ok(count_overruns(bench) >= BURSTS, "each burst was an overrun");
	ok(has_descriptors(bench, files), "as many files open as before");
#ifdef WITH_SANITIZERS
	tap_skip("a sanitizer keeps what was freed");
#else
	ok(memory(bench) - warm_memory <= HEAP_SLACK, "and as much memory in use");
#endif
}

int main(void)
{
	const char *why = cage_enter();
	struct bench bench;
	int status = -1;

	if (why) {
		tap_skip(why);
		return tap_done();
	}
	make_bench(&bench);
	storm_begin(1);
	ok(cage_sit_as_udevd() >= 0, "a udevd");
	if (!ok(start_station(&bench), "a station on an empty bus"))
		return tap_done();
	is_number(each_descriptor(&bench, shrink), 1, "its buffer is too small");
	stand_storm(&bench);
	kill(bench.station, SIGTERM);
	ok(waitpid(bench.station, &status, 0) == bench.station && WIFEXITED(status), "it ends");
	scratch_remove(bench.dir);
	return tap_done();
}
