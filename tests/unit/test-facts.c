/* SPDX-License-Identifier: Apache-2.0 */
/* The plain values: UDIDs, ECIDs, steps, outcomes, and the vocabulary of faults. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "device/facts/ecid.h"
#include "device/facts/fault.h"
#include "device/facts/outcome.h"
#include "device/facts/step.h"
#include "device/facts/udid.h"
#include "device/facts/whole.h"
#include "tests/unit/tap.h"

#define OLD "0123456789abcdef0123456789abcdef01234567"
#define NEW "00008110-001A2B3C4D5E6F70"

static const struct {
	const char *what, *text, *want; /* want NULL: refused */
} udids[] = {
	{ "40 lower-case digits", OLD, OLD },
	{ "40 upper-case digits", "0123456789ABCDEF0123456789ABCDEF01234567", OLD },
	{ "newer form", NEW, NEW },
	{ "newer form in lower case", "00008110-001a2b3c4d5e6f70", NEW },
	{ "newer form as in the USB serial number", "00008110001A2B3C4D5E6F70", NEW },
	{ "empty", "", NULL },
	{ "39 digits", "0123456789abcdef0123456789abcdef0123456", NULL },
	{ "41 digits", OLD "8", NULL },
	{ "a letter that is no digit", "0123456789abcdef0123456789abcdef0123456g", NULL },
	{ "dash in the wrong place", "0000811-0001A2B3C4D5E6F70", NULL },
	{ "two dashes", "00008110-001A2B3C-D5E6F70", NULL },
	{ "a path", "../../../../../../../../../../etc/passwd", NULL },
	{ "a newline at the end", "00008110001A2B3C4D5E6F7\n", NULL },
	{ "an escape", "\x1b[31m00001A2B3C4D5E6F", NULL },
	{ "300 bytes", OLD OLD OLD OLD OLD OLD OLD OLD, NULL },
};

static void test_udid(void)
{
	struct udid a = { 0 }, b = { 0 };

	for (size_t i = 0; i < sizeof udids / sizeof udids[0]; i++) {
		struct udid got = { "untouched" };
		int r = udid_parse(udids[i].text, &got);

		is_number(r, udids[i].want ? 0 : -EINVAL, udids[i].what);
		is_string(got.text, udids[i].want ? udids[i].want : "untouched", "  its value");
	}
	ok(!udid_is_set(&a), "a zeroed UDID is none");
	udid_parse(OLD, &a);
	udid_parse(NEW, &b);
	ok(udid_is_set(&a), "a parsed UDID is one");
	ok(udid_equal(&a, &a) && !udid_equal(&a, &b), "equality");
}

static const struct {
	const char *text;
	int r;
	struct step_id id;
} steps[] = {
	{ "pair", 0, { STEP_PAIR, 1 } },
	{ "name", 0, { STEP_NAME, 1 } },
	{ "verify", 0, { STEP_VERIFY, 1 } },
	{ "install.1", 0, { STEP_INSTALL, 1 } },
	{ "install.32", 0, { STEP_INSTALL, 32 } },
	{ "install", -EINVAL, { 0, 0 } },
	{ "install.0", -EINVAL, { 0, 0 } },
	{ "install.01", -EINVAL, { 0, 0 } },
	{ "install.33", -EINVAL, { 0, 0 } },
	{ "install.-1", -EINVAL, { 0, 0 } },
	{ "install.1x", -EINVAL, { 0, 0 } },
	{ "install.99999999999999999999", -EINVAL, { 0, 0 } },
	{ "pair.1", -EINVAL, { 0, 0 } },
	{ "pairs", -EINVAL, { 0, 0 } },
	{ "", -EINVAL, { 0, 0 } },
};

static void test_step(void)
{
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		struct step_id id = { STEP_VERIFY, 77 };
		char text[STEP_TEXT_MAX];
		int r = step_from_text(steps[i].text, &id);

		ok(r == steps[i].r, "step \"%s\"", steps[i].text);
		if (steps[i].r == 0)
			ok(step_equal(id, steps[i].id) &&
				   strcmp(step_to_text(id, text), steps[i].text) == 0,
			   "  round trip");
		else
			is_number(id.ordinal, 77, "  untouched when refused");
	}
	for (int k = 0; k < STEP_HANDOVER; k++) { /* nothing waits for a handover */
		struct step_limits limits = step_default_limits((enum step_kind)k);

		ok(limits.warn > 0 && limits.warn < limits.kill && limits.attempts > 0,
		   "%s is warned of before it is ended", step_kind_to_text((enum step_kind)k));
	}
}

static void test_outcomes(void)
{
	for (int i = OUTCOME_NONE; i <= OUTCOME_INTERRUPTED; i++) {
		enum outcome got = OUTCOME_PASSED;

		ok(outcome_from_text(outcome_to_text((enum outcome)i), &got) == 0 && (int)got == i,
		   "outcome \"%s\"", outcome_to_text((enum outcome)i));
	}
	for (int i = STEP_TODO; i <= STEP_UNKNOWN; i++) {
		enum step_outcome got = STEP_TODO;
		const char *text = step_outcome_to_text((enum step_outcome)i);

		ok(step_outcome_from_text(text, &got) == 0 && (int)got == i, "step %s", text);
	}
	ok(!outcome_is_final(OUTCOME_INTERRUPTED) && !outcome_is_final(OUTCOME_NONE),
	   "an interrupted job is not ended");
	ok(outcome_is_final(OUTCOME_REMOVED), "a removed one is");
	ok(step_outcome_is_good(STEP_ALREADY) && !step_outcome_is_good(STEP_UNKNOWN),
	   "already is good, unknown is not");
}

/* Words that a person at the bench should not have to know. */
static const char *const jargon[] = {
	"TLS", "mux", "plist", "lockdown", "UDID", "errno", "daemon"
};

static void check_words(enum fault_kind kind, const char *text, bool host)
{
	size_t len = strlen(text);

	ok(len > 10 && len <= 90 && isupper((unsigned char)text[0]) && text[len - 1] == '.',
	   "%s: a sentence of readable length", fault_name(kind));
	for (size_t i = 0; i < sizeof jargon / sizeof jargon[0] && !host; i++)
		if (strstr(text, jargon[i]))
			ok(false, "%s speaks of %s", fault_name(kind), jargon[i]);
}

static void test_vocabulary(void)
{
	for (int k = FAULT_TRUST_DENIED; k <= FAULT_HOST_TROUBLE; k++) {
		enum fault_kind kind = (enum fault_kind)k, got = FAULT_NONE;
		bool host = kind == FAULT_HOST_TROUBLE || kind == FAULT_IDENTITY_CHANGED;

		ok(fault_from_name(fault_name(kind), &got) == 0 && got == kind, "fault %s by name",
		   fault_name(kind));
		check_words(kind, fault_sentence(kind), host);
		check_words(kind, fault_remedy(kind), host);
		ok(outcome_is_final(fault_outcome(kind)) && fault_outcome(kind) != OUTCOME_PASSED,
		   "  ends a job, and not well");
		ok(!fault_may_retry(kind) || fault_outcome(kind) == OUTCOME_FAILED,
		   "  what a person must decide is not retried");
	}
	is_string(fault_name(FAULT_NONE), "", "no fault has no name");
	is_number(fault_from_name("", &(enum fault_kind){ 0 }), -EINVAL, "and is not found by it");
	is_number(fault_from_name("no-such", &(enum fault_kind){ 0 }), -EINVAL, "unknown name");
}

static void test_fault_values(void)
{
	struct fault fault = fault_new(FAULT_PROFILE_REFUSED, "he said \"%s\"", "no\x1b[2J\n");

	is_string(fault.text, "he said \"no [2J \"", "the detail is cleaned");
	ok(fault_is_set(&fault) && fault.chain_len == 0, "a new fault is set, without a chain");
	for (int i = 0; i < FAULT_CHAIN_MAX + 5; i++)
		fault_add_link(&fault, "MC\nDomain", 4000 + i, "text\r");
	is_number(fault.chain_len, FAULT_CHAIN_MAX, "the chain is bounded");
	is_string(fault.chain[0].domain, "MC Domain", "its domains are cleaned");
	is_number(fault.chain[FAULT_CHAIN_MAX - 1].code, 4000 + FAULT_CHAIN_MAX - 1,
		  "the outermost links are kept");
	fault = fault_none();
	ok(!fault_is_set(&fault), "none is none");
}

/* Through a pipe that holds less: both sides have to go on. */
static void test_whole(void)
{
	static char sent[300000], got[sizeof sent + 1];
	int ends[2], closed;
	pid_t child;

	for (size_t i = 0; i < sizeof sent; i++)
		sent[i] = (char)(i * 7 + i / 256);
	if (pipe(ends) < 0) {
		ok(false, "a pipe");
		return;
	}
	child = fork();
	if (child == 0) {
		close(ends[0]);
		_exit(whole_write(ends[1], sent, sizeof sent) != 0);
	}
	close(ends[1]);
	is_number(whole_read(ends[0], got, 100), 100, "no more is read than is asked for");
	is_number(whole_read(ends[0], got + 100, sizeof got - 100), sizeof sent - 100,
		  "and all up to the end");
	ok(memcmp(sent, got, sizeof sent) == 0, "byte for byte");
	is_number(whole_read(ends[0], got, 1), 0, "behind which there is nothing");
	close(ends[0]);
	waitpid(child, &closed, 0);
	is_number(closed, 0, "the writer wrote all of it");
	is_number(whole_read(ends[0], got, 1), -EBADF, "a closed file cannot be read");
	is_number(whole_write(ends[0], sent, 1), -EBADF, "nor written");
	is_number(whole_write(ends[0], sent, 0), 0, "but nothing can");
	is_number(whole_write_durable(ends[0], sent, 0), -EBADF, "which no disk has");
}

static void test_ecid(void)
{
	static const struct {
		const char *text;
		uint64_t ecid;
	} rows[] = {
		{ "0x1A2B3C4D5E6F70", 0x1a2b3c4d5e6f70 },
		{ "0x1a2b3c4d5e6f70", 0x1a2b3c4d5e6f70 },
		{ "0xFFFFFFFFFFFFFFFF", UINT64_MAX },
		{ "0x1FFFFFFFFFFFFFFFF", 0 },
		{ "0x", 0 },
		{ "0x1G", 0 },
		{ "0x-1", 0 },
		{ "0x 1", 0 },
		{ "7365887390543728", 0 },
		{ "", 0 },
	};
	char text[ECID_TEXT_MAX];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ok(ecid_from_text(rows[i].text) == rows[i].ecid, "the ECID \"%s\"", rows[i].text);
	is_string(ecid_to_text(rows[0].ecid, text), rows[0].text, "is written in hexadecimal");
	is_string(ecid_to_text(UINT64_MAX, text), rows[2].text, "also the largest");
}

int main(void)
{
	test_ecid();
	test_whole();
	test_udid();
	test_step();
	test_outcomes();
	test_vocabulary();
	test_fault_values();
	return tap_done();
}
