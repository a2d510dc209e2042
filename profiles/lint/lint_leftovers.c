/* SPDX-License-Identifier: Apache-2.0 */
/* What a template has left over in a profile: variables, and words to be replaced. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/values/address.h"
#include "profiles/lint/lint_rules.h"

/* Longest variable: what is longer between two marks is text. */
#define VARIABLE_MAX 64

/* A part of a text. */
struct part {
	const char *at;
	size_t len;
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '-' || c == ' ';
}

/* Finds OPEN, a word, CLOSE in TEXT. */
static bool find_between(const char *text, const char *open, const char *close,
			 struct part *ret_part)
{
	for (const char *at = text; (at = strstr(at, open)); at++) {
		const char *word = at + strlen(open), *end = word;

		while (is_word(*end) && end - word < VARIABLE_MAX)
			end++;
		if (end == word || strncmp(end, close, strlen(close)) != 0)
			continue;
		*ret_part = (struct part){ at, (size_t)(end - at) + strlen(close) };
		return true;
	}
	return false;
}

/* Finds a word of capitals in TEXT that says that it is to be replaced. */
static bool find_shout(const char *text, struct part *ret_part)
{
	static const char *const shouts[] = { "-HERE",	  "_HERE",     "YOUR-",	     "YOUR_",
					      "CHANGEME", "CHANGE_ME", "REPLACE_ME", "REPLACEME" };

	for (size_t i = 0; i < sizeof shouts / sizeof shouts[0]; i++) {
		const char *at = strstr(text, shouts[i]);

		if (!at)
			continue;
		*ret_part = (struct part){ at, strlen(shouts[i]) };
		while (ret_part->at > text && (isupper((unsigned char)ret_part->at[-1]) ||
					       strchr("-_", ret_part->at[-1]))) {
			ret_part->at--;
			ret_part->len++;
		}
		while (isupper((unsigned char)ret_part->at[ret_part->len]) ||
		       (ret_part->at[ret_part->len] && strchr("-_", ret_part->at[ret_part->len])))
			ret_part->len++;
		return true;
	}
	return false;
}

/* Finds $NAME in TEXT: capitals, three at least, so that a price or a regular expression is none.
 */
static bool find_dollar(const char *text, struct part *ret_part)
{
	for (const char *at = text; (at = strchr(at, '$')); at++) {
		size_t len = 1;

		while (isupper((unsigned char)at[len]) || at[len] == '_')
			len++;
		if (len < 4)
			continue;
		*ret_part = (struct part){ at, len };
		return true;
	}
	return false;
}

/* Finds {name} in TEXT, as muster's own templates have it; {8} is of a regular expression. */
static bool find_brace(const char *text, struct part *ret_part)
{
	for (const char *at = text; find_between(at, "{", "}", ret_part); at = ret_part->at + 1)
		if (isalpha((unsigned char)ret_part->at[1]))
			return true;
	return false;
}

/* Is PART %Name%, and not what addresses write in place of a blank or a letter: "a%20b%20c",
 * "%C3%BC"? */
static bool is_percent(const struct part *part)
{
	return !memchr(part->at, ' ', part->len) && !isdigit((unsigned char)part->at[1]) &&
	       !(part->len == 4 && isxdigit((unsigned char)part->at[1]) &&
		 isxdigit((unsigned char)part->at[2]));
}

/* Finds %Name%, which Macs fill in some keys, and nothing else does. */
static bool find_percent(const char *text, struct part *ret_part)
{
	for (const char *at = text; find_between(at, "%", "%", ret_part); at = ret_part->at + 1)
		if (is_percent(ret_part))
			return true;
	return false;
}

/* Is TEXT an address of a domain that is for examples only (RFC 2606)? */
static bool is_example(const char *text)
{
	static const char *const domains[] = { "example.com", "example.org", "example.net",
					       "example", "invalid" };
	char host[CLEAN_MAX + 1];

	address_host(text, host);
	for (size_t i = 0; i < sizeof domains / sizeof domains[0]; i++)
		if (address_is_below(host, domains[i]))
			return true;
	return false;
}

/* What is left over in TEXT for sure. */
static bool find_sure(const char *text, struct part *ret_part)
{
	return find_between(text, "{{", "}}", ret_part) ||
	       find_between(text, "${", "}", ret_part) || find_shout(text, ret_part);
}

/* Judges the text at SPOT, which is of NAME. */
static void judge_text(struct linting *linting, const struct plist_spot *spot, const char *name)
{
	struct profile_keys *keys = &linting->reading.keys;
	const char *text = plist_get_string_ptr(spot->node, NULL);
	bool secret = reading_is_secret(name);
	struct part part;

	if (!text)
		return;
	if (find_sure(text, &part))
		profile_keys_wrong(keys, RULE_PLACEHOLDER, spot, "%.80s still holds \"%.*s\"", name,
				   secret ? 3 : (int)part.len, secret ? "…" : part.at);
	else if (find_brace(text, &part) || find_dollar(text, &part) || find_percent(text, &part))
		profile_keys_wrong(keys, RULE_PERHAPS_PLACEHOLDER, spot,
				   "%.80s holds \"%.*s\", which looks like a variable", name,
				   secret ? 3 : (int)part.len, secret ? "…" : part.at);
	else if (is_example(text))
		profile_keys_wrong(keys, RULE_PERHAPS_PLACEHOLDER, spot,
				   "%.80s is an address of a domain for examples", name);
}

static void look(struct linting *linting, const struct plist_spot *spot, const char *name);

static void look_into_dict(struct linting *linting, const struct plist_spot *dict)
{
	struct profile_keys_walk walk;
	struct plist_spot spot;

	profile_keys_walk_begin(&walk, &linting->reading.keys, dict);
	while (!lint_is_full(linting) && profile_keys_walk_next(&walk, &spot))
		look(linting, &spot, walk.name);
	profile_keys_walk_end(&walk);
}

static void look_into_array(struct linting *linting, const struct plist_spot *array,
			    const char *name)
{
	const struct xml_scan *scan = linting->reading.keys.scan;
	uint32_t count = plist_array_get_size(array->node);
	size_t value = scan ? xml_scan_first(scan, array->value) : XML_NONE;

	for (uint32_t i = 0; i < count && !lint_is_full(linting); i++) {
		struct plist_spot item = { plist_array_get_item(array->node, i), value };

		look(linting, &item, name);
		if (scan)
			value = xml_scan_after(scan, array->value, value);
	}
}

/* Looks into what is at SPOT; what is in an array has no key of its own, and is said of NAME. */
static void look(struct linting *linting, const struct plist_spot *spot, const char *name)
{
	plist_type type = plist_get_node_type(spot->node);

	if (type == PLIST_STRING)
		judge_text(linting, spot, name);
	if (type == PLIST_DICT)
		look_into_dict(linting, spot);
	if (type == PLIST_ARRAY)
		look_into_array(linting, spot, name);
}

void lint_leftovers(struct linting *linting, const struct plist_spot *dict)
{
	look_into_dict(linting, dict);
}
