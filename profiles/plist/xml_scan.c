/* SPDX-License-Identifier: Apache-2.0 */
/* Where in an XML property list each value stands, and whether libplist may see it at all. */
#include "config.h"

#include "profiles/plist/xml_scan.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/plist/plist_limits.h"
#include "profiles/plist/xml_scalar.h"
#include "profiles/plist/xml_text.h"

/* Longest name of a tag, with its end. */
#define TAG_MAX 12

enum tag_kind {
	TAG_PLIST,
	TAG_DICT,
	TAG_ARRAY,
	TAG_KEY,
	TAG_SCALAR
};

static const struct {
	const char *name;
	enum tag_kind kind;
} tags[] = {
	{ "plist", TAG_PLIST }, { "dict", TAG_DICT },	  { "array", TAG_ARRAY },
	{ "key", TAG_KEY },	{ "string", TAG_SCALAR }, { "integer", TAG_SCALAR },
	{ "real", TAG_SCALAR }, { "date", TAG_SCALAR },	  { "data", TAG_SCALAR },
	{ "true", TAG_SCALAR }, { "false", TAG_SCALAR },
};

struct tag {
	char name[TAG_MAX];
	enum tag_kind kind;
	const char *at; /* its "<" */
	bool closing, empty;
};

struct scanner {
	struct xml_text text;
	struct xml_scan *scan;
	size_t room; /* values that there is memory for */
	struct {
		size_t value;
		bool dict;
	} open[PLIST_DEPTH_MAX];
	unsigned depth;
	bool in_plist;
	struct xml_value key; /* the key that waits for its value; its KEY is NULL for none */
};

static int add_value(struct scanner *scanner, const struct xml_value *value)
{
	struct xml_scan *scan = scanner->scan;

	if (scan->count == scanner->room) {
		size_t room = scanner->room > 0 ? 2 * scanner->room : 64;
		struct xml_value *values = reallocarray(scan->values, room, sizeof *values);

		if (!values)
			return -ENOMEM;
		scan->values = values;
		scanner->room = room;
	}
	scan->values[scan->count] = *value;
	scan->values[scan->count].next = scan->count + 1;
	scan->count++;
	return 0;
}

/* Gives the value that begins with TAG its place in what is open around it. */
static int begin_value(struct scanner *scanner, const struct tag *tag)
{
	bool in_dict = scanner->depth > 0 && scanner->open[scanner->depth - 1].dict;
	struct xml_value value = scanner->key;

	if (scanner->depth == 0 && scanner->scan->count > 0)
		return xml_text_refuse(&scanner->text, tag->at,
				       "begins a second value; there is one");
	if (in_dict && !value.key)
		return xml_text_refuse(&scanner->text, tag->at,
				       "is a value without a key before it");
	if (scanner->scan->count == PLIST_VALUES_MAX)
		return xml_text_refuse(&scanner->text, tag->at, "holds too many values");
	if (!in_dict)
		xml_text_locate(&scanner->text, tag->at, &value.line, &value.column);
	scanner->key.key = NULL;
	return add_value(scanner, &value);
}

/* By their keys, those of one key in the file's order. */
static int compare_keys(const void *a, const void *b)
{
	const struct xml_value *one = *(const struct xml_value *const *)a;
	const struct xml_value *other = *(const struct xml_value *const *)b;
	int order;

	if (one->key_len != other->key_len)
		return one->key_len < other->key_len ? -1 : 1;
	order = memcmp(one->key, other->key, one->key_len);
	return order ? order : (one > other) - (one < other);
}

static bool same_key(const struct xml_value *a, const struct xml_value *b)
{
	return a->key_len == b->key_len && memcmp(a->key, b->key, a->key_len) == 0;
}

/* Does KEY say what a payload is? A second one could hide that from whoever reads the other. */
static bool says_what_it_is(const struct xml_value *key)
{
	static const char *const keys[] = { "PayloadContent", "EncryptedPayloadContent",
					    "PayloadType" };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (key->key_len == strlen(keys[i]) && memcmp(key->key, keys[i], key->key_len) == 0)
			return true;
	return false;
}

/* Devices take the last of twins, and Apple signs profiles that have some. */
static void tell_twin(struct scanner *scanner, const struct xml_value *twin,
		      const struct xml_value *first)
{
	const struct problem_place place = { scanner->text.file, twin->line, twin->column };
	struct problems *problems = scanner->text.problems;

	problems_add_rule(problems, says_what_it_is(twin) ? problems->stage : RULE_KEY_TWICE,
			  &place, "%.*s is there twice; line %u has it already",
			  twin->key_len > 80 ? 80 : (int)twin->key_len, twin->key, first->line);
}

/* Says which keys of the dictionary VALUE, whose end is known, are there again. They are sorted for
 * it: each looked for among those before it would take seconds in a file made for that. */
static int tell_twins(struct scanner *scanner, size_t value)
{
	const struct xml_scan *scan = scanner->scan;
	const struct xml_value **members, *first;
	size_t count = 0;

	members = calloc(scan->values[value].next - value, sizeof *members);
	if (!members)
		return -ENOMEM;
	for (size_t at = xml_scan_first(scan, value); at != XML_NONE;
	     at = xml_scan_after(scan, value, at))
		members[count++] = &scan->values[at];
	qsort(members, count, sizeof *members, compare_keys);
	first = members[0];
	for (size_t i = 1; i < count; i++) {
		if (same_key(first, members[i]))
			tell_twin(scanner, members[i], first);
		else
			first = members[i];
	}
	free(members);
	return 0;
}

static int close_container(struct scanner *scanner, const struct tag *tag)
{
	bool dict = tag->kind == TAG_DICT;
	size_t value;

	if (scanner->depth == 0 || scanner->open[scanner->depth - 1].dict != dict)
		return xml_text_refuse(&scanner->text, tag->at, "closes what is not open");
	if (scanner->key.key) {
		problems_add(scanner->text.problems, scanner->text.file, scanner->key.line,
			     scanner->key.column, "is a key without a value after it");
		return -EINVAL;
	}
	value = scanner->open[--scanner->depth].value;
	scanner->scan->values[value].next = scanner->scan->count;
	return dict ? tell_twins(scanner, value) : 0;
}

static int open_container(struct scanner *scanner, const struct tag *tag)
{
	int r = begin_value(scanner, tag);

	if (r < 0)
		return r;
	if (scanner->depth == PLIST_DEPTH_MAX)
		return xml_text_refuse(&scanner->text, tag->at,
				       "is nested too deeply; no real profile is");
	scanner->open[scanner->depth].value = scanner->scan->count - 1;
	scanner->open[scanner->depth].dict = tag->kind == TAG_DICT;
	scanner->depth++;
	return tag->empty ? close_container(scanner, tag) : 0;
}

static int take_key(struct scanner *scanner, const struct tag *tag)
{
	struct xml_value *key = &scanner->key;
	int r;

	if (scanner->depth == 0 || !scanner->open[scanner->depth - 1].dict)
		return xml_text_refuse(&scanner->text, tag->at, "is a key outside of a dictionary");
	if (key->key)
		return xml_text_refuse(&scanner->text, tag->at,
				       "is a key where the value of the one before it should be");
	if (tag->empty)
		return xml_text_refuse(&scanner->text, tag->at, "is an empty key");
	xml_text_locate(&scanner->text, tag->at, &key->line, &key->column);
	r = xml_text_take(&scanner->text, tag->name, &key->key, &key->key_len);
	/* It would be another key than it looks like, perhaps the twin of one. */
	if (r == 0 &&
	    (memmem(key->key, key->key_len, "&#", 2) || memmem(key->key, key->key_len, "<!", 2)))
		return xml_text_refuse(&scanner->text, tag->at,
				       "is a key with a reference or a comment in it; write its "
				       "letters as they are");
	return r;
}

/* Says what is WRONG with VALUE, if anything. Of data devices take what is left: whether that is
 * enough, whoever needs them says (profile_keys_bytes). */
static void judge_scalar(struct scanner *scanner, const struct tag *tag, struct xml_value *value,
			 const char *wrong)
{
	const struct problem_place place = { scanner->text.file, value->line, value->column };
	struct problems *problems = scanner->text.problems;

	value->wrong = wrong;
	if (wrong)
		problems_add_rule(
			problems, strcmp(tag->name, "data") == 0 ? RULE_BASE64 : problems->stage,
			&place, "%.*s%s%s", value->key_len > 80 ? 80 : (int)value->key_len,
			value->key ? value->key : "", value->key ? " " : "", wrong);
}

static int take_scalar(struct scanner *scanner, const struct tag *tag)
{
	struct xml_value *value;
	const char *text = "";
	size_t len = 0;
	int r;

	r = begin_value(scanner, tag);
	if (r == 0 && !tag->empty)
		r = xml_text_take(&scanner->text, tag->name, &text, &len);
	if (r < 0)
		return r;
	value = &scanner->scan->values[scanner->scan->count - 1];
	judge_scalar(scanner, tag, value, xml_scalar_fault(tag->name, text, len));
	return 0;
}

static int take_plist(struct scanner *scanner, const struct tag *tag)
{
	if (tag->closing ? !scanner->in_plist || scanner->depth > 0
			 : scanner->in_plist || scanner->scan->count > 0)
		return xml_text_refuse(&scanner->text, tag->at, "is <plist> at a wrong place");
	scanner->in_plist = !tag->closing;
	return 0;
}

/* Reads the tag at the text's place and moves behind it. */
static int read_tag(struct scanner *scanner, struct tag *ret_tag)
{
	struct tag tag = { .at = scanner->text.at };
	const char *s = tag.at + 1, *end = memchr(s, '>', (size_t)(scanner->text.end - s));
	size_t len = 0;

	if (!end)
		return xml_text_refuse(&scanner->text, tag.at, "is a tag without an end");
	tag.closing = *s == '/';
	s += tag.closing;
	tag.empty = !tag.closing && end[-1] == '/';
	while (len < TAG_MAX - 1 && isalpha((unsigned char)s[len]))
		len++;
	memcpy(tag.name, s, len);
	for (s += len; s < end - tag.empty; s++)
		if (!isspace((unsigned char)*s) && strcmp(tag.name, "plist") != 0)
			return xml_text_refuse(&scanner->text, tag.at,
					       "is a tag that no property list has");
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		if (strcmp(tag.name, tags[i].name) != 0)
			continue;
		tag.kind = tags[i].kind;
		scanner->text.at = end + 1;
		*ret_tag = tag;
		return 0;
	}
	return xml_text_refuse(&scanner->text, tag.at, "is a tag that no property list has");
}

static int take_tag(struct scanner *scanner, const struct tag *tag)
{
	switch (tag->kind) {
	case TAG_PLIST:
		return take_plist(scanner, tag);
	case TAG_DICT:
	case TAG_ARRAY:
		return tag->closing ? close_container(scanner, tag) : open_container(scanner, tag);
	case TAG_KEY:
	case TAG_SCALAR:
		break;
	}
	if (tag->closing)
		return xml_text_refuse(&scanner->text, tag->at, "closes what is not open");
	return tag->kind == TAG_KEY ? take_key(scanner, tag) : take_scalar(scanner, tag);
}

/* Reads everything. Returns as xml_scan. */
static int scan_all(struct scanner *scanner)
{
	int r = xml_text_check(&scanner->text);

	while (r == 0) {
		struct tag tag;

		r = xml_text_skip(&scanner->text);
		if (r < 0 || scanner->text.at == scanner->text.end)
			break;
		r = read_tag(scanner, &tag);
		if (r == 0)
			r = take_tag(scanner, &tag);
	}
	if (r < 0)
		return r;
	if (scanner->depth > 0 || scanner->in_plist)
		return xml_text_refuse(&scanner->text, scanner->text.end,
				       "ends before everything is closed; it was cut short");
	if (scanner->scan->count == 0)
		return xml_text_refuse(&scanner->text, scanner->text.end, "holds no value");
	return 0;
}

int xml_scan(const char *file, const char *bytes, size_t size, struct problems *problems,
	     struct xml_scan *ret_scan)
{
	struct xml_scan scan = { 0 };
	struct scanner scanner = { .scan = &scan };
	int r;

	xml_text_init(&scanner.text, file, bytes, size, problems);
	r = scan_all(&scanner);
	if (r < 0) {
		free(scan.values);
		return r;
	}
	*ret_scan = scan;
	return 0;
}

size_t xml_scan_first(const struct xml_scan *scan, size_t container)
{
	if (container == XML_NONE || scan->values[container].next == container + 1)
		return XML_NONE;
	return container + 1;
}

size_t xml_scan_after(const struct xml_scan *scan, size_t container, size_t value)
{
	if (value == XML_NONE || scan->values[value].next == scan->values[container].next)
		return XML_NONE;
	return scan->values[value].next;
}

bool xml_scan_is(const struct xml_scan *scan, size_t value, const char *key)
{
	const struct xml_value *at = value == XML_NONE ? NULL : &scan->values[value];

	return at && at->key && at->key_len == strlen(key) &&
	       memcmp(at->key, key, at->key_len) == 0;
}

size_t xml_scan_member(const struct xml_scan *scan, size_t value, const char *key)
{
	size_t at = xml_scan_first(scan, value);

	while (at != XML_NONE && !xml_scan_is(scan, at, key))
		at = xml_scan_after(scan, value, at);
	return at;
}

size_t xml_scan_item(const struct xml_scan *scan, size_t value, size_t index)
{
	size_t at = xml_scan_first(scan, value);

	while (at != XML_NONE && index-- > 0)
		at = xml_scan_after(scan, value, at);
	return at;
}
