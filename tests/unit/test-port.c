/* SPDX-License-Identifier: Apache-2.0 */
/* Port paths: which texts are one, and their order. */
#include "device/facts/port.h"

#include <stddef.h>

#include "tests/unit/tap.h"

static void test_valid(void)
{
	static const struct {
		const char *text;
		bool valid;
	} rows[] = {
		{ "1-4", true },
		{ "1-4.2", true },
		{ "255-255", true },
		{ "10-1.2.3.4.5.6", true },
		{ "255-255.255.255.255.255.255", true },
		{ "1-1.2.3.4.5.6.7", false },
		{ "256-1", false },
		{ "1-256", false },
		{ "1-4.256", false },
		{ "1-99999999999999999999", false },
		{ "0-1", false },
		{ "1-0", false },
		{ "1-4.0", false },
		{ "01-4", false },
		{ "1-04", false },
		{ "", false },
		{ "1", false },
		{ "1-", false },
		{ "-4", false },
		{ "1-4.", false },
		{ "1-.4", false },
		{ "1-4..2", false },
		{ "1-1.2.3.4.5.6.", false },
		{ "1.4", false },
		{ "1-4-2", false },
		{ "1-4:1.0", false },
		{ "usb1", false },
		{ "usb1-port4", false },
		{ "1-4 ", false },
		{ " 1-4", false },
		{ "1-+4", false },
		{ "1-4/../5", false },
		{ "1-4.11111111111111111111111111111111111111", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ok(port_is_valid(rows[i].text) == rows[i].valid, "\"%s\" is %s", rows[i].text,
		   rows[i].valid ? "a port" : "none");
	ok(!port_is_valid("1-4\n"), "nor is a line");
}

static void test_order(void)
{
	/* In their order. */
	static const char *const ports[] = { "1-1",    "1-2",  "1-2.1",	 "1-2.1.9", "1-2.2",
					     "1-2.10", "1-10", "1-10.1", "2-1",	    "10-1" };
	const size_t count = sizeof ports / sizeof ports[0];

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			int order = port_compare(ports[i], ports[j]);

			if (!(i < j ? order < 0 : i > j ? order > 0 : order == 0))
				ok(false, "%s and %s: %d", ports[i], ports[j], order);
		}
	}
	ok(true, "every pair of %zu is in order", count);
}

int main(void)
{
	test_valid();
	test_order();
	return tap_done();
}
