/* SPDX-License-Identifier: Apache-2.0 */
/* A bench of 64, eight of them faulty in a seeded mix: each of these has its fault, and the other
 * 56 do not notice, not in their time either. */
#include <err.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/scenario/trial.h"
#include "tests/unit/tap.h"

#define DEVICES 64
#define FAULTY	8
/* Installations of a device by the demonstration's blueprint. */
#define INSTALLS 2

/* Faults of a simulated device that end its job by themselves, and quickly, and what they are. */
static const struct {
	const char *fault, *name;
} faults[] = {
	{ "trust-denied", "trust-denied" },
	{ "profile-refused", "profile-refused" },
	{ "profile-refused=4009:10", "profile-refused" },
	{ "no-tls", "link-not-private" },
	{ "bad-plist", "answer-malformed" },
	{ "half-plist", "answer-malformed" },
	{ "deep-bplist", "worker-died" },
	{ "wrong-types", "answer-malformed" },
	{ "tls-refused", "tls-failed" },
	{ "tls-closed", "tls-failed" },
	{ "tls-garbage", "tls-failed" },
	{ "service-limit", "service-busy" },
	{ "record-refused", "record-unsaved" },
};
/* What a device without a fault does: nothing that takes time; or as in a demonstration, where a
 * person taps and a device takes its time to answer. */
#define AT_ONCE "      request-latency: 1ms\n"
#define AS_SHOWN                    \
	"      trust-after: 1s\n"   \
	"      approve-after: 1s\n" \
	"      request-latency: 20ms\n"
/* A device may take this much longer beside the others than alone, in percent. */
#define SLOWER_MAX 150
/* Of the nth faulty device. */
#define UDID   "00008101-00FA0171%08X"
#define FAULTS (sizeof faults / sizeof faults[0])

/* A bench of COUNT devices of that PACE. Returns its length. */
static size_t plan_good(const char *pace, unsigned count, char *text, size_t room)
{
	return (size_t)snprintf(text, room, "devices:\n  - count: %u\n    setup:\n%s", count, pace);
}

/* The bench, and which fault its nth faulty device has. */
static void plan(uint64_t random, const char *pace, char *text, size_t room,
		 size_t chosen[static FAULTY])
{
	size_t used = plan_good(pace, DEVICES - FAULTY, text, room);

	for (unsigned i = 0; i < FAULTY; i++) {
		chosen[i] = trial_random(&random) % FAULTS;
		used += (size_t)snprintf(text + used, room - used,
					 "  - udid: " UDID "\n    faults: [ \"%s\" ]\n", i,
					 faults[chosen[i]].fault);
	}
	if (used >= room)
		errx(99, "no room for the bench");
}

static bool is_passed(const json_t *result)
{
	return strcmp(trial_text(result, "outcome"), "passed") == 0;
}

static void check_faulty(const json_t *results, const size_t chosen[static FAULTY])
{
	json_t *result;
	size_t i;

	for (unsigned k = 0; k < FAULTY; k++) {
		const char *got = "no result";
		char udid[40];

		snprintf(udid, sizeof udid, UDID, k);
		json_array_foreach (results, i, result) {
			if (strcmp(trial_text(result, "udid"), udid) == 0)
				got = is_passed(result)
					      ? "passed"
					      : trial_text(json_object_get(result, "fault"),
							   "name");
		}
		ok(strcmp(got, faults[chosen[k]].name) == 0, "%s: %s", faults[chosen[k]].fault,
		   got);
	}
}

/* Whether all the others have passed, with everything done to them once. */
static void check_others(const struct trial *trial, const json_t *results)
{
	json_t *answer = trial_ask(trial, "{\"do\":\"list\"}"), *result, *device;
	unsigned passed = 0, well = 0;
	size_t i;

	json_array_foreach (results, i, result)
		passed += is_passed(result);
	json_array_foreach (json_object_get(answer, "devices"), i, device)
		well += json_integer_value(json_object_get(device, "installs")) == INSTALLS &&
			json_integer_value(json_object_get(device, "trust_dialogs")) == 1 &&
			json_array_size(json_object_get(device, "profiles")) == INSTALLS;
	json_decref(answer);
	is_number((long long)json_array_size(results), DEVICES, "each device has one result");
	is_number(passed, DEVICES - FAULTY, "all without a fault pass");
	is_number(well, DEVICES - FAULTY, "with each profile installed once, and one tap on Trust");
}

/* A station, until all devices have ended. */
static void run_station(struct trial *trial)
{
	json_t *event;

	trial_start_station(trial, NULL);
	while ((event = trial_next_event(trial)))
		json_decref(event);
}

/* A time of a result, "2026-11-23T16:22:52.031Z", in milliseconds of its month. */
static long long moment_of(const char *text)
{
	int day, hour, minute, second, ms;

	if (sscanf(text, "%*d-%*d-%dT%d:%d:%d.%dZ", &day, &hour, &minute, &second, &ms) != 5)
		errx(99, "what time is %s?", text);
	return (((day * 24LL + hour) * 60 + minute) * 60 + second) * 1000 + ms;
}

/* How long the slowest job took that passed, in milliseconds. */
static long long slowest(const json_t *results)
{
	long long most = 0, took;
	json_t *result;
	size_t i;

	json_array_foreach (results, i, result) {
		took = moment_of(trial_text(result, "ended")) -
		       moment_of(trial_text(result, "began"));
		if (is_passed(result) && took > most)
			most = took;
	}
	return most;
}

/* How long a device of that PACE takes alone, in milliseconds. */
static long long time_alone(uint64_t seed, const char *pace)
{
	struct trial trial;
	char bench[256];
	json_t *results;
	long long took;

	(void)plan_good(pace, 1, bench, sizeof bench);
	trial_begin(&trial, 1, seed, bench);
	run_station(&trial);
	is_number(trial_reap_station(&trial), 0, "one alone passes");
	results = trial_results(&trial);
	took = slowest(results);
	json_decref(results);
	is_number(trial_end(&trial), 0, "nothing is left");
	return took;
}

/* How many notes of KEY and VALUE the ledger has. */
static long long count_notes(const struct trial *trial, const char *key, const char *value)
{
	char path[TRIAL_PATH];
	sqlite3_stmt *query = NULL;
	long long count = -1;
	sqlite3 *db;

	if (sqlite3_open_v2(trial_ledger(trial, path), &db, SQLITE_OPEN_READONLY, NULL) ==
		    SQLITE_OK &&
	    sqlite3_prepare_v2(db, "SELECT count(*) FROM note WHERE key = ?1 AND value = ?2", -1,
			       &query, NULL) == SQLITE_OK &&
	    sqlite3_bind_text(query, 1, key, -1, SQLITE_STATIC) == SQLITE_OK &&
	    sqlite3_bind_text(query, 2, value, -1, SQLITE_STATIC) == SQLITE_OK &&
	    sqlite3_step(query) == SQLITE_ROW)
		count = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	sqlite3_close(db);
	return count;
}

/* TIMED: they take their time, and it is looked at. */
static void run(uint64_t seed, bool timed)
{
	const char *pace = timed ? AS_SHOWN : AT_ONCE;
	long long alone = timed ? time_alone(seed, pace) : 0, most;
	size_t chosen[FAULTY];
	struct trial trial;
	char bench[4096];
	json_t *results;

	plan(seed, pace, bench, sizeof bench, chosen);
	trial_begin(&trial, DEVICES, seed, bench);
	run_station(&trial);
	is_number(trial_reap_station(&trial), 1, "some device did not pass");
	results = trial_results(&trial);
	check_faulty(results, chosen);
	check_others(&trial, results);
	is_number(count_notes(&trial, "keys", "made"), 0, "no key was made while jobs ran");
	ok(!trial_log_has(&trial, "connect"), "no worker's connection was refused");
	most = slowest(results);
	if (timed)
		ok(most * 100 <= alone * SLOWER_MAX, "alone %lld ms, the slowest of all %lld ms",
		   alone, most);
	json_decref(results);
	is_number(trial_end(&trial), 0, "nothing is left");
}

int main(int argc, char **argv)
{
	unsigned long long seed = 1;
	unsigned times = 1;
	bool timed = false;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--timed") == 0)
			timed = true;
		else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
			seed = strtoull(argv[++i], NULL, 10);
		else if (strcmp(argv[i], "--times") == 0 && i + 1 < argc)
			times = (unsigned)strtoul(argv[++i], NULL, 10);
		else
			errx(2, "usage: sixty-four [--timed] [--seed N] [--times N]");
	}
	for (; times > 0; times--, seed++) {
		printf("# --seed %llu\n", seed);
		run(seed, timed);
	}
	return tap_done();
}
