/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of requirements on a system's version. */
#include "profiles/values/os_range.h"

#include <stddef.h>

#include "tests/unit/tap.h"

static const struct {
	const char *range, *version;
	bool holds;
} rows[] = {
	{ ">=16", "16.0", true },
	{ ">=16", "16", true },
	{ ">=16", "17.5.1", true },
	{ ">=16", "15.8.2", false },
	{ ">=16", "9.3.5", false },
	{ ">=16", "100", true },
	{ ">16", "16.0", false },
	{ ">16", "16.0.1", true },
	{ "<=17", "17.0.0", true },
	{ "<=17", "17.0.1", false },
	{ "<17", "16.7.10", true },
	{ "<17", "17", false },
	{ "=17", "17.0", true },
	{ "=17", "17.1", false },
	{ "=17.5.1", "17.5.1", true },
	{ "=17.5.1", "17.5", false },
	{ ">=16 <18", "17.9", true },
	{ ">=16 <18", "18.0", false },
	{ ">=16 <18", "15.9", false },
	{ ">= 16  < 18 ", "16.2", true },
	{ ">16.2.3.4", "16.2.3.5", true },
	{ ">16.2.3.4", "16.2.3.4", false },
	{ "", "17.0", true },
	{ "", "", true },
	{ "", "anything", true },
	{ ">=16", "", false },
	{ ">=16", "seventeen", false },
	{ ">=16", "17.0 beta", false },
	{ ">=16", "17.", false },
	{ ">=16", ".17", false },
	{ ">=16", "17..1", false },
	{ ">=16", "17.1.2.3.4", false },
	{ ">=16", "9999999", false },
};

static const struct {
	const char *text;
	bool fine;
} forms[] = {
	{ ">=16", true },
	{ "=1.2.3.4", true },
	{ ">= 16.4 <18", true },
	{ ">1 >2 >3 >4", true },
	{ ">1 >2 >3 >4 >5", false },
	{ "16", false },
	{ "=>16", false },
	{ "==16", false },
	{ ">=", false },
	{ ">=x", false },
	{ ">=16,<18", false },
	{ ">=16<18", false },
	{ ">=16 18", false },
	{ ">=16.", false },
	{ ">=1.2.3.4.5", false },
	{ "", false },
	{ " ", false },
	{ ">=1234567", false },
	{ ">=-1", false },
	{ "~>16", false },
};

int main(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ok(os_range_holds(rows[i].range, rows[i].version) == rows[i].holds,
		   "\"%s\" %s \"%s\"", rows[i].version, rows[i].holds ? "meets" : "fails",
		   rows[i].range);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		ok(!os_range_fault(forms[i].text) == forms[i].fine, "\"%s\" is %s", forms[i].text,
		   forms[i].fine ? "a requirement" : "none");
	return tap_done();
}
