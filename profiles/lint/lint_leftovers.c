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
	return find_between(text, "{", "}", ret_part) && isalpha((unsigned char)ret_part->at[1]);
}

/* Finds %Name%, which Macs fill in some keys, and nothing else does. */
static bool find_percent(const char *text, struct part *ret_part)
{
	if (!find_between(text, "%", "%", ret_part))
		return false;
	return !memchr(ret_part->at, ' ', ret_part->len);
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

/* Judges the text NODE under NAME at SPOT. */
static void judge_text(struct linting *linting, const struct plist_spot *spot, plist_t node,
		       const char *name)
{
	struct profile_keys *keys = &linting->reading.keys;
	const char *text = plist_get_string_ptr(node, NULL);
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

static void walk(struct linting *linting, const struct plist_spot *spot, plist_t node,
		 const char *name);

static void walk_dict(struct linting *linting, const struct plist_spot *dict)
{
	plist_dict_iter iter = NULL;
	plist_t value = NULL;

	plist_dict_new_iter(dict->node, &iter);
	while (!lint_is_full(linting)) {
		struct plist_spot spot;
		char *name = NULL;

		plist_dict_next_item(dict->node, iter, &name, &value);
		if (!name)
			break;
		spot = profile_keys_member(&linting->reading.keys, dict, name);
		walk(linting, &spot, value, name);
		free(name);
	}
	free(iter);
}

/* Walks through NODE, at SPOT or an item of it; what is in an array of arrays has no key of its
 * own, and is said of NAME. */
static void walk(struct linting *linting, const struct plist_spot *spot, plist_t node,
		 const char *name)
{
	plist_type type = plist_get_node_type(node);
	uint32_t count = type == PLIST_ARRAY ? plist_array_get_size(node) : 0;

	if (type == PLIST_STRING)
		judge_text(linting, spot, node, name);
	if (type == PLIST_DICT)
		walk_dict(linting, &(struct plist_spot){ node, spot->value });
	for (uint32_t i = 0; i < count && !lint_is_full(linting); i++) {
		struct plist_spot array = { node, spot->value };
		struct plist_spot item = profile_keys_at(&linting->reading.keys, &array, i);

		walk(linting, &item, item.node, name);
	}
}

void lint_leftovers(struct linting *linting, const struct plist_spot *dict)
{
	walk_dict(linting, dict);
}
