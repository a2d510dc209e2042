/* SPDX-License-Identifier: Apache-2.0 */
/* A station whose ledger cannot be written: it says so, stops its jobs at a safe point, ends with
 * 4, and has lost nothing that it had shown; with a sound disk the next one goes on. */
#include <err.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/scenario/trial.h"
#include "tests/unit/tap.h"

#define DEVICES 3
/* Installations of a device by the demonstration's blueprint. */
#define INSTALLS 2
/* Operations of a run of three devices, about; later ones are not reached. */
#define OPERATIONS 240

static const char bench[] = "devices:\n"
			    "  - count: 3\n"
			    "    setup:\n"
			    "      install-latency: 5ms\n"
			    "      request-latency: 1ms\n";

/* What a station said before its end. */
struct said {
	json_t *passed;	   /* udid: true */
	unsigned outcomes; /* final ones */
	bool trouble;	   /* it named its ledger */
	bool later;	   /* something of a device was told after that, other than its leaving */
};

/* An outcome of a station that ends is no final one. */
static void hear(struct said *said, const json_t *event)
{
	const char *kind = trial_text(event, "event"), *outcome = trial_text(event, "outcome");

	if (strcmp(kind, "station") == 0 && strstr(trial_text(event, "text"), "ledger"))
		said->trouble = true;
	else if (said->trouble && strcmp(kind, "station") != 0)
		said->later = true;
	if (strcmp(kind, "outcome") != 0 || strcmp(outcome, "interrupted") == 0)
		return;
	said->outcomes++;
	if (strcmp(outcome, "passed") == 0)
		json_object_set_new(said->passed, trial_text(event, "udid"), json_true());
}

static struct said hear_all(struct trial *trial)
{
	struct said said = { .passed = json_object() };
	json_t *event;

	while ((event = trial_next_event(trial))) {
		hear(&said, event);
		json_decref(event);
	}
	return said;
}

/* Whether each device that was shown as passed is so in the ledger. */
static bool is_kept(const struct trial *trial, const struct said *said)
{
	json_t *results = trial_results(trial), *result, *value;
	const char *udid;
	bool kept = true;
	size_t i;

	json_object_foreach (said->passed, udid, value) {
		bool found = false;

		json_array_foreach (results, i, result)
			found |= strcmp(trial_text(result, "udid"), udid) == 0 &&
				 strcmp(trial_text(result, "outcome"), "passed") == 0;
		kept &= found;
	}
	json_decref(results);
	return kept;
}

/* Whether each device has passed once, with nothing done to it twice. */
static bool is_whole(const struct trial *trial)
{
	json_t *results = trial_results(trial), *result;
	json_t *answer = trial_ask(trial, "{\"do\":\"list\"}"), *device;
	bool whole = json_array_size(results) == DEVICES;
	size_t i;

	json_array_foreach (results, i, result)
		whole &= strcmp(trial_text(result, "outcome"), "passed") == 0;
	json_array_foreach (json_object_get(answer, "devices"), i, device)
		whole &= json_integer_value(json_object_get(device, "installs")) == INSTALLS;
	json_decref(answer);
	json_decref(results);
	return whole;
}

/* A sound disk again: goes on to the end. */
static bool goes_on(struct trial *trial)
{
	struct said said;
	int status;

	trial_start_station(trial, NULL);
	said = hear_all(trial);
	json_decref(said.passed);
	status = trial_reap_station(trial);
	if (status != 0)
		printf("# the next station ended with %d\n", status);
	return status == 0 && is_whole(trial);
}

/* One run with SHIM. Returns whether the disk failed in it. */
static bool run_with(const char *shim)
{
	struct trial trial;
	struct said said;
	unsigned left;
	int status;
	bool kept, on;

	trial_begin(&trial, DEVICES, 1, bench);
	trial_start_station(&trial, shim);
	said = hear_all(&trial);
	status = trial_reap_station(&trial);
	/* A station that cannot even open its ledger has no view yet: it says so on stderr. */
	if (said.outcomes == 0 && !said.trouble)
		said.trouble = trial_log_has(&trial, "ledger");
	kept = is_kept(&trial, &said);
	on = goes_on(&trial);
	left = trial_end(&trial);
	if (status == 0)
		ok(said.outcomes == DEVICES && kept && on && left == 0,
		   "%s: comes after the last operation", shim);
	else
		ok(status == 4 && said.trouble && !said.later && kept && on && left == 0,
		   "%s: status %d, %s, %s, what was shown is %s, the next start %s, %u left", shim,
		   status, said.trouble ? "said" : "not said",
		   said.later ? "more told after it" : "nothing told after it",
		   kept ? "kept" : "lost", on ? "goes on" : "does not go on", left);
	json_decref(said.passed);
	return status != 0;
}

/* Every STEPth operation, from FIRST, until the disk is not reached any more. */
static void run_each(const char *mode, unsigned first, unsigned step)
{
	char shim[32];
	unsigned at = first;

	do
		snprintf(shim, sizeof shim, "%s:%u", mode, at);
	while (run_with(shim) && (at += step) < 2 * OPERATIONS);
}

/* Another program takes the ledger for itself. */
static bool hold_ledger(const struct trial *trial, sqlite3 **ret_other)
{
	char path[TRIAL_PATH];

	return sqlite3_open(trial_ledger(trial, path), ret_other) == SQLITE_OK &&
	       sqlite3_busy_timeout(*ret_other, 5000) == SQLITE_OK &&
	       sqlite3_exec(*ret_other, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
}

/* Another program holds the ledger for longer than the station waits. */
static void run_busy(void)
{
	struct trial trial;
	struct said said = { .passed = json_object() };
	sqlite3 *other = NULL;
	json_t *event;
	bool held = false, kept, on;
	int status;

	trial_begin(&trial, DEVICES, 1, bench);
	trial_start_station(&trial, NULL);
	while ((event = trial_next_event(&trial))) {
		hear(&said, event);
		if (!held && strcmp(trial_text(event, "event"), "identified") == 0)
			held = hold_ledger(&trial, &other);
		json_decref(event);
	}
	status = trial_reap_station(&trial);
	(void)sqlite3_close(other);
	kept = is_kept(&trial, &said);
	on = goes_on(&trial);
	ok(held && status == 4 && said.trouble && !said.later && kept && on,
	   "busy: status %d, %s, what was shown is %s, the next start %s", status,
	   said.trouble ? "said" : "not said", kept ? "kept" : "lost",
	   on ? "goes on" : "does not go on");
	is_number(trial_end(&trial), 0, "nothing is left");
	json_decref(said.passed);
}

int main(int argc, char **argv)
{
	unsigned step = 79;

	if (argc == 3 && strcmp(argv[1], "--step") == 0)
		step = (unsigned)strtoul(argv[2], NULL, 10);
	if ((argc != 1 && argc != 3) || step == 0)
		errx(2, "usage: disk-trouble [--step N]");
	run_each("eio", 1, step);
	run_each("enospc", 2, step);
	run_each("once", 3, step);
	run_busy();
	return tap_done();
}
