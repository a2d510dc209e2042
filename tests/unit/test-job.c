/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a conversation: each word in each phase, and how every end is judged. */
#include "station/rules/job.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "device/facts/record.h"
#include "tests/unit/tap.h"

/* The plan of these tests: pair, install.1, verify. */
static const struct step_id plan[] = { { STEP_PAIR, 1 }, { STEP_INSTALL, 1 }, { STEP_VERIFY, 1 } };
#define PLAN 3

static void start(struct job *job)
{
	struct job_step steps[PLAN] = { 0 };

	for (unsigned i = 0; i < PLAN; i++)
		steps[i].id = plan[i];
	job_start(job, steps, PLAN);
}

/* Gives the job one word as a worker says it; answers as the station would. */
static enum job_heard say(struct job *job, const char *text)
{
	struct record record;
	struct talk talk;
	enum job_heard heard;
	unsigned ended;

	if (record_parse(text, strlen(text), &record) < 0 || talk_parse(&record, &talk) < 0)
		return job_hear_garbage(job);
	heard = job_hear(job, &talk, &ended);
	if (heard == HEARD_READY)
		start(job);
	if (heard == HEARD_WANT)
		job_go(job);
	return heard;
}

/* Says all the words of SCRIPT, parted by semicolons; returns what the last one meant. */
static enum job_heard say_all(struct job *job, const char *script)
{
	enum job_heard heard = HEARD_NOTHING;
	char words[1024], *next = words;

	snprintf(words, sizeof words, "%s", script);
	while (next) {
		char *word = strsep(&next, ";");

		if (*word)
			heard = say(job, word);
	}
	return heard;
}

#define HELLO	"hello 1 test;"
#define READY	HELLO "ready;"
#define PAIRED	READY "want pair;done pair verified;"
#define ACTING	PAIRED "want install.1;"
#define WAITING ACTING "wait approval;"
#define LAST	ACTING "done install.1 verified;want verify;done verify verified;"

/* What one more word means. LIED and BABBLED are offences, with that fault. */
#define LIED	-1
#define BABBLED -2
static const struct {
	const char *before, *word;
	int heard;
} words[] = {
	{ "", "hello 1 test", HEARD_HELLO },
	{ "", "ready", LIED },
	{ "", "note product iPad1,1", LIED },
	{ "", "end", LIED },
	{ "", "hello 2 test", BABBLED },
	{ "", "fault link-lost - - 0 -", LIED },
	{ HELLO, "hello 1 test", LIED },
	{ HELLO, "note product iPad1,1", HEARD_NOTE },
	{ HELLO, "note colour red", BABBLED },
	{ HELLO, "want pair", LIED },
	{ HELLO, "end", LIED },
	{ HELLO, "wait trust", LIED },
	{ HELLO, "fault link-lost - - 0 -", HEARD_LAST_WORD },
	{ HELLO, "chain Some.Domain 5 text", HEARD_NOTHING },
	{ HELLO, "hum", BABBLED },
	{ READY, "ready", LIED },
	{ READY, "want pair", HEARD_WANT },
	{ READY, "want install.1", LIED },
	{ READY, "want verify", LIED },
	{ READY, "want install.7", LIED },
	{ READY, "done pair verified", LIED },
	{ READY, "already pair verified", LIED },
	{ READY, "absent pair 10", LIED },
	{ READY, "end", LIED },
	{ READY "want pair;", "want pair", LIED },
	{ READY "want pair;", "done pair verified", HEARD_STEP_END },
	{ READY "want pair;", "already pair unverified", HEARD_STEP_END },
	{ READY "want pair;", "done install.1 verified", LIED },
	{ READY "want pair;", "wait trust", HEARD_WAIT },
	{ READY "want pair;", "waited trust", LIED },
	{ READY "want pair;", "end", LIED },
	{ PAIRED, "want pair", LIED },
	{ PAIRED, "want install.1", HEARD_WANT },
	{ PAIRED, "want verify", LIED },
	{ PAIRED, "done pair verified", LIED },
	{ PAIRED, "wait trust", LIED },
	{ PAIRED, "note serial X", HEARD_NOTE },
	{ ACTING, "absent install.1 60", HEARD_LAST_WORD },
	{ ACTING, "absent pair 60", LIED },
	{ ACTING, "absent install.1 999999", BABBLED },
	{ ACTING, "fault profile-refused install.1 - 0 -", HEARD_LAST_WORD },
	{ WAITING, "waited approval", HEARD_WAITED },
	{ WAITING, "waited trust", LIED },
	{ WAITING, "wait passcode", HEARD_WAIT },
	{ WAITING, "done install.1 verified", LIED },
	{ WAITING, "fault trust-denied install.1 - 0 -", HEARD_LAST_WORD },
	{ WAITING, "absent install.1 60", HEARD_LAST_WORD },
	{ WAITING, "want verify", LIED },
	{ LAST, "end", HEARD_LAST_WORD },
	{ LAST, "want verify", LIED },
	{ LAST "end;", "end", LIED },
	{ LAST "end;", "note serial X", LIED },
	{ ACTING "done install.1 verified;want verify;done verify unverified;", "end", LIED },
	{ ACTING "done install.1 verified;", "end", LIED },
};

static void test_words(void)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		struct job job = { 0 };
		int heard;

		say_all(&job, words[i].before);
		heard = (int)say_all(&job, words[i].word);
		if (heard == HEARD_OFFENCE)
			heard = job.fault.kind == FAULT_WORKER_LIED ? LIED : BABBLED;
		ok(heard == words[i].heard, "after \"%s\", \"%s\" is %d", words[i].before,
		   words[i].word, words[i].heard);
	}
}

static void test_offender(void)
{
	struct job job = { 0 };

	say_all(&job, READY "done pair verified");
	is_string(job.fault.text, "it said \"done pair\" between steps", "a lie is told in words");
	ok(say_all(&job, "hum") == HEARD_NOTHING && job.fault.kind == FAULT_WORKER_LIED,
	   "after an offence nothing more is heard");
}

static void test_babble(void)
{
	struct job job = { 0 };
	enum job_heard heard = say_all(&job, HELLO);

	for (unsigned i = 1; i < TALK_RECORDS_MAX; i++)
		heard = say(&job, "note name x");
	ok(heard == HEARD_NOTE, "as many records as are allowed are heard");
	ok(say(&job, "note name x") == HEARD_OFFENCE && job.fault.kind == FAULT_WORKER_BABBLED,
	   "one more is babble");
}

static void test_chain(void)
{
	struct job job = { 0 };

	say_all(&job, ACTING "chain A 1 one;chain B -2 two;fault profile-refused install.1 - 0 no");
	is_number(job.fault.chain_len, 2, "the links before a fault are the fault's");
	is_string(job.fault.chain[1].domain, "B", "in their order");
	is_string(job.fault.text, "no", "and its text is its own");
}

/* How an attachment ends. */
static const struct {
	const char *what, *script;
	enum exit_kind exit;
	int number;
	bool left, stop;
	enum fault_kind condemned;
	enum outcome outcome;
	enum fault_kind fault;
	bool known; /* that the step under way failed */
} ends[] = {
	{ "all done", LAST "end", EXIT_STATUS, 0, .outcome = OUTCOME_PASSED },
	{ "all done, then pulled", LAST "end", EXIT_STATUS, 0, .left = true,
	  .outcome = OUTCOME_PASSED },
	{ "all done while the station ended", LAST "end", EXIT_STATUS, 0, .stop = true,
	  .outcome = OUTCOME_PASSED },
	{ "all done, but it exits 1", LAST "end", EXIT_STATUS, 1, .outcome = OUTCOME_FAILED,
	  .fault = FAULT_WORKER_DIED },
	{ "all done, but it crashes", LAST "end", EXIT_SIGNAL, SIGSEGV, .outcome = OUTCOME_FAILED,
	  .fault = FAULT_WORKER_DIED },
	{ "no end said", LAST, EXIT_STATUS, 0, .outcome = OUTCOME_FAILED,
	  .fault = FAULT_WORKER_DIED },
	{ "an end too early", ACTING "done install.1 verified;end", EXIT_STATUS, 0,
	  .outcome = OUTCOME_FAILED, .fault = FAULT_WORKER_LIED },
	{ "killed by somebody", ACTING, EXIT_SIGNAL, SIGKILL, .outcome = OUTCOME_FAILED,
	  .fault = FAULT_WORKER_DIED },
	{ "gone before a word", "", EXIT_STATUS, 0, .outcome = OUTCOME_FAILED,
	  .fault = FAULT_WORKER_DIED },
	{ "not started", "", EXIT_UNSTARTED, 2, .outcome = OUTCOME_FAILED,
	  .fault = FAULT_HOST_TROUBLE },
	{ "a fault", ACTING "fault profile-refused install.1 - 0 -", EXIT_STATUS, 0,
	  .outcome = OUTCOME_FAILED, .fault = FAULT_PROFILE_REFUSED, .known = true },
	{ "a fault for a person to decide", ACTING "fault pairing-forbidden - - 0 -", EXIT_STATUS,
	  0, .outcome = OUTCOME_SET_ASIDE, .fault = FAULT_PAIRING_FORBIDDEN, .known = true },
	{ "a fault, then a crash", ACTING "fault profile-refused install.1 - 0 -", EXIT_SIGNAL,
	  SIGABRT, .outcome = OUTCOME_FAILED, .fault = FAULT_WORKER_DIED },
	{ "a fault of a device that was pulled", ACTING "fault link-lost install.1 - 0 -",
	  EXIT_STATUS, 0, .left = true, .outcome = OUTCOME_NONE },
	{ "pulled in mid-step", ACTING, EXIT_SIGNAL, SIGTERM, .left = true,
	  .outcome = OUTCOME_NONE },
	{ "pulled before hello", "", EXIT_SIGNAL, SIGTERM, .left = true, .outcome = OUTCOME_NONE },
	{ "a restart announced", ACTING "absent install.1 60", EXIT_STATUS, 0,
	  .outcome = OUTCOME_NONE },
	{ "a restart announced, then a crash", ACTING "absent install.1 60", EXIT_SIGNAL, SIGSEGV,
	  .outcome = OUTCOME_FAILED, .fault = FAULT_WORKER_DIED },
	{ "told to stop", ACTING, EXIT_STATUS, 0, .stop = true, .outcome = OUTCOME_NONE },
	{ "told to stop, killed in the end", ACTING, EXIT_SIGNAL, SIGKILL, .stop = true,
	  .outcome = OUTCOME_NONE },
	{ "past its deadline", ACTING, EXIT_SIGNAL, SIGTERM, .condemned = FAULT_DEADLINE,
	  .outcome = OUTCOME_FAILED, .fault = FAULT_DEADLINE },
	{ "past its deadline, then pulled", ACTING, EXIT_SIGNAL, SIGTERM, .left = true,
	  .condemned = FAULT_DEADLINE, .outcome = OUTCOME_FAILED, .fault = FAULT_DEADLINE },
	{ "nobody came", WAITING, EXIT_SIGNAL, SIGTERM, .condemned = FAULT_APPROVAL_MISSED,
	  .outcome = OUTCOME_FAILED, .fault = FAULT_APPROVAL_MISSED, .known = true },
	{ "two of one name", ACTING, EXIT_SIGNAL, SIGTERM, .condemned = FAULT_IDENTITY_DOUBLE,
	  .outcome = OUTCOME_SET_ASIDE, .fault = FAULT_IDENTITY_DOUBLE },
	{ "babble", ACTING "hum", EXIT_STATUS, 0, .outcome = OUTCOME_FAILED,
	  .fault = FAULT_WORKER_BABBLED },
};

static void test_ends(void)
{
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		struct job_end end = { .exit = ends[i].exit,
				       .number = ends[i].number,
				       .left = ends[i].left,
				       .condemned = { .kind = ends[i].condemned } };
		struct job_verdict verdict;
		struct job job = { 0 };

		say_all(&job, ends[i].script);
		job.told_to_stop = ends[i].stop;
		verdict = job_judge(&job, &end);
		ok(verdict.outcome == ends[i].outcome && verdict.fault.kind == ends[i].fault,
		   "%s: %s %s", ends[i].what, outcome_to_text(verdict.outcome),
		   fault_name(verdict.fault.kind));
		if (verdict.outcome != OUTCOME_PASSED)
			is_number(verdict.step, ends[i].known ? STEP_FAILED : STEP_UNKNOWN,
				  "  and of the step no more is said than is known");
	}
}

static void test_blame(void)
{
	struct job_end end = { .exit = EXIT_SIGNAL, .number = SIGKILL };
	struct job job = { 0 };
	struct job_verdict verdict;

	say_all(&job, ACTING);
	verdict = job_judge(&job, &end);
	ok(verdict.fault.has_step && step_equal(verdict.fault.step, plan[1]),
	   "a fault without a step is of the step under way");
	ok(job_in_step(&job), "which still needs its end");
}

static void test_overdue(void)
{
	static const struct {
		const char *script;
		enum fault_kind kind;
	} rows[] = {
		{ "", FAULT_DEADLINE },
		{ ACTING, FAULT_DEADLINE },
		{ READY "want pair;wait trust", FAULT_TRUST_MISSED },
		{ READY "want pair;wait passcode", FAULT_PASSCODE_LOCKED },
		{ WAITING, FAULT_APPROVAL_MISSED },
		{ WAITING "waited approval", FAULT_DEADLINE },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct job job = { 0 };

		say_all(&job, rows[i].script);
		is_string(fault_name(job_overdue(&job).kind), fault_name(rows[i].kind),
			  "what is overdue");
	}
}

/* A second worker takes up what the first one left. */
static void test_resume(void)
{
	struct job job = { .phase = JOB_CHOOSING };
	struct job_step steps[PLAN] = { { plan[0], STEP_DONE, true, 1, 0 },
					{ plan[1], STEP_TODO, false, 1, 0 },
					{ plan[2], STEP_TODO, false, 0, 0 } };

	job_start(&job, steps, PLAN);
	is_number(job_good_steps(&job), 1, "what was done counts");
	ok(step_equal(job_current_step(&job)->id, plan[1]), "the first open step is next");
	ok(say(&job, "want install.1") == HEARD_WANT, "a done step may be left out");
	is_number(job.steps[1].attempts, 2, "attempts go on counting");
	job = (struct job){ .phase = JOB_CHOOSING };
	job_start(&job, steps, PLAN);
	ok(say_all(&job, "want pair;already pair verified;want install.1") == HEARD_WANT,
	   "or done again, since a session must be opened anew");
	is_number(job.steps[0].attempts, 2, "which is an attempt");
}

static void test_stop(void)
{
	struct job job = { 0 };

	say_all(&job, PAIRED);
	job.told_to_stop = true;
	ok(say(&job, "want install.1") == HEARD_NOTHING && !job_in_step(&job),
	   "after stop no step begins");
	ok(say(&job, "end") == HEARD_LAST_WORD, "and an early end is no lie");
}

int main(void)
{
	test_words();
	test_offender();
	test_babble();
	test_chain();
	test_ends();
	test_blame();
	test_overdue();
	test_resume();
	test_stop();
	return tap_done();
}
