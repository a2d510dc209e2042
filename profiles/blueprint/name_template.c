/* SPDX-License-Identifier: Apache-2.0 */
/* Names with variables: "LIB-{serial}". */
#include "profiles/blueprint/name_template.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"
#include "profiles/blueprint/variable.h"

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

int name_template_check(const struct assets *assets, const char *template, char *text, size_t size)
{
	size_t longest = 0;
	struct part part;
	int r;

	while ((r = next_part(&template, &part)) > 0) {
		char why[VARIABLE_WHY_MAX];
		size_t len = part.len;

		if (part.variable && !variable_is_known(assets, part.text, part.len, &len)) {
			variable_explain(assets, part.text, part.len, why);
			snprintf(text, size, "%s", why);
			return -EINVAL;
		}
		longest += len;
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

void name_template_need_cells(const struct assets *assets, const char *template, const char *file,
			      struct problems *problems)
{
	struct part part;

	while (next_part(&template, &part) > 0)
		if (part.variable)
			variable_need_cells(assets, part.text, part.len, file, problems);
}

int blueprint_fill(const char *template, const struct blueprint_facts *facts, char **ret_text)
{
	char filled[CLEAN_MAX + 1];
	size_t used = 0;
	struct part part;
	char *text;

	while (next_part(&template, &part) > 0) {
		int r = part.variable ? variable_value(facts, part.text, part.len, &part.text) : 0;

		if (r < 0)
			return r;
		if (part.variable)
			part.len = strlen(part.text);
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
