/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the library: entries, their clocks, which one is used, and what a changed file does. */
#include "config.h"

#include "profiles/library/library.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/library/library_entry.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static char dir[SCRATCH_PATH], folder[SCRATCH_PATH];

static struct library_entry entry_of(const char *name, int64_t at, int64_t lasts)
{
	struct library_entry entry = { .added = 7,
				       .life.witness = LIBRARY_OPERATOR,
				       .from = "/home/kim/Intune export.mobileconfig",
				       .life.download = { at, lasts } };

	snprintf(entry.name, sizeof entry.name, "%s", name);
	return entry;
}

static int add(const char *name, const char *bytes, int64_t at, int64_t lasts)
{
	struct library_entry entry = entry_of(name, at, lasts);

	return library_add(folder, &entry, (const unsigned char *)bytes, strlen(bytes));
}

static void check_names(void)
{
	static const struct {
		const char *name;
		int want;
	} rows[] = {
		{ "Intune", 0 },
		{ "a", 0 },
		{ "2026-11_wifi.v2", 0 },
		{ "", -EINVAL },
		{ ".hidden", -EINVAL },
		{ "-rf", -EINVAL },
		{ "a b", -EINVAL },
		{ "a/b", -EINVAL },
		{ "Schüler", -EINVAL },
		{ "a\n", -EINVAL },
		{ "0123456789012345678901234567890123456789012345678901234567890123", 0 },
		{ "01234567890123456789012345678901234567890123456789012345678901234", -EINVAL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		is_number(library_judge_name(rows[i].name), rows[i].want, rows[i].name);
}

static const char text[] = "muster library 1\n"
			   "name Intune\n"
			   "from /home/kim/Intune export.mobileconfig\n"
			   "added 7\n"
			   "downloaded 100\n"
			   "witness operator\n"
			   "lasts 1209600\n";

static void check_text(void)
{
	/* Each line spoilt: text that is not ours is not taken. */
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "muster library 1", "muster library 2" },
		{ "name Intune", "name Int une" },
		{ "name Intune", "name" },
		{ "from", "form" },
		{ "added 7", "added x" },
		{ "added 7", "added 07" },
		{ "downloaded 100", "downloaded never" },
		{ "witness operator", "witness nobody" },
		{ "lasts 1209600\n", "lasts 1209600" },
		{ "lasts 1209600\n", "lasts 1209600\nmore\n" },
	};
	struct library_entry entry = entry_of("Intune", 100, EXPIRY_INTUNE_LIFE), read = { 0 };
	char out[LIBRARY_ENTRY_TEXT_MAX];

	library_entry_to_text(&entry, out);
	is_string(out, text, "an entry's text");
	is_number(library_entry_parse(out, &read), 0, "is read back");
	ok(read.life.witness == LIBRARY_OPERATOR && read.life.download.at == 100 &&
		   read.life.download.lasts == EXPIRY_INTUNE_LIFE && read.added == 7,
	   "with all that it says");
	is_string(read.from, entry.from, "and where it came from");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *at = strstr(text, rows[i].from);

		snprintf(out, sizeof out, "%.*s%s%s", (int)(at - text), text, rows[i].to,
			 at + strlen(rows[i].from));
		ok(library_entry_parse(out, &read) == -EINVAL, "spoilt text %zu is refused", i);
	}
	entry.life.download = (struct expiry_download){ EXPIRY_NEVER, EXPIRY_NEVER };
	library_entry_to_text(&entry, out);
	is_number(library_entry_parse(out, &read), 0, "an entry without limit");
	ok(read.life.download.at == EXPIRY_NEVER && read.life.download.lasts == EXPIRY_NEVER,
	   "has none");
}

static void check_add(void)
{
	struct library_entry entry = entry_of("Intune", 200, EXPIRY_INTUNE_LIFE);
	struct library library;
	unsigned char *bytes = NULL;
	size_t size;

	is_number(library_read(folder, &library), 0, "a library that is not there");
	is_number((long long)library.count, 0, "is empty");
	library_done(&library);
	is_number(add("Intune", "first", 100, EXPIRY_INTUNE_LIFE), 0, "a download");
	is_number(add("Intune", "second", 300, EXPIRY_INTUNE_LIFE), 0, "a second one beside it");
	is_number(add("wifi", "wifi", EXPIRY_NEVER, EXPIRY_NEVER), 0, "one without limit");
	is_number(library_add(folder, &entry, (const unsigned char *)"first", 5), -EEXIST,
		  "the same bytes again");
	is_number(entry.life.download.at, 100, "do not start the clock anew");
	is_number(add("a b", "third", 0, 0), -EINVAL, "a name that is none");
	library_read(folder, &library);
	is_number((long long)library.count, 3, "three entries");
	is_number(library.entries[0].life.download.at, 300, "of one name the latest is first");
	is_number(library.entries[1].life.download.at, 100,
		  "the earlier stands beside it, untouched");
	is_string(library.entries[2].name, "wifi", "then the next name");
	is_number(library_bytes(folder, &library.entries[1], &bytes, &size), 0, "its bytes");
	is_string((const char *)bytes, "first", "are the very bytes");
	free(bytes);
	library_done(&library);
}

/* Which of two downloads is used, at which time: the latest that lasts, else the latest. */
static void check_find(void)
{
	const int64_t first = 100 + EXPIRY_INTUNE_LIFE, second = 300 + EXPIRY_INTUNE_LIFE;
	const struct {
		int64_t now, want;
	} rows[] = { { 400, 300 }, { first + 1, 300 }, { second - 1, 300 }, { second, 300 } };
	struct library library;

	library_read(folder, &library);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		is_number(library_find(&library, "Intune", rows[i].now)->life.download.at,
			  rows[i].want, "the latest download is used");
	ok(!library_find(&library, "intune", 400), "case matters");
	/* A later download that was given less time than the earlier one. */
	library.entries[0].life.download.lasts = 50;
	is_number(library_find(&library, "Intune", 340)->life.download.at, 300, "while it lasts");
	is_number(library_find(&library, "Intune", 350)->life.download.at, 100,
		  "then the one that still does");
	is_number(library_find(&library, "Intune", first)->life.download.at, 300,
		  "of those that are past the latest");
	library_done(&library);
}

static void check_pick(void)
{
	const struct library_entry *entry;
	struct library library;
	char word[65];

	library_read(folder, &library);
	is_number(library_pick(&library, "wifi", &entry), 0, "a name that only one has");
	is_number(library_pick(&library, "Intune", &entry), -ENOTUNIQ, "a name that two have");
	is_number(library_pick(&library, "none", &entry), -ENOENT, "a name that none has");
	snprintf(word, sizeof word, "%s", library.entries[1].sha256);
	is_number(library_pick(&library, word, &entry), 0, "a whole digest");
	word[8] = '\0';
	is_number(library_pick(&library, word, &entry), 0, "its beginning");
	is_string(entry->sha256, library.entries[1].sha256, "means that one");
	word[7] = '\0';
	is_number(library_pick(&library, word, &entry), -ENOENT, "seven digits are too few");
	is_number(library_remove(folder, &library.entries[1]), 0, "one is removed");
	is_number(library_remove(folder, &library.entries[1]), -ENOENT, "once");
	library_done(&library);
	library_read(folder, &library);
	is_number((long long)library.count, 2, "the others stay");
	library_done(&library);
}

static void check_damage(void)
{
	char path[512];
	struct library library;
	unsigned char *bytes;
	size_t size;

	library_read(folder, &library);
	snprintf(path, sizeof path, "%s/%s/profile.mobileconfig", folder,
		 library.entries[0].sha256);
	scratch_write_text(path, "changed");
	is_number(library_bytes(folder, &library.entries[0], &bytes, &size), -EBADMSG,
		  "bytes that were changed are not given out");
	snprintf(path, sizeof path, "%s/%s/entry", folder, library.entries[0].sha256);
	scratch_write_text(path, "changed");
	library_done(&library);
	library_read(folder, &library);
	is_number((long long)library.damaged, 1, "a damaged entry is counted");
	is_number((long long)library.count, 1, "and does no harm to the others");
	library_done(&library);
}

int main(void)
{
	scratch_make(dir);
	scratch_path(folder, dir, "profiles");
	check_names();
	check_text();
	check_add();
	check_find();
	check_pick();
	check_damage();
	scratch_remove(dir);
	return tap_done();
}
