/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the pair records that the simulated usbmuxd keeps. */
#include "tests/sim/records.h"

#include <errno.h>
#include <string.h>

#include "tests/unit/tap.h"

static const struct {
	const char *id;
	bool good;
} ids[] = {
	{ "00008101-0014D8E311C0AA22", true },
	{ "ddbecadf59730fdec814c883e141ac0c6178777b", true },
	{ "-", true },
	{ "", false },
	{ "../SystemConfiguration", false },
	{ "a/b", false },
	{ "a.plist", false },
	{ "a b", false },
	{ "\303\244", false },
};

static void test_ids(void)
{
	struct record *records = NULL;
	const char *bytes;
	size_t length;

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		is_number(records_read(records, ids[i].id, &bytes, &length),
			  ids[i].good ? ENOENT : EINVAL, ids[i].id);
		is_number(records_delete(&records, ids[i].id), ids[i].good ? ENOENT : EINVAL,
			  "the same when it is to be deleted");
		is_number(records_save(&records, ids[i].id, "x", 1), ids[i].good ? 0 : EINVAL,
			  "and saved only when it is good");
	}
	records_free(records);
}

static void test_keeping(void)
{
	struct record *records = NULL;
	const char *bytes = NULL;
	size_t length = 0;

	is_number(records_save(&records, "A", "", 0), EINVAL, "an empty record is none");
	records_save(&records, "A", "one", 3);
	records_save(&records, "B", "two", 3);
	records_save(&records, "A", "three", 5);
	is_number(records_read(records, "A", &bytes, &length), 0, "a record is read");
	ok(length == 5 && memcmp(bytes, "three", 5) == 0, "as saved last");
	is_number(records_delete(&records, "A"), 0, "it is deleted");
	is_number(records_read(records, "A", &bytes, &length), ENOENT, "and is gone");
	is_number(records_read(records, "B", &bytes, &length), 0, "the other one is not");
	records_free(records);
	records_free(NULL);
}

int main(void)
{
	test_ids();
	test_keeping();
	return tap_done();
}
