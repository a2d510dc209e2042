/* SPDX-License-Identifier: Apache-2.0 */
/* usbmuxd and muster-mux restarted again and again while every device has a job: all devices come
 * back, no descriptor is lost, and at the end each has its one result. */
#include <dirent.h>
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "tests/scenario/trial.h"
#include "tests/unit/tap.h"

#define DEVICES 8
/* Of the demonstration's blueprint. A profile that nobody has confirmed cannot be seen from the
 * host: each worker sends it again, in place of the one before. */
#define PROFILES 2
/* Descriptors of each process: a lost one each restart would use them up. */
#define FILES_MAX 128
/* The first restarts are no measure: caches fill, a log is opened. */
#define WARM_UP 2
/* What is open for a moment only, for a child that has just ended or for keys being made, is not
 * open after each of so many restarts. A descriptor that is lost is. */
#define WINDOW 3

/* Nobody confirms the profiles until the end, so that each job is in the middle of its first
 * installation all the time: a worker asks for it again and again. */
static const char bench[] = "devices:\n"
			    "  - count: 8\n"
			    "    setup:\n"
			    "      approve-after: never\n"
			    "      staged-life: 60m\n";

struct restarts {
	struct trial trial;
	json_t *waiting;	  /* udid: true, of those whose worker waits for the person */
	long long slowest, limit; /* ms; no limit: 0 */
};

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* The open descriptors of PID; 0 when they cannot be seen. */
static unsigned count_files(pid_t pid)
{
	char path[64];
	unsigned count = 0;
	DIR *dir;

	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	dir = opendir(path);
	while (dir && readdir(dir))
		count++;
	if (dir)
		closedir(dir);
	return count;
}

/* The fewest descriptors of each process in a window of restarts. */
struct files {
	unsigned station, mux; /* 0: not counted, or not to be seen */
};

static void lower(unsigned *lowest, unsigned count)
{
	if (*lowest == 0 || count < *lowest)
		*lowest = count;
}

static void hear(struct restarts *restarts, const json_t *event)
{
	const char *kind = trial_text(event, "event"), *udid = trial_text(event, "udid");

	if (strcmp(kind, "detached") == 0)
		json_object_del(restarts->waiting, udid);
	else if (strcmp(kind, "wait") == 0 && strcmp(trial_text(event, "wait"), "approval") == 0 &&
		 json_is_true(json_object_get(event, "waiting")))
		json_object_set_new(restarts->waiting, udid, json_true());
	else if (strcmp(kind, "outcome") == 0)
		errx(99, "%s has ended: %s", udid, trial_text(event, "outcome"));
}

/* Waits until every device has left, or is back and its job where it was; GONE says which. */
static void await_all(struct restarts *restarts, bool gone)
{
	size_t wanted = gone ? 0 : DEVICES;
	json_t *event;

	while (json_object_size(restarts->waiting) != wanted) {
		event = trial_next_event(&restarts->trial);
		if (!event)
			errx(99, "the station has ended");
		hear(restarts, event);
		json_decref(event);
	}
}

static pid_t find_mux(const struct restarts *restarts)
{
	pid_t pid;

	if (trial_find(&restarts->trial, "muster-mux", &pid, 1) != 1)
		errx(99, "there is no muster-mux");
	return pid;
}

static void restart(struct restarts *restarts, bool ours)
{
	long long began = now_ms(), took;

	if (ours)
		kill(find_mux(restarts), SIGKILL);
	else
		json_decref(trial_ask(&restarts->trial, "{\"do\":\"mux-restart\"}"));
	await_all(restarts, true);
	await_all(restarts, false);
	took = now_ms() - began;
	if (took > restarts->slowest)
		restarts->slowest = took;
}

static void count(const struct restarts *restarts, struct files *lowest)
{
	lower(&lowest->station, count_files(restarts->trial.station));
	lower(&lowest->mux, count_files(find_mux(restarts)));
}

/* TIMES restarts of one side, and those that are no measure. */
static void run(struct restarts *restarts, bool ours, unsigned times)
{
	const char *what = ours ? "muster-mux was killed" : "usbmuxd was restarted";
	struct files before = { 0 }, after = { 0 };

	restarts->slowest = 0;
	for (unsigned i = 0; i < WARM_UP + WINDOW + times; i++) {
		restart(restarts, ours);
		if (i >= WARM_UP && i < WARM_UP + WINDOW)
			count(restarts, &before);
		if (i >= WARM_UP + times)
			count(restarts, &after);
	}
	ok(restarts->limit == 0 || restarts->slowest <= restarts->limit,
	   "%s %u times; every job went on each time, at the latest after %lld ms", what, times,
	   restarts->slowest);
	ok(after.station <= before.station, "the station has no more descriptors: %u, were %u",
	   after.station, before.station);
	if (before.mux == 0)
		tap_skip("not root: the descriptors of muster-mux cannot be seen");
	else
		ok(after.mux <= before.mux, "nor has muster-mux: %u, were %u", after.mux,
		   before.mux);
}

/* The person comes. Each device ends with its one result. */
static void finish(struct restarts *restarts)
{
	struct trial *trial = &restarts->trial;
	json_t *event, *results, *answer, *item;
	unsigned passed = 0, once = 0;
	size_t i;

	json_decref(trial_ask(
		trial, "{\"do\":\"set\",\"udid\":\"*\",\"setup\":{\"approve-after\":\"0\"}}"));
	json_decref(trial_ask(trial, "{\"do\":\"approve\",\"udid\":\"*\"}"));
	while ((event = trial_next_event(trial)))
		json_decref(event);
	is_number(trial_reap_station(trial), 0, "when the person comes, all pass");
	results = trial_results(trial);
	json_array_foreach (results, i, item)
		passed += strcmp(trial_text(item, "outcome"), "passed") == 0;
	is_number((long long)json_array_size(results), DEVICES, "each device has one result");
	is_number(passed, DEVICES, "none is lost");
	answer = trial_ask(trial, "{\"do\":\"list\"}");
	json_array_foreach (json_object_get(answer, "devices"), i, item)
		once += json_array_size(json_object_get(item, "profiles")) == PROFILES &&
			json_integer_value(json_object_get(item, "trust_dialogs")) == 1;
	is_number(once, DEVICES, "each has its profiles, and was asked for trust once");
	json_decref(answer);
	json_decref(results);
}

int main(int argc, char **argv)
{
	struct restarts restarts = { .waiting = json_object() };
	const struct rlimit files = { FILES_MAX, FILES_MAX };
	unsigned times = 5;

	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "--times") == 0)
			times = (unsigned)strtoul(argv[i + 1], NULL, 10);
		else if (strcmp(argv[i], "--within") == 0)
			restarts.limit = strtoll(argv[i + 1], NULL, 10);
		else
			errx(2, "usage: mux-restarts [--times N] [--within MILLISECONDS]");
	}
	trial_begin(&restarts.trial, DEVICES, 1, bench);
	if (setrlimit(RLIMIT_NOFILE, &files) < 0)
		err(99, "limit of descriptors");
	trial_start_station(&restarts.trial, NULL);
	await_all(&restarts, false);
	run(&restarts, false, times);
	run(&restarts, true, times);
	finish(&restarts);
	is_number(trial_end(&restarts.trial), 0, "nothing is left");
	json_decref(restarts.waiting);
	return tap_done();
}
