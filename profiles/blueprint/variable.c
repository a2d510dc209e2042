/* SPDX-License-Identifier: Apache-2.0 */
/* What {serial}, {asset} and the like stand for: a device's own facts, and columns of assets. */
#include "profiles/blueprint/variable.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "device/facts/nearest.h"

enum fact {
	SERIAL,
	UDID,
	PRODUCT,
	ECID
};

/* The facts of a device, and how long what stands for them gets, in bytes: a serial number has 10
 * to 14 characters, "AudioAccessory5,1" is the longest kind of product, an ECID has 64 bits in
 * decimal. */
static const struct {
	const char *word;
	size_t longest;
} facts_known[] = {
	[SERIAL] = { "serial", 20 },
	[UDID] = { "udid", 40 },
	[PRODUCT] = { "product", 24 },
	[ECID] = { "ecid", 20 },
};
#define FACTS (sizeof facts_known / sizeof facts_known[0])

/* Returns 0 and RET_FACT, or -ENOENT. */
static int find_fact(const char *word, size_t len, enum fact *ret_fact)
{
	for (size_t i = 0; i < FACTS; i++) {
		if (strlen(facts_known[i].word) == len &&
		    memcmp(facts_known[i].word, word, len) == 0) {
			*ret_fact = (enum fact)i;
			return 0;
		}
	}
	return -ENOENT;
}

bool variable_is_known(const struct assets *assets, const char *word, size_t len,
		       size_t *ret_longest)
{
	enum fact fact;
	size_t column;

	if (find_fact(word, len, &fact) == 0) {
		*ret_longest = facts_known[fact].longest;
		return true;
	}
	if (!assets || assets_find_column(assets, word, len, &column) < 0)
		return false;
	*ret_longest = assets_longest(assets, column);
	return true;
}

void variable_explain(const struct assets *assets, const char *word, size_t len,
		      char out[static VARIABLE_WHY_MAX])
{
	/* The first ones that everybody's assets have. */
	static const char *const usual[] = { "asset", "name" };
	const char *words[FACTS + ASSETS_COLUMNS_MAX], *nearest;
	size_t count = 0, columns = assets ? assets_columns(assets) : 0;
	char typed[NEAREST_MAX + 1];

	snprintf(typed, sizeof typed, "%.*s", (int)(len < sizeof typed ? len : 0), word);
	for (size_t i = 0; i < sizeof usual / sizeof usual[0] && !assets; i++) {
		if (strcmp(typed, usual[i]) == 0) {
			snprintf(out, VARIABLE_WHY_MAX,
				 "{%s} is a column of an assets file; name one with \"assets: "
				 "FILE.csv\"",
				 typed);
			return;
		}
	}
	for (size_t i = 0; i < FACTS; i++)
		words[count++] = facts_known[i].word;
	for (size_t i = 0; i < columns; i++)
		words[count++] = assets_word(assets, i);
	nearest = nearest_word(typed, words, count);
	if (nearest)
		snprintf(out, VARIABLE_WHY_MAX, "{%s} is unknown; did you mean {%s}?", typed,
			 nearest);
	else
		snprintf(out, VARIABLE_WHY_MAX,
			 "{%s} is unknown; known are {serial}, {udid}, {product}, {ecid}%s", typed,
			 assets ? " and the columns of the assets file"
				: ", and the columns of an assets file");
}

void variable_need_cells(const struct assets *assets, const char *word, size_t len,
			 const char *file, struct problems *problems)
{
	enum fact fact;
	size_t column;
	unsigned line;

	if (!assets || find_fact(word, len, &fact) == 0 ||
	    assets_find_column(assets, word, len, &column) < 0)
		return;
	line = assets_empty_line(assets, column);
	if (line > 0)
		problems_add(problems, assets_file(assets), line, 0,
			     "has nothing in the column %s, which %s needs",
			     assets_word(assets, column), file);
}

static const char *fact_of(const struct blueprint_facts *facts, enum fact fact)
{
	switch (fact) {
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

int variable_value(const struct blueprint_facts *facts, const char *word, size_t len,
		   const char **ret_text)
{
	size_t row, column;
	const char *text;
	enum fact fact;

	if (find_fact(word, len, &fact) == 0) {
		text = fact_of(facts, fact);
	} else {
		if (!facts->assets || !facts->serial ||
		    assets_find_column(facts->assets, word, len, &column) < 0)
			return -ENODATA;
		if (assets_find_row(facts->assets, facts->serial, &row) < 0)
			return -ENOKEY;
		text = assets_cell(facts->assets, row, column);
	}
	if (!text || text[0] == '\0')
		return -ENODATA;
	*ret_text = text;
	return 0;
}
