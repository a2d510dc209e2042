/* SPDX-License-Identifier: Apache-2.0 */
/* Which versions of a system a blueprint is for: ">=16", ">=16 <18". */
#include "profiles/values/os_range.h"

#include <stddef.h>
#include <string.h>

/* Apple's versions have up to three numbers; a fourth is let through. */
#define NUMBERS_MAX 4
/* Digits of one number: keeps it far from overflow. */
#define DIGITS_MAX 6

struct version {
	unsigned long numbers[NUMBERS_MAX];
};

struct comparison {
	bool less, equal, greater; /* which of the three it lets through */
	struct version with;
};

/* Reads a version at *TEXT and moves it on; false when there is none. */
static bool read_version(const char **text, struct version *ret_version)
{
	const char *s = *text;
	struct version version = { { 0 } };

	for (size_t n = 0; n < NUMBERS_MAX; n++) {
		size_t digits = strspn(s, "0123456789");

		if (digits == 0 || digits > DIGITS_MAX)
			return false;
		for (; digits > 0; digits--)
			version.numbers[n] = 10 * version.numbers[n] + (unsigned long)(*s++ - '0');
		if (*s != '.') {
			*text = s;
			*ret_version = version;
			return true;
		}
		s++;
	}
	return false;
}

/* Reads an operator at *TEXT and moves it on; false when there is none. */
static bool read_operator(const char **text, struct comparison *comparison)
{
	static const struct {
		const char *text;
		bool less, equal, greater;
	} operators[] = {
		{ ">=", false, true, true }, { "<=", true, true, false },
		{ ">", false, false, true }, { "<", true, false, false },
		{ "=", false, true, false },
	};

	for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
		size_t len = strlen(operators[i].text);

		if (strncmp(*text, operators[i].text, len) != 0)
			continue;
		*text += len;
		comparison->less = operators[i].less;
		comparison->equal = operators[i].equal;
		comparison->greater = operators[i].greater;
		return true;
	}
	return false;
}

/* Reads the next comparison at *TEXT with the blanks around it. Returns NULL or what is wrong. */
static const char *read_comparison(const char **text, struct comparison *ret_comparison)
{
	*text += strspn(*text, " ");
	if (!read_operator(text, ret_comparison))
		return "needs >=, >, <=, < or = before each version";
	*text += strspn(*text, " ");
	if (!read_version(text, &ret_comparison->with) || (**text != '\0' && **text != ' '))
		return "needs a version such as 17 or 17.5.1 after each comparison";
	*text += strspn(*text, " ");
	return NULL;
}

const char *os_range_fault(const char *text)
{
	struct comparison comparison;
	const char *fault;
	int count = 0;

	do {
		fault = read_comparison(&text, &comparison);
		if (!fault && ++count > OS_RANGE_MAX)
			fault = "has too many comparisons; two make a range";
	} while (!fault && *text != '\0');
	return fault;
}

static bool is_below(const struct version *version, const struct version *other)
{
	for (size_t n = 0; n < NUMBERS_MAX; n++)
		if (version->numbers[n] != other->numbers[n])
			return version->numbers[n] < other->numbers[n];
	return false;
}

static bool lets_through(const struct comparison *comparison, const struct version *version)
{
	for (size_t n = 0; n < NUMBERS_MAX; n++) {
		if (version->numbers[n] < comparison->with.numbers[n])
			return comparison->less;
		if (version->numbers[n] > comparison->with.numbers[n])
			return comparison->greater;
	}
	return comparison->equal;
}

bool os_range_holds(const char *range, const char *version)
{
	struct version seen;

	if (range[0] == '\0')
		return true;
	if (!read_version(&version, &seen) || *version != '\0')
		return false;
	while (*range != '\0') {
		struct comparison comparison;

		if (read_comparison(&range, &comparison) || !lets_through(&comparison, &seen))
			return false;
	}
	return true;
}

bool os_range_admits_below(const char *range, const char *version)
{
	struct version limit;

	if (!read_version(&version, &limit))
		return false;
	while (*range != '\0') {
		struct comparison comparison;

		if (read_comparison(&range, &comparison))
			return false;
		/* What lets nothing below itself through must be below the limit itself. */
		if (!comparison.less && !is_below(&comparison.with, &limit))
			return false;
	}
	return true;
}
