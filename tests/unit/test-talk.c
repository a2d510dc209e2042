/* SPDX-License-Identifier: Apache-2.0 */
/* What a worker says: every verb to the wire and back, and what is refused. */
#include "device/facts/talk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/tap.h"

static int parse(const char *line, struct talk *talk)
{
	struct record record;
	int r = record_parse(line, strlen(line), &record);

	return r < 0 ? r : talk_parse(&record, talk);
}

static void test_refused(void)
{
	static const char *const lines[] = {
		"hello",
		"hello 1",
		"hello 2 0.1",
		"hello 01 0.1",
		"hello 1 0.1 more",
		"ready now",
		"want",
		"want sleep",
		"want install",
		"want install.0",
		"want install.33",
		"want pair now",
		"note",
		"note udid",
		"note colour red",
		"note enrolled-by me",
		"wait",
		"wait weather",
		"wait trust now",
		"waited",
		"done pair",
		"done pair maybe",
		"done sleep verified",
		"already pair",
		"chain",
		"chain Domain",
		"chain Domain x text",
		"chain Domain +1 text",
		"chain Domain 01 text",
		"chain Domain -0 text",
		"chain Domain 9223372036854775808 text",
		"fault",
		"fault deadline",
		"fault deadline pair",
		"fault deadline pair -",
		"fault none pair - 0",
		"fault no-such-fault pair - 0 text",
		"fault deadline sleep - 0 text",
		"fault deadline pair - 0x10 text",
		"absent pair",
		"absent pair -1",
		"absent pair 1801",
		"absent pair 1 2",
		"end now",
		"END",
		"-",
		"go pair",
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct talk talk = { .seconds = 77 };

		ok(parse(lines[i], &talk) == -EPROTO && talk.seconds == 77, "refuses \"%s\"",
		   lines[i]);
	}
}

static void test_plain_words(void)
{
	struct talk talk;

	is_number(parse("note name My old iPad", &talk), 0, "a note in plain words");
	is_string(talk.text, "My old iPad", "has them joined");
	is_number(parse("note name My%20old iPad", &talk), 0, "a note in both forms");
	is_string(talk.text, "My old iPad", "reads the same");
	is_number(parse("done verify unverified could not look", &talk), 0, "done in plain words");
	ok(!talk.verified && talk.step.kind == STEP_VERIFY, "keeps step and verdict");
	is_string(talk.text, "could not look", "and the words");
	is_number(parse("done pair verified", &talk), 0, "done without a detail");
	is_string(talk.text, "", "has none");
	is_number(parse("fault link-lost - - -9223372036854775808", &talk), 0, "a bare fault");
	ok(!talk.fault.has_step && talk.fault.domain[0] == '\0' && talk.fault.code == INT64_MIN,
	   "has no step, no domain, and the smallest code");
	is_number(parse("fault link-lost install.2 lockdownd -3 it went away\n", &talk), 0,
		  "a fault from a shell script's echo");
	is_string(talk.fault.text, "it went away", "has its sentence");
	ok(talk.fault.has_step && talk.fault.step.ordinal == 2 && talk.fault.code == -3,
	   "its step and code");
}

static void test_cleaned(void)
{
	char line[RECORD_MAX + 1], domain[200];
	struct talk talk;

	parse("note name evil%1B[31m%0Aname", &talk);
	is_string(talk.text, "evil [31m name", "a note is cleaned");
	parse("fault link-lost - do%0Amain 1 te%07xt", &talk);
	is_string(talk.fault.domain, "do main", "a fault's domain is cleaned");
	is_string(talk.fault.text, "te xt", "a fault's text is cleaned");
	parse("chain d%1B 5 t%E2%80%AEx", &talk);
	is_string(talk.fault.chain[0].domain, "d ", "a link's domain is cleaned");
	is_string(talk.fault.chain[0].text, "tx", "a link's text is cleaned");
	parse("hello 1 v%0A1", &talk);
	is_string(talk.text, "v 1", "the version is cleaned");
	memset(domain, 'd', sizeof domain - 1);
	domain[sizeof domain - 1] = '\0';
	snprintf(line, sizeof line, "chain %s 1 x", domain);
	parse(line, &talk);
	is_number((long long)strlen(talk.fault.chain[0].domain), FAULT_DOMAIN_MAX - 1,
		  "a long domain is cut");
	memcpy(line, "note name ", 10);
	memset(line + 10, 'n', 1000);
	line[1010] = '\0';
	parse(line, &talk);
	is_number((long long)strlen(talk.text), CLEAN_MAX, "a long text is cut");
}

static void receive(int socket, struct talk *talk)
{
	struct record record;
	int fd;

	memset(talk, 0xff, sizeof *talk);
	if (!ok(record_receive(socket, &record, &fd) == 1 && talk_parse(&record, talk) == 0,
		"comes back"))
		memset(talk, 0, sizeof *talk);
}

static void test_round_trip(int pair[2])
{
	const struct step_id step = { STEP_INSTALL, 7 };
	struct talk sent = { .step = step, .why = WAIT_PASSCODE, .key = NOTE_LINK }, got;

	for (int v = TALK_HELLO; v <= TALK_END; v++) {
		sent.verb = (enum talk_verb)v;
		if (sent.verb == TALK_CHAIN || sent.verb == TALK_FAULT)
			continue;
		sent.verified = v % 2 == 0;
		sent.seconds = TALK_ABSENT_MAX;
		snprintf(sent.text, sizeof sent.text, "-");
		is_number(talk_send(pair[0], &sent), 0, talk_verb_to_text(sent.verb));
		receive(pair[1], &got);
		ok(got.verb == sent.verb, "as the same verb");
		if (v == TALK_WANT || v == TALK_DONE || v == TALK_ALREADY || v == TALK_ABSENT)
			ok(step_equal(got.step, step), "of the same step");
		if (v == TALK_DONE || v == TALK_ALREADY || v == TALK_NOTE || v == TALK_HELLO)
			is_string(got.text, "-", "with the same text");
		if (v == TALK_DONE || v == TALK_ALREADY)
			ok(got.verified == sent.verified, "with the same verdict");
		if (v == TALK_WAIT || v == TALK_WAITED)
			ok(got.why == sent.why, "for the same reason");
		if (v == TALK_NOTE)
			ok(got.key == sent.key, "with the same key");
		if (v == TALK_ABSENT)
			is_number(got.seconds, TALK_ABSENT_MAX, "for the same time");
	}
}

static void test_fault_round_trip(int pair[2])
{
	struct talk sent = { .verb = TALK_FAULT }, got;

	sent.fault = fault_new(FAULT_PROFILE_REFUSED, "refused, %d%%", 100);
	sent.fault.has_step = true;
	sent.fault.step = (struct step_id){ STEP_INSTALL, 3 };
	sent.fault.code = -4001;
	snprintf(sent.fault.domain, sizeof sent.fault.domain, "MCInstallationErrorDomain");
	fault_add_link(&sent.fault, "MCInstallationErrorDomain", 4001, "Profile failed");
	fault_add_link(&sent.fault, "", -1, "");
	is_number(talk_send(pair[0], &sent), 0, "a fault with two links");
	receive(pair[1], &got);
	ok(got.verb == TALK_CHAIN && got.fault.chain_len == 1, "first its outer link");
	is_number(got.fault.chain[0].code, 4001, "with its code");
	is_string(got.fault.chain[0].text, "Profile failed", "and text");
	receive(pair[1], &got);
	ok(got.verb == TALK_CHAIN && got.fault.chain[0].code == -1, "then the inner");
	is_string(got.fault.chain[0].domain, "", "whose domain is empty");
	receive(pair[1], &got);
	ok(got.verb == TALK_FAULT && got.fault.kind == FAULT_PROFILE_REFUSED, "then the fault");
	is_string(got.fault.text, "refused, 100%", "with its text");
	is_string(got.fault.domain, sent.fault.domain, "its domain");
	ok(got.fault.has_step && step_equal(got.fault.step, sent.fault.step) &&
		   got.fault.code == -4001,
	   "its step and code");
	sent.verb = TALK_CHAIN;
	is_number(talk_send(pair[0], &sent), 0, "a link by itself");
	receive(pair[1], &got);
	is_string(got.fault.chain[0].text, "Profile failed", "comes whole");
}

static void test_words(void)
{
	enum talk_wait why;
	enum note_key key;
	bool same = true;

	for (int k = 0; k < NOTE_KEYS_COUNT; k++)
		same = note_key_from_text(note_key_to_text((enum note_key)k), &key) == 0 &&
		       key == (enum note_key)k && same;
	ok(same, "every note key has a word of its own");
	for (int w = WAIT_TRUST; w <= WAIT_APPROVAL; w++) {
		is_number(talk_wait_from_text(talk_wait_to_text((enum talk_wait)w), &why), 0,
			  talk_wait_to_text((enum talk_wait)w));
		ok(why == (enum talk_wait)w && talk_wait_sentence(why)[0], "says what to do");
	}
}

int main(void)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return 1;
	test_refused();
	test_plain_words();
	test_cleaned();
	test_round_trip(pair);
	test_fault_round_trip(pair);
	test_words();
	close(pair[0]);
	close(pair[1]);
	return tap_done();
}
