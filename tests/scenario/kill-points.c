/* SPDX-License-Identifier: Apache-2.0 */
/* Batches whose station, muster-mux and workers are killed at seeded moments: every device ends
 * with one result, and nothing is done to it twice. */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/scenario/trial.h"
#include "tests/unit/tap.h"

#define DEVICES 16
/* Points in one batch: with more, little of it would be left to kill. */
#define POINTS_A_BATCH 6
/* A point comes at the latest after so many events, of about 300 that an undisturbed batch has … */
#define EVENTS_MOST 80
/* … or after so many writes and syncs of the ledger. */
#define OPERATIONS_MOST 400
/* Installations of a device by the demonstration's blueprint. */
#define INSTALLS 2

/* Everybody is quick, but not so quick that nothing is ever under way. */
static const char bench[] = "devices:\n"
			    "  - count: 16\n"
			    "    setup:\n"
			    "      trust-after: 30ms\n"
			    "      install-latency: 10ms\n"
			    "      request-latency: 1ms\n";

enum victim {
	STATION,
	MUX,
	WORKER,
	VICTIMS
};
static const char *const programs[VICTIMS] = { "muster", "muster-mux", "muster-worker" };

struct batch {
	struct trial trial;
	uint64_t random;
	unsigned killed[VICTIMS];
	json_t *told; /* udid: the outcome that was shown */
	unsigned wrong;
};

/* Where the next kill is to be. */
struct point {
	enum victim victim;
	unsigned events; /* after so many of them; 0: the shim does it */
	char shim[32];	 /* "" none */
};

static void complain(struct batch *batch, const char *udid, const char *what, long long number)
{
	printf("# %s: %s %lld\n", udid, what, number);
	batch->wrong++;
}

static struct point choose(struct batch *batch)
{
	struct point point = { .victim = (enum victim)(trial_random(&batch->random) % VICTIMS) };
	uint64_t at = trial_random(&batch->random), how = trial_random(&batch->random);

	/* Between two events the ledger is written to: half of the stations die in the middle. A
	 * station gets its shim when it starts. */
	if (point.victim == STATION && how % 2 == 0 && batch->trial.station == 0)
		snprintf(point.shim, sizeof point.shim, "%s:%u", how % 4 ? "kill" : "killed",
			 (unsigned)(at % OPERATIONS_MOST) + 1);
	else
		point.events = (unsigned)(at % EVENTS_MOST) + 1;
	return point;
}

/* What was shown must stand, for good. */
static void keep_told(struct batch *batch, const json_t *event)
{
	const char *udid = trial_text(event, "udid"), *outcome = trial_text(event, "outcome");
	const char *before = trial_text(batch->told, udid);

	if (strcmp(trial_text(event, "event"), "outcome") != 0 ||
	    strcmp(outcome, "interrupted") == 0)
		return;
	if (*before && strcmp(before, outcome) != 0)
		complain(batch, udid, "another outcome was shown before", 0);
	json_object_set_new(batch->told, udid, json_string(outcome));
}

/* Reads events until the victim can be killed. Returns false at the end of the station. */
static bool await_point(struct batch *batch, const struct point *point, pid_t *ret_victim)
{
	struct trial *trial = &batch->trial;
	pid_t pids[TRIAL_DEVICES_MAX];
	unsigned seen = 0, count;
	json_t *event;

	while ((event = trial_next_event(trial))) {
		keep_told(batch, event);
		json_decref(event);
		if (point->events == 0 || ++seen < point->events)
			continue;
		if (point->victim == STATION) {
			*ret_victim = trial->station;
			return true;
		}
		count = trial_find(trial, programs[point->victim], pids, TRIAL_DEVICES_MAX);
		if (count > 0) {
			*ret_victim = pids[trial_random(&batch->random) % count];
			return true;
		}
	}
	return false;
}

/* One more kill, or the station's own end. Returns -1 to go on, or its exit status. */
static int go_to_point(struct batch *batch, const struct point *point)
{
	struct trial *trial = &batch->trial;
	pid_t victim;
	int status;

	if (trial->station == 0)
		trial_start_station(trial, *point->shim ? point->shim : NULL);
	if (await_point(batch, point, &victim)) {
		kill(victim, SIGKILL);
		batch->killed[point->victim]++;
		if (point->victim != STATION)
			return -1;
		/* What it had told may still be on its way. */
		(void)await_point(batch, &(struct point){ .victim = STATION }, &victim);
	}
	status = trial_reap_station(trial);
	if (status == -SIGKILL) {
		batch->killed[STATION] += *point->shim != '\0';
		return -1;
	}
	return status;
}

static unsigned killed(const struct batch *batch)
{
	return batch->killed[STATION] + batch->killed[MUX] + batch->killed[WORKER];
}

/* A worker that was killed is no reason to give the device up. */
static void check_result(struct batch *batch, const json_t *result)
{
	const char *udid = trial_text(result, "udid"), *outcome = trial_text(result, "outcome");
	const json_t *fault = json_object_get(result, "fault");
	const char *told = trial_text(batch->told, udid);
	json_t *step;
	size_t i;

	if (strcmp(outcome, "passed") != 0) {
		complain(batch, udid, outcome, 0);
		complain(batch, udid, trial_text(fault, "name"), 0);
		complain(batch, udid, trial_text(fault, "sentence"), 0);
	}
	if (strcmp(outcome, told) != 0)
		complain(batch, udid, "the result is not what was shown", 0);
	json_array_foreach (json_object_get(result, "steps"), i, step)
		if (strcmp(trial_text(step, "outcome"), "done") != 0 &&
		    strcmp(trial_text(step, "outcome"), "already") != 0)
			complain(batch, udid, trial_text(step, "step"), 0);
}

static void check_results(struct batch *batch)
{
	json_t *results = trial_results(&batch->trial), *count = json_object(), *result;
	size_t i;

	json_array_foreach (results, i, result) {
		const char *udid = trial_text(result, "udid");

		check_result(batch, result);
		if (json_object_get(count, udid))
			complain(batch, udid, "more than one result", 0);
		json_object_set_new(count, udid, json_true());
	}
	if (json_object_size(count) != DEVICES)
		complain(batch, "results",
			 "not of all devices:", (long long)json_object_size(count));
	json_decref(count);
	json_decref(results);
}

/* What the devices say of it. */
static void check_devices(struct batch *batch)
{
	json_t *answer = trial_ask(&batch->trial, "{\"do\":\"list\"}"), *device;
	size_t i;

	json_array_foreach (json_object_get(answer, "devices"), i, device) {
		const char *udid = trial_text(device, "udid");
		long long installs = json_integer_value(json_object_get(device, "installs"));
		long long dialogs = json_integer_value(json_object_get(device, "trust_dialogs"));

		if (installs != INSTALLS)
			complain(batch, udid, "installations:", installs);
		if (dialogs != 1)
			complain(batch, udid, "Trust dialogs:", dialogs);
		if (json_array_size(json_object_get(device, "profiles")) != INSTALLS)
			complain(batch, udid, "profiles are missing", 0);
	}
	json_decref(answer);
}

/* A batch to its end. Returns how many points it had. */
static unsigned run_batch(uint64_t seed, unsigned points)
{
	struct batch batch = { .random = seed, .told = json_object() };
	struct point none = { .victim = STATION, .events = 1000000 };
	int status = -1;
	unsigned left;

	trial_begin(&batch.trial, DEVICES, seed, bench);
	while (status < 0) {
		struct point point = none;

		if (killed(&batch) < points)
			point = choose(&batch);
		status = go_to_point(&batch, &point);
	}
	if (status != 0)
		complain(&batch, "the station", "ended with", status);
	check_results(&batch);
	check_devices(&batch);
	left = trial_end(&batch.trial);
	if (left > 0)
		complain(&batch, "processes", "left behind:", left);
	ok(batch.wrong == 0,
	   "--seed %llu: %u stations, %u muxes, %u workers killed; each device has one result",
	   (unsigned long long)seed, batch.killed[STATION], batch.killed[MUX],
	   batch.killed[WORKER]);
	json_decref(batch.told);
	return killed(&batch);
}

int main(int argc, char **argv)
{
	unsigned long long seed = 1;
	unsigned points = 10, done = 0;

	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "--seed") == 0)
			seed = strtoull(argv[i + 1], NULL, 10);
		else if (strcmp(argv[i], "--points") == 0)
			points = (unsigned)strtoul(argv[i + 1], NULL, 10);
		else
			errx(2, "usage: kill-points [--seed N] [--points N]");
	}
	while (done < points)
		done += run_batch(seed++,
				  points - done < POINTS_A_BATCH ? points - done : POINTS_A_BATCH);
	return tap_done();
}
