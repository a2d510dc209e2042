/* SPDX-License-Identifier: Apache-2.0 */
/* Units read as systemd reads them: which file wins, drop-ins in order, values that are emptied. */
#include "station/tools/unit_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static char root[SCRATCH_PATH];

static void put(const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s", root, name);
	for (char *at = path + strlen(root) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		(void)mkdir(path, 0700);
		*at = '/';
	}
	scratch_write_text(path, text);
}

/* KEY of the service is WANT ("" for none). */
static void is_value(const char *key, const char *want, const char *what)
{
	struct unit *unit = NULL;
	const char *value;

	if (unit_read(root, "a.service", &unit) < 0) {
		ok(false, "%s: no unit", what);
		return;
	}
	value = unit_value(unit, "Service", key);
	is_string(value ? value : "", want, what);
	unit_free(unit);
}

#define VENDOR "usr/lib/systemd/system/"
#define LOCAL  "usr/local/lib/systemd/system/"
#define ADMIN  "etc/systemd/system/"

static void test_values(void)
{
	put(VENDOR "a.service", "# comment\n[Unit]\nRestart=no\n[Service]\n; comment\n"
				"ExecStart = /bin/a --one \\\n# in between\n  --two\n"
				"Restart=no\n Empty=\nnothing\nLast=1");
	is_value("ExecStart", "/bin/a --one    --two", "a line that goes on");
	is_value("Restart", "no", "a value");
	is_value("Empty", "", "an empty one is none");
	is_value("Missing", "", "nor is one that is not there");
	is_value("Last", "1", "the last line needs no end");
	put(VENDOR "a.service.d/20.conf",
	    "[Service]\nRestart=always\nExecStart=\nExecStart=/bin/b\n");
	is_value("Restart", "always", "a drop-in is behind the unit");
	is_value("ExecStart", "/bin/b", "and may put another command in its place");
	put(LOCAL "a.service.d/10.conf", "[Service]\nRestart=on-failure\nOther=x\n");
	is_value("Restart", "always", "drop-ins go by name, not by folder");
	is_value("Other", "x", "each of them counts");
	put(ADMIN "a.service.d/20.conf", "[Service]\nRestart=no\n");
	is_value("Restart", "no", "the administrator's is in place of another of its name");
	is_value("ExecStart", "/bin/a --one    --two", "… with all that was in that");
	put(ADMIN "a.service.d/30.txt", "[Service]\nRestart=wrong\n");
	is_value("Restart", "no", "another file is no drop-in");
	put(ADMIN "a.service", "[Service]\nExecStart=/bin/c\n");
	is_value("ExecStart", "/bin/c", "the administrator's unit wins");
}

static void test_masked(void)
{
	char path[SCRATCH_PATH];
	struct unit *unit = NULL;

	is_number(unit_read(root, "none.service", &unit), -ENOENT, "a unit that is not there");
	put(VENDOR "b.service", "[Service]\nExecStart=/bin/b\n");
	ok(unit_read(root, "b.service", &unit) == 0 && !unit_is_masked(unit), "one that is");
	unit_free(unit);
	ok(symlink("/dev/null", scratch_path(path, root, ADMIN "b.service")) == 0 &&
		   unit_read(root, "b.service", &unit) == 0 && unit_is_masked(unit),
	   "one that is masked");
	unit_free(unit);
	put(ADMIN "c.service", "");
	ok(unit_read(root, "c.service", &unit) == 0 && unit_is_masked(unit),
	   "an empty one is, too");
	unit_free(unit);
	unit_free(NULL);
}

/* What no unit has is no harm. */
static void test_long(void)
{
	enum {
		LONG = 100000
	};
	char *text = malloc(LONG + 32);

	if (!text)
		return;
	memset(text, 'x', LONG);
	memcpy(text, "[Service]\nExecStart=", 20);
	strcpy(text + LONG, "\nRestart=always\n");
	put(ADMIN "a.service", text);
	is_value("Restart", "no", "a line of 100,000 letters hides nothing of its drop-ins");
	free(text);
}

int main(void)
{
	scratch_make(root);
	test_values();
	test_masked();
	test_long();
	scratch_remove(root);
	return tap_done();
}
