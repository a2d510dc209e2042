/* SPDX-License-Identifier: Apache-2.0 */
/* Names with variables: "LIB-{serial}". */
#include "profiles/name_template.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"
#include "device/facts/nearest.h"
#include "profiles/blueprint.h"

enum variable {
	SERIAL,
	UDID,
	PRODUCT,
	ECID
};

/* The variables of this version, and how long what stands for them gets, in bytes: a serial number
 * has 10 to 14 characters, "AudioAccessory5,1" is the longest kind of product, an ECID has 64 bits
 * in decimal. */
static const struct {
	const char *word;
	size_t longest;
} variables[] = {
	[SERIAL] = { "serial", 20 },
	[UDID] = { "udid", 40 },
	[PRODUCT] = { "product", 24 },
	[ECID] = { "ecid", 20 },
};

#define VARIABLES (sizeof variables / sizeof variables[0])

/* A part of a template: LEN bytes as they are, or a variable's name without its braces. */
struct part {
	bool variable;
	const char *text;
	size_t len;
};

/* Takes the next part at *TEMPLATE and moves it on. Returns 1, 0 at the end, or -EINVAL at a brace
 * without its other one. */
static int next_part(const char **template, struct part *ret_part)
{
	const char *s = *template;
	size_t len;

	if (*s == '\0')
		return 0;
	len = strcspn(s + (*s == '{'), "{}");
	if (*s != '{') {
		*ret_part = (struct part){ .text = s, .len = len };
		*template = s + len;
		return len > 0 ? 1 : -EINVAL;
	}
	if (s[1 + len] != '}')
		return -EINVAL;
	*ret_part = (struct part){ .variable = true, .text = s + 1, .len = len };
	*template = s + len + 2;
	return 1;
}

/* Returns 0 and RET_VARIABLE, or -ENOENT. */
static int find_variable(const struct part *part, enum variable *ret_variable)
{
	for (size_t i = 0; i < VARIABLES; i++) {
		if (strlen(variables[i].word) == part->len &&
		    memcmp(variables[i].word, part->text, part->len) == 0) {
			*ret_variable = (enum variable)i;
			return 0;
		}
	}
	return -ENOENT;
}

/* Says why PART is no variable. */
static void explain_variable(const struct part *part, char *text, size_t size)
{
	/* Columns of an assets file; a blueprint cannot name one yet. */
	static const char *const coming[] = { "asset", "name" };
	const char *words[VARIABLES];
	char word[NEAREST_MAX + 1];
	const char *nearest;

	snprintf(word, sizeof word, "%.*s", (int)(part->len < sizeof word ? part->len : 0),
		 part->text);
	for (size_t i = 0; i < sizeof coming / sizeof coming[0]; i++) {
		if (strcmp(word, coming[i]) == 0) {
			snprintf(text, size,
				 "{%s} comes from an assets file, which is not in this "
				 "version of muster",
				 word);
			return;
		}
	}
	for (size_t i = 0; i < VARIABLES; i++)
		words[i] = variables[i].word;
	nearest = nearest_word(word, words, VARIABLES);
	if (nearest)
		snprintf(text, size, "{%s} is unknown; did you mean {%s}?", word, nearest);
	else
		snprintf(text, size,
			 "{%s} is unknown; known are {serial}, {udid}, {product} and "
			 "{ecid}",
			 word);
}

int name_template_check(const char *template, char *text, size_t size)
{
	size_t longest = 0;
	struct part part;
	int r;

	while ((r = next_part(&template, &part)) > 0) {
		enum variable variable;

		if (!part.variable) {
			longest += part.len;
		} else if (find_variable(&part, &variable) == 0) {
			longest += variables[variable].longest;
		} else {
			explain_variable(&part, text, size);
			return -EINVAL;
		}
	}
	if (r < 0) {
		snprintf(text, size,
			 "has a brace without its other one; {…} stands for a "
			 "device's own value");
		return r;
	}
	if (longest > CLEAN_MAX) {
		snprintf(text, size, "can become %zu bytes long; a device's name has at most %d",
			 longest, CLEAN_MAX);
		return -EINVAL;
	}
	return 0;
}

static const char *fact(const struct blueprint_facts *facts, enum variable variable)
{
	switch (variable) {
	case SERIAL:
		return facts->serial;
	case UDID:
		return facts->udid;
	case PRODUCT:
		return facts->product;
	case ECID:
		return facts->ecid;
	}
	return NULL;
}

int blueprint_fill(const char *template, const struct blueprint_facts *facts, char **ret_text)
{
	char filled[CLEAN_MAX + 1];
	size_t used = 0;
	struct part part;
	char *text;

	while (next_part(&template, &part) > 0) {
		enum variable variable;

		if (part.variable) {
			if (find_variable(&part, &variable) < 0)
				return -ENODATA;
			part.text = fact(facts, variable);
			if (!part.text || part.text[0] == '\0')
				return -ENODATA;
			part.len = strlen(part.text);
		}
		if (used + part.len > CLEAN_MAX)
			return -E2BIG;
		memcpy(filled + used, part.text, part.len);
		used += part.len;
	}
	text = strndup(filled, used);
	if (!text)
		return -ENOMEM;
	*ret_text = text;
	return 0;
}
