/* SPDX-License-Identifier: Apache-2.0 */
/* The texts between the tags of an XML property list that libplist does not judge. */
#include "profiles/plist/xml_scalar.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Longest number that is read: 20 digits and a sign are 64 bits, a real has some more. */
#define NUMBER_MAX 40

#define DIGITS "0123456789"

/* Copies TEXT without the blanks around it; false when it is too long or holds a NUL. */
static bool copy_trimmed(const char *text, size_t len, char out[static NUMBER_MAX + 1])
{
	while (len > 0 && isspace((unsigned char)*text)) {
		text++;
		len--;
	}
	while (len > 0 && isspace((unsigned char)text[len - 1]))
		len--;
	if (len == 0 || len > NUMBER_MAX)
		return false;
	memcpy(out, text, len);
	out[len] = '\0';
	return strlen(out) == len;
}

static const char *judge_integer(const char *text, size_t len)
{
	char number[NUMBER_MAX + 1], *end;

	if (!copy_trimmed(text, len, number))
		return "is no whole number";
	errno = 0;
	if (number[0] == '-' || number[0] == '+')
		(void)strtoll(number, &end, 0);
	else
		(void)strtoull(number, &end, 0);
	return *end != '\0' || errno == ERANGE ? "is no whole number" : NULL;
}

/* Sign, digits, point, digits, exponent: strtod would follow the locale's point. */
static const char *judge_real(const char *text, size_t len)
{
	char number[NUMBER_MAX + 1], *s = number;
	size_t whole, part = 0;

	if (!copy_trimmed(text, len, number))
		return "is no number";
	s += *s == '+' || *s == '-';
	whole = strspn(s, DIGITS);
	s += whole;
	if (*s == '.')
		part = strspn(++s, DIGITS);
	s += part;
	if (*s == 'e' || *s == 'E') {
		s += s[1] == '+' || s[1] == '-' ? 2 : 1;
		if (!isdigit((unsigned char)*s))
			return "is no number";
		s += strspn(s, DIGITS);
	}
	return whole + part == 0 || *s != '\0' ? "is no number" : NULL;
}

static bool is_leap_year(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* 2026-02-28T09:30:00Z, and no other form. */
static const char *judge_date(const char *text, size_t len)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	static const char wrong[] = "is no date of the form 2026-02-28T09:30:00Z";
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year, month, day;

	if (len != strlen(form))
		return wrong;
	for (size_t i = 0; i < len; i++)
		if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
			return wrong;
	year = 1000 * (text[0] - '0') + 100 * (text[1] - '0') + 10 * (text[2] - '0') + text[3] -
	       '0';
	month = 10 * (text[5] - '0') + text[6] - '0';
	day = 10 * (text[8] - '0') + text[9] - '0';
	if (month < 1 || month > 12 || day < 1 || day > days[month - 1] ||
	    (month == 2 && day == 29 && !is_leap_year(year)) || memcmp(text + 11, "24", 2) >= 0 ||
	    text[14] > '5' || text[17] > '6')
		return wrong;
	return NULL;
}

/* Base64 with any white space, padded. */
static const char *judge_data(const char *text, size_t len)
{
	size_t digits = 0, pads = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (isspace(c))
			continue;
		if (c == '=')
			pads++;
		else if (pads > 0 || !(isalnum(c) || c == '+' || c == '/'))
			return "is no Base64";
		else
			digits++;
	}
	return pads > 2 || (digits + pads) % 4 != 0 ? "is no Base64; it was cut short" : NULL;
}

static const char *judge_bare(const char *text, size_t len)
{
	(void)text;
	return len > 0 ? "is a yes or no with something in it" : NULL;
}

const char *xml_scalar_fault(const char *tag, const char *text, size_t len)
{
	static const struct {
		const char *tag;
		const char *(*judge)(const char *text, size_t len);
	} judges[] = {
		{ "integer", judge_integer }, { "real", judge_real }, { "date", judge_date },
		{ "data", judge_data },	      { "true", judge_bare }, { "false", judge_bare },
	};

	for (size_t i = 0; i < sizeof judges / sizeof judges[0]; i++)
		if (strcmp(tag, judges[i].tag) == 0)
			return judges[i].judge(text, len);
	return NULL;
}
