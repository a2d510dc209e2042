/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation between the station and one worker: what a worker says. */
#include "device/facts/talk.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "device/facts/number.h"

static const char *const verbs[] = {
	[TALK_HELLO] = "hello", [TALK_READY] = "ready",	    [TALK_WANT] = "want",
	[TALK_NOTE] = "note",	[TALK_WAIT] = "wait",	    [TALK_WAITED] = "waited",
	[TALK_DONE] = "done",	[TALK_ALREADY] = "already", [TALK_CHAIN] = "chain",
	[TALK_FAULT] = "fault", [TALK_ABSENT] = "absent",   [TALK_END] = "end",
};

static const char *const note_keys[] = {
#define NOTE_WORD(id, word) [NOTE_##id] = word,
	NOTE_TABLE(NOTE_WORD)
#undef NOTE_WORD
};

static const struct {
	const char *word;
	const char *sentence;
} waits[] = {
	[WAIT_TRUST] = { "trust", "Tap Trust on the device." },
	[WAIT_PASSCODE] = { "passcode", "Enter the passcode on the device." },
	[WAIT_APPROVAL] = { "approval",
			    "On the device, open Settings, Profile Downloaded, and tap Install." },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The place of WORD in TABLE, or -EINVAL. */
static int find_word(const char *const *table, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i], word) == 0)
			return (int)i;
	return -EINVAL;
}

const char *talk_verb_to_text(enum talk_verb verb)
{
	return verbs[verb];
}

const char *note_key_to_text(enum note_key key)
{
	return note_keys[key];
}

int note_key_from_text(const char *text, enum note_key *ret_key)
{
	int at = find_word(note_keys, COUNT(note_keys), text);

	if (at < 0)
		return at;
	*ret_key = (enum note_key)at;
	return 0;
}

const char *talk_wait_to_text(enum talk_wait why)
{
	return waits[why].word;
}

const char *talk_wait_sentence(enum talk_wait why)
{
	return waits[why].sentence;
}

int talk_wait_from_text(const char *text, enum talk_wait *ret_why)
{
	for (size_t i = 0; i < COUNT(waits); i++) {
		if (strcmp(waits[i].word, text) == 0) {
			*ret_why = (enum talk_wait)i;
			return 0;
		}
	}
	return -EINVAL;
}

/* The words of RECORD from FROM on as one cleaned text; "" when there is none. */
static void join_words(const struct record *record, size_t from, char out[static CLEAN_MAX + 1])
{
	char text[RECORD_MAX + 1];
	size_t used = 0;

	for (size_t i = from; i < record->count; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
					 i > from ? " " : "", record->word[i]);
	clean_text(text, used, out);
}

static int parse_hello(const struct record *record, struct talk *talk)
{
	uint64_t version;

	if (record->count != 3 || number_parse(record->word[1], 1, UINT32_MAX, &version) < 0 ||
	    version != TALK_VERSION)
		return -EPROTO;
	clean_string(record->word[2], talk->text);
	return 0;
}

static int parse_step(const struct record *record, struct talk *talk)
{
	return step_from_text(record->word[1], &talk->step);
}

static int parse_ended(const struct record *record, struct talk *talk)
{
	if (record->count < 3 || parse_step(record, talk) < 0)
		return -EPROTO;
	talk->verified = strcmp(record->word[2], "verified") == 0;
	if (!talk->verified && strcmp(record->word[2], "unverified") != 0)
		return -EPROTO;
	join_words(record, 3, talk->text);
	return 0;
}

static int parse_note(const struct record *record, struct talk *talk)
{
	if (record->count < 3 || note_key_from_text(record->word[1], &talk->key) < 0 ||
	    talk->key >= NOTE_ENROLLED)
		return -EPROTO;
	join_words(record, 2, talk->text);
	return 0;
}

static int parse_chain(const struct record *record, struct talk *talk)
{
	struct fault_link *link = &talk->fault.chain[0];

	if (record->count < 3 || number_parse_signed(record->word[2], &link->code) < 0)
		return -EPROTO;
	fault_clean_domain(record->word[1], link->domain);
	join_words(record, 3, link->text);
	talk->fault.chain_len = 1;
	return 0;
}

static int parse_fault(const struct record *record, struct talk *talk)
{
	struct fault *fault = &talk->fault;

	if (record->count < 5 || fault_from_name(record->word[1], &fault->kind) < 0 ||
	    number_parse_signed(record->word[4], &fault->code) < 0)
		return -EPROTO;
	/* A lone "-" comes out of a record as the empty word. */
	fault->has_step = record->word[2][0] != '\0';
	if (fault->has_step && step_from_text(record->word[2], &fault->step) < 0)
		return -EPROTO;
	fault_clean_domain(record->word[3], fault->domain);
	join_words(record, 5, fault->text);
	return 0;
}

static int parse_absent(const struct record *record, struct talk *talk)
{
	uint64_t seconds;

	if (record->count != 3 || parse_step(record, talk) < 0 ||
	    number_parse(record->word[2], 0, TALK_ABSENT_MAX, &seconds) < 0)
		return -EPROTO;
	talk->seconds = (unsigned)seconds;
	return 0;
}

static int parse_verb(const struct record *record, struct talk *talk)
{
	switch (talk->verb) {
	case TALK_HELLO:
		return parse_hello(record, talk);
	case TALK_WANT:
		return record->count == 2 ? parse_step(record, talk) : -EPROTO;
	case TALK_NOTE:
		return parse_note(record, talk);
	case TALK_WAIT:
	case TALK_WAITED:
		return record->count == 2 ? talk_wait_from_text(record->word[1], &talk->why)
					  : -EPROTO;
	case TALK_DONE:
	case TALK_ALREADY:
		return parse_ended(record, talk);
	case TALK_CHAIN:
		return parse_chain(record, talk);
	case TALK_FAULT:
		return parse_fault(record, talk);
	case TALK_ABSENT:
		return parse_absent(record, talk);
	case TALK_READY:
	case TALK_END:
		return record->count == 1 ? 0 : -EPROTO;
	}
	return -EPROTO;
}

int talk_parse(const struct record *record, struct talk *ret_talk)
{
	struct talk talk = { 0 };
	int at = record->count ? find_word(verbs, COUNT(verbs), record->word[0]) : -EINVAL;

	if (at < 0)
		return -EPROTO;
	talk.verb = (enum talk_verb)at;
	if (parse_verb(record, &talk) < 0)
		return -EPROTO;
	*ret_talk = talk;
	return 0;
}

static int send_link(int socket, const struct fault_link *link)
{
	char code[NUMBER_TEXT_MAX];
	const char *words[] = { verbs[TALK_CHAIN], link->domain, code, link->text };

	snprintf(code, sizeof code, "%" PRId64, link->code);
	return record_send(socket, -1, words, COUNT(words));
}

static int send_fault(int socket, const struct fault *fault)
{
	char step[STEP_TEXT_MAX] = "", code[NUMBER_TEXT_MAX];
	const char *words[] = {
		verbs[TALK_FAULT], fault_name(fault->kind), step, fault->domain, code, fault->text
	};

	for (unsigned i = 0; i < fault->chain_len; i++) {
		int r = send_link(socket, &fault->chain[i]);

		if (r < 0)
			return r;
	}
	if (fault->has_step)
		step_to_text(fault->step, step);
	snprintf(code, sizeof code, "%" PRId64, fault->code);
	return record_send(socket, -1, words, COUNT(words));
}

int talk_send(int socket, const struct talk *talk)
{
	char step[STEP_TEXT_MAX], number[NUMBER_TEXT_MAX];
	const char *words[4] = { verbs[talk->verb], step };
	size_t count = 2;

	switch (talk->verb) {
	case TALK_HELLO:
		snprintf(number, sizeof number, "%d", TALK_VERSION);
		words[1] = number;
		words[count++] = talk->text;
		break;
	case TALK_WANT:
		step_to_text(talk->step, step);
		break;
	case TALK_NOTE:
		words[1] = note_key_to_text(talk->key);
		words[count++] = talk->text;
		break;
	case TALK_WAIT:
	case TALK_WAITED:
		words[1] = talk_wait_to_text(talk->why);
		break;
	case TALK_DONE:
	case TALK_ALREADY:
		step_to_text(talk->step, step);
		words[count++] = talk->verified ? "verified" : "unverified";
		if (talk->text[0] != '\0')
			words[count++] = talk->text;
		break;
	case TALK_CHAIN:
		return send_link(socket, &talk->fault.chain[0]);
	case TALK_FAULT:
		return send_fault(socket, &talk->fault);
	case TALK_ABSENT:
		step_to_text(talk->step, step);
		snprintf(number, sizeof number, "%u", talk->seconds);
		words[count++] = number;
		break;
	case TALK_READY:
	case TALK_END:
		count = 1;
		break;
	}
	return record_send(socket, -1, words, count);
}
