/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles with variables: filled for each device before they are sent. */
#include "config.h"

#include "profiles/blueprint/profile_template.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/cms/container.h"
#include "profiles/blueprint/variable.h"
#include "profiles/plist/xml_text.h"

static const char word_bytes[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
/* Of the device's own words, which it might choose to break the profile. */
static const char fact_bytes[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-,";

/* The next variable from FROM to TO, in its braces. Returns it and RET_LEN, or NULL. */
static const char *find_variable(const char *from, const char *to, size_t *ret_len)
{
	for (const char *s = from; (s = memchr(s, '{', (size_t)(to - s))); s++) {
		size_t len = 0;

		while (s + 1 + len < to && strchr(word_bytes, s[1 + len]) && s[1 + len])
			len++;
		if (len == 0 || len > ASSETS_WORD_MAX || s + 1 + len >= to || s[1 + len] != '}')
			continue;
		*ret_len = len + 2;
		return s;
	}
	return NULL;
}

/* What a walk over the strings of a profile does with each. Returns 0 or negative errno. */
typedef int string_visit(struct xml_text *text, const char *string, size_t len, bool is_key,
			 void *userdata);

/* The name of the tag at TEXT's place, which is its '<', up to MOST bytes. */
static void take_tag(struct xml_text *text, char *name, size_t most)
{
	const char *from = text->at + 1, *end = memchr(from, '>', (size_t)(text->end - from));
	size_t len = strcspn(from, " \t\r\n/>");

	snprintf(name, most, "%.*s", (int)len, from[0] == '/' ? "" : from);
	text->at = end ? end + 1 : text->end;
	/* <string/> has no text. */
	if (end && end[-1] == '/')
		name[0] = '\0';
}

/* Do elements called NAME hold text? */
static bool has_text(const char *name)
{
	static const char *const names[] = { "string", "key", "integer", "real", "date", "data" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Gives every string and key of the SIZE BYTES, XML that was scanned, to VISIT. */
static int walk(struct xml_text *text, string_visit *visit, void *userdata)
{
	char name[16];
	int r = 0;

	while (r == 0) {
		const char *string;
		size_t len;

		r = xml_text_skip(text);
		if (r < 0 || text->at >= text->end)
			break;
		take_tag(text, name, sizeof name);
		if (!has_text(name))
			continue;
		r = xml_text_take(text, name, &string, &len);
		if (r == 0 && (strcmp(name, "string") == 0 || strcmp(name, "key") == 0))
			r = visit(text, string, len, name[0] == 'k', userdata);
	}
	return r;
}

#define TYPE_KEY "PayloadType"

struct checking {
	const struct assets *assets;
	struct problems *problems;
	const char *file;
	size_t found;
	bool is_type; /* the next string is what a payload is */
};

static void add(struct xml_text *text, const char *place, const char *wrong)
{
	unsigned line, column;

	xml_text_locate(text, place, &line, &column);
	problems_add(text->problems, text->file, line, column, "%s", wrong);
}

static void check_variable(struct xml_text *text, struct checking *checking, const char *place,
			   size_t len)
{
	char why[VARIABLE_WHY_MAX];
	size_t longest;

	if (place[-1] == '{' && place[len] == '}') {
		add(text, place, "has two braces where a variable has one");
	} else if (!variable_is_known(checking->assets, place + 1, len - 2, &longest)) {
		variable_explain(checking->assets, place + 1, len - 2, why);
		add(text, place, why);
	} else {
		variable_need_cells(checking->assets, place + 1, len - 2, checking->file,
				    checking->problems);
	}
}

static int check_string(struct xml_text *text, const char *string, size_t len, bool is_key,
			void *userdata)
{
	struct checking *checking = userdata;
	const char *end = string + len, *place = string;
	bool plain = !memmem(string, len, "<!", 2), is_type = checking->is_type;
	size_t variable;

	checking->is_type = is_key && len == strlen(TYPE_KEY) && memcmp(string, TYPE_KEY, len) == 0;
	for (; (place = find_variable(place, end, &variable)); place += variable) {
		checking->found++;
		if (is_key)
			add(text, place, "has a variable in a key; only strings are filled");
		else if (!plain)
			add(text, place,
			    "has a variable in a string with a comment or CDATA, which is not "
			    "filled");
		else if (is_type)
			add(text, place,
			    "has a variable in a PayloadType, which must be the same for all");
		else
			check_variable(text, checking, place, variable);
	}
	return 0;
}

/* Begins to read the text of PROFILE, which is XML. */
static void begin(const struct profile *profile, struct problems *problems, struct xml_text *ret)
{
	size_t mark = container_mark_length(profile->bytes, profile->size);

	xml_text_init(ret, profile->file, (const char *)profile->bytes + mark, profile->size - mark,
		      problems);
}

static const char *judge_form(const struct profile *profile)
{
	switch (profile->container) {
	case PROFILE_SIGNED:
		return "is signed, and a signature does not survive a change: a template must be "
		       "the file before it was signed";
	case PROFILE_BINARY:
		return "is binary; a template must be XML (plutil -convert xml1 makes it so)";
	case PROFILE_XML:
		return NULL;
	}
	return NULL;
}

static bool has_variable(const char *text)
{
	size_t len;

	return find_variable(text, text + strlen(text), &len);
}

int profile_template_check(const struct profile *profile, const struct assets *assets,
			   struct problems *problems)
{
	struct checking checking = { .assets = assets,
				     .problems = problems,
				     .file = profile->file };
	const char *wrong = judge_form(profile);
	size_t found = problems->found;
	struct xml_text text;
	int r;

	if (!wrong && (has_variable(profile->identifier) || has_variable(profile->uuid)))
		wrong = "has a variable in its PayloadIdentifier or PayloadUUID, by which it is "
			"found again on the device; they must be the same for all";
	if (wrong) {
		problems_add(problems, profile->file, 0, 0, "%s", wrong);
		return -EINVAL;
	}
	begin(profile, problems, &text);
	r = walk(&text, check_string, &checking);
	if (r == 0 && checking.found == 0)
		problems_add(problems, profile->file, 0, 0,
			     "is called a template, but has no variable such as {serial}");
	return r == 0 && problems->found > found ? -EINVAL : r;
}

struct filling {
	const struct blueprint_facts *facts;
	FILE *out;
	const char *copied; /* up to here */
	size_t size;	    /* of what was written */
};

static void put(struct filling *filling, const char *bytes, size_t len)
{
	fwrite(bytes, 1, len, filling->out);
	filling->size += len;
}

static void put_escaped(struct filling *filling, const char *text)
{
	for (; *text; text++) {
		if (*text == '&')
			put(filling, "&amp;", 5);
		else if (*text == '<')
			put(filling, "&lt;", 4);
		else if (*text == '>')
			put(filling, "&gt;", 4);
		else
			put(filling, text, 1);
	}
}

static bool is_fact(const struct blueprint_facts *facts, const char *text)
{
	return text == facts->serial || text == facts->udid || text == facts->product ||
	       text == facts->ecid;
}

static int fill_string(struct xml_text *text, const char *string, size_t len, bool is_key,
		       void *userdata)
{
	struct filling *filling = userdata;
	const char *end = string + len, *place = string, *value;
	size_t variable;
	int r;

	(void)text;
	(void)is_key;
	for (; (place = find_variable(place, end, &variable)); place += variable) {
		r = variable_value(filling->facts, place + 1, variable - 2, &value);
		if (r < 0)
			return r;
		if (is_fact(filling->facts, value) && strspn(value, fact_bytes) != strlen(value))
			return -EBADMSG;
		put(filling, filling->copied, (size_t)(place - filling->copied));
		put_escaped(filling, value);
		filling->copied = place + variable;
		if (filling->size > PROFILE_SIZE_MAX)
			return -E2BIG;
	}
	return 0;
}

/* Is what PROFILE became, the SIZE BYTES, a profile still, and of its kind? Returns 0, -EINVAL or
 * -ENOMEM. */
static int open_again(const struct profile *profile, const void *bytes, size_t size)
{
	struct problems problems = { 0 };
	struct profile *filled = NULL;
	int r = profile_open_bytes(profile->file, bytes, size, &problems, &filled);

	if (r == 0 && filled->enrolls != profile->enrolls)
		r = -EINVAL;
	profile_free(filled);
	problems_done(&problems);
	return r;
}

int profile_template_fill(const struct profile *profile, const struct blueprint_facts *facts,
			  unsigned char **ret_bytes, size_t *ret_size)
{
	const char *end = (const char *)profile->bytes + profile->size;
	struct problems problems = { 0 };
	struct filling filling = { .facts = facts, .copied = (const char *)profile->bytes };
	struct xml_text text;
	char *bytes = NULL;
	size_t size;
	int r;

	filling.out = open_memstream(&bytes, &size);
	if (!filling.out)
		return -ENOMEM;
	begin(profile, &problems, &text);
	r = walk(&text, fill_string, &filling);
	put(&filling, filling.copied, (size_t)(end - filling.copied));
	if (fclose(filling.out) != 0 && r == 0)
		r = -ENOMEM;
	if (r == 0 && size > PROFILE_SIZE_MAX)
		r = -E2BIG;
	if (r == 0)
		r = open_again(profile, bytes, size);
	problems_done(&problems);
	if (r < 0) {
		free(bytes);
		return r;
	}
	*ret_bytes = (unsigned char *)bytes;
	*ret_size = size;
	return 0;
}
