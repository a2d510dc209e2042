/* SPDX-License-Identifier: Apache-2.0 */
/* slots.yaml: read, refused with every reason, looked up, written and read again. */
#include "profiles/blueprint/slots_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

#define TWO_HUBS                                              \
	"muster: 1\n"                                         \
	"hubs:\n"                                             \
	"  - name: Left\n"                                    \
	"    rows: 2\n"                                       \
	"    columns: 2\n"                                    \
	"    slots:\n"                                        \
	"      - { name: L1, port: 1-4.1 }\n"                 \
	"      - { name: L2, port: [1-4.2, 2-4.2] }\n"        \
	"      - { name: L3, port: 1-4.3, disabled: true }\n" \
	"  - name: Right\n"                                   \
	"    slots:\n"                                        \
	"      - name: R1\n"                                  \
	"        port: 3-1\n"                                 \
	"      - name: 3-2\n"                                 \
	"        port: 3-2\n"                                 \
	"        disabled: false\n"

/* Reads TEXT as slots.yaml; the caller's, free. Problems are a failed check. */
static struct slots_file *load(const char *text)
{
	struct problems problems = { 0 };
	struct slots_file *slots = NULL;
	char *wrong;

	scratch_write_text("slots.yaml", text);
	slots_file_load("slots.yaml", &problems, &slots);
	wrong = problems_text(&problems);
	is_string(wrong, "", "no problems");
	free(wrong);
	return slots;
}

static void test_load(void)
{
	struct slots_file *slots = load(TWO_HUBS);

	if (!ok(slots, "loads"))
		return;
	is_number((long long)slots->hub_count, 2, "hubs");
	is_number((long long)slots->slot_count, 5, "slots");
	is_string(slots->hubs[0].name, "Left", "the first hub");
	is_number(slots->hubs[0].rows * 10 + slots->hubs[0].columns, 22, "as the file says");
	is_number(slots->hubs[1].rows * 10 + slots->hubs[1].columns, 12, "one row by itself");
	is_string(slots->slots[1].name, "L2", "the second slot");
	is_number((long long)slots->slots[1].port_count, 2, "two ports");
	is_string(slots->slots[1].ports[1], "2-4.2", "the second of them");
	ok(!slots->slots[1].disabled && slots->slots[2].disabled && !slots->slots[4].disabled,
	   "the third is disabled");
	is_number((long long)slots->slots[3].hub, 1, "the fourth is on the second hub");
	free(slots);
}

static void test_layout(void)
{
	static const struct {
		const char *sides;
		unsigned rows, columns;
	} rows[] = {
		{ "", 1, 5 },
		{ "    rows: 2\n", 2, 3 },
		{ "    columns: 2\n", 3, 2 },
		{ "    columns: 5\n    rows: 1\n", 1, 5 },
		{ "    columns: 64\n    rows: 64\n", 64, 64 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct slots_file *slots;
		char text[512];

		snprintf(text, sizeof text,
			 "muster: 1\nhubs:\n  - name: A\n%s    slots: [{name: a, port: 1-1}, "
			 "{name: b, port: 1-2}, {name: c, port: 1-3}, {name: d, port: 1-4}, "
			 "{name: e, port: 1-5}]\n",
			 rows[i].sides);
		slots = load(text);
		ok(slots && slots->hubs[0].rows == rows[i].rows &&
			   slots->hubs[0].columns == rows[i].columns,
		   "%u rows, %u columns", rows[i].rows, rows[i].columns);
		free(slots);
	}
}

static void test_find(void)
{
	static const struct {
		const char *what, *port, *connector, *name;
	} rows[] = {
		{ "by its port", "1-4.1", "1-4.1", "L1" },
		{ "the USB 2 half", "1-4.2", "1-4.2", "L2" },
		{ "the USB 3 half", "2-4.2", "1-4.2", "L2" },
		{ "the USB 3 half, where the kernel tells no peer", "2-4.2", "2-4.2", "L2" },
		{ "the other half of one that lists only one", "2-4.1", "1-4.1", "L1" },
		{ "its own port goes before the connector", "3-1", "1-4.1", "R1" },
		{ "a disabled one", "1-4.3", "1-4.3", "L3" },
		{ "none", "1-4", "1-4", "1-4" },
		{ "none: behind a hub in a slot", "1-4.1.1", "1-4.1.1", "1-4.1.1" },
		{ "none: called by its connector", "2-9", "1-9", "1-9" },
	};
	struct slots_file *slots = load(TWO_HUBS);

	for (size_t i = 0; slots && i < sizeof rows / sizeof rows[0]; i++)
		is_string(slots_file_name(slots, rows[i].port, rows[i].connector), rows[i].name,
			  rows[i].what);
	ok(slots && !slots_file_find(slots, "1-4", "1-4"), "no slot is found there");
	is_string(slots_file_name(NULL, "2-4", "1-4"), "1-4", "without a file: the connector");
	ok(!slots_file_find(NULL, "1-4", "1-4"), "without a file no slot is found");
	free(slots);
}

/* What a hub that leaves out its rows, its columns or both is given. */
static void test_lay_out(void)
{
	static const struct {
		unsigned count, rows, columns, want_rows, want_columns;
	} rows[] = {
		{ 1, 0, 0, 1, 1 },    { 64, 0, 0, 1, 64 },  { 65, 0, 0, 2, 33 },
		{ 256, 0, 0, 4, 64 }, { 8, 2, 0, 2, 4 },    { 7, 0, 2, 4, 2 },
		{ 3, 4, 4, 4, 4 },    { 200, 0, 1, 64, 1 }, { 200, 2, 0, 2, 64 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct slots_file_hub hub = { .rows = rows[i].rows, .columns = rows[i].columns };

		slots_file_lay_out(&hub, rows[i].count);
		ok(hub.rows == rows[i].want_rows && hub.columns == rows[i].want_columns,
		   "%u slots: %u x %u", rows[i].count, hub.rows, hub.columns);
	}
}

#define HUB "muster: 1\nhubs:\n  - name: A\n    slots:\n"

/* Files that are refused, and why. */
static const struct {
	const char *text, *wrong;
} refused[] = {
	{ "muster: 2\nhubs: [{name: A, slots: [{name: a, port: 1-1}]}]\n",
	  "s:1:9: is version \"2\" of the format; this muster reads version 1\n" },
	{ "slots: 5\n", "s:1:1: \"slots\" is unknown; known here: muster, hubs\n"
			"s:1:1: lacks \"muster\"\ns:1:1: lacks \"hubs\"\n" },
	{ "muster: 1\nhubs: []\n", "s:2:7: needs a list of hubs here\n" },
	{ "muster: 1\nhubs: A\n", "s:2:7: needs a list of hubs here\n" },
	{ "muster: 1\nhubs: [A]\n", "s:2:8: needs a hub's name and slots here, and has a text\n" },
	{ "muster: 1\nhubs: [{name: A, slots: []}]\n", "s:2:25: needs a list of slots here\n" },
	{ HUB "      - 1-4\n", "s:5:9: needs a slot's name and port here, and has a text\n" },
	{ HUB "      - { nam: a, port: 1-4 }\n",
	  "s:5:9: lacks \"name\"\n"
	  "s:5:11: \"nam\" is unknown; did you mean \"name\"?\n" },
	{ HUB "      - { name: a, port: usb1 }\n",
	  "s:5:26: \"usb1\" is no port; ports are called 1-4 or 1-4.2\n" },
	{ HUB "      - { name: a, port: [] }\n",
	  "s:5:26: needs one port, or the two of one connector\n" },
	{ HUB "      - { name: a, port: [1-1, 1-2, 1-3] }\n",
	  "s:5:26: needs one port, or the two of one connector\n" },
	{ HUB "      - { name: a, port: [1-1, 1-1] }\n",
	  "s:5:32: the slot of line 5 has port 1-1 already\n" },
	{ HUB "      - { name: a, port: 1-1 }\n      - { name: A, port: [2-1, 1-1] }\n",
	  "s:6:17: the slot of line 5 is called \"A\" too\n"
	  "s:6:32: the slot of line 5 has port 1-1 already\n" },
	{ HUB "      - { name: a, port: 1-1, disabled: yes }\n",
	  "s:5:41: needs true or false, not \"yes\"\n" },
	{ HUB "      - { name: 1-2, port: 1-1 }\n",
	  "s:5:9: the slot is called as another port is, \"1-2\"\n" },
	{ HUB "      - { name: 12345678901234567890123456789012, port: 1-1 }\n",
	  "s:5:17: is too long for a screen: at most 31 bytes\n" },
	{ HUB "      - { name: \"a\\tb\", port: 1-1 }\n",
	  "s:5:17: holds a character that does not show on a screen\n" },
	{ HUB "      - { name: ~, port: 1-1 }\n", "s:5:17: needs a name here, and has nothing\n" },
	{ HUB "      - { name: a, port: 1-1 }\n    rows: 0\n    columns: 65\n",
	  "s:6:11: needs a whole number from 1 to 64, not \"0\"\n"
	  "s:7:14: needs a whole number from 1 to 64, not \"65\"\n" },
	{ HUB "      - { name: a, port: 1-1 }\n      - { name: b, port: 1-2 }\n"
	      "    rows: 1\n    columns: 1\n",
	  "s:3:5: the hub has 2 slots, and 1 x 1 places\n" },
	{ HUB "      - { name: a, port: 1-1 }\n  - name: a\n    slots:\n"
	      "      - { name: b, port: 1-2 }\n",
	  "s:6:11: the hub of line 3 is called \"a\" too\n" },
};

static void test_problems(void)
{
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct problems problems = { 0 };
		struct slots_file *slots = NULL;
		char *wrong;
		int r;

		scratch_write_text("s", refused[i].text);
		r = slots_file_load("s", &problems, &slots);
		wrong = problems_text(&problems);
		ok(r == -EINVAL && !slots, "row %zu is refused", i);
		is_string(wrong, refused[i].wrong, "and says why");
		free(wrong);
	}
}

/* A slot and a hub more than there may be. */
static void test_too_many(void)
{
	static char text[64 * (SLOTS_FILE_MAX + SLOTS_FILE_HUBS_MAX + 2)];
	struct problems problems = { 0 };
	struct slots_file *slots = NULL;
	char *wrong;
	size_t used =
		(size_t)sprintf(text, "muster: 1\nhubs:\n- name: A\n  columns: 16\n  slots:\n");

	for (int i = 0; i <= SLOTS_FILE_MAX; i++)
		used += (size_t)sprintf(text + used, "  - {name: s%d, port: %d-%d}\n", i,
					1 + i / 200, 1 + i % 200);
	scratch_write_text("s", text);
	is_number(slots_file_load("s", &problems, &slots), -EINVAL, "257 slots");
	wrong = problems_text(&problems);
	is_string(wrong, "s:262:5: is one slot too many: at most 256 are taken\n", "are too many");
	free(wrong);
	used = (size_t)sprintf(text, "muster: 1\nhubs:\n");
	for (int i = 0; i <= SLOTS_FILE_HUBS_MAX; i++)
		used += (size_t)sprintf(text + used,
					"- {name: h%d, slots: [{name: s%d, port: 1-%d}]}\n", i, i,
					1 + i);
	scratch_write_text("s", text);
	is_number(slots_file_load("s", &problems, &slots), -EINVAL, "33 hubs");
	wrong = problems_text(&problems);
	is_string(wrong, "s:35:3: is one hub too many: at most 32 are taken\n", "are too many");
	free(wrong);
}

static bool same_slots(const struct slots_file *a, const struct slots_file *b)
{
	/* Both were zeroed before they were filled. */
	return memcmp(a, b, sizeof *a) == 0;
}

/* What is written is read again as it was; REPLACED slots.yaml keeps its permissions. */
static void test_save(void)
{
	struct slots_file *slots = load(TWO_HUBS), *again = NULL;
	struct problems problems = { 0 };
	struct stat st;
	size_t size;
	char *text;

	if (!slots)
		return;
	strcpy(slots->slots[0].name, "~");
	strcpy(slots->slots[1].name, "a: \"b\" \\ #, [{");
	strcpy(slots->hubs[0].name, "Gr\xc3\xbc\xc3\x9f"
				    "e \xe2\x86\x92");
	chmod("slots.yaml", 0640);
	is_number(slots_file_save(slots, "slots.yaml"), 0, "is written");
	is_number(slots_file_load("slots.yaml", &problems, &again), 0, "is read again");
	ok(again && same_slots(slots, again), "and is as it was");
	ok(stat("slots.yaml", &st) == 0 && (st.st_mode & 0777) == 0640, "with its permissions");
	ok(access("slots.yaml.new", F_OK) < 0, "and nothing is left beside it");
	free(again);
	free(slots);
	slots = load("muster: 1\nhubs:\n  - name: Bench\n    slots:\n"
		     "      - { name: one, port: 1-1 }\n"
		     "      - { name: two, port: [1-2, 2-2], disabled: true }\n");
	unlink("slots.yaml");
	umask(022);
	is_number(slots_file_save(slots, "slots.yaml"), 0, "a new file");
	ok(stat("slots.yaml", &st) == 0 && (st.st_mode & 0777) == 0644, "is readable by all");
	text = scratch_read("slots.yaml", &size);
	is_string(text,
		  "# The bench's slots: muster-slots(5). \"muster slot learn\" writes this file.\n"
		  "muster: 1\n"
		  "hubs:\n"
		  "- name: \"Bench\"\n"
		  "  rows: 1\n"
		  "  columns: 2\n"
		  "  slots:\n"
		  "  - {name: \"one\", port: 1-1}\n"
		  "  - {name: \"two\", port: [1-2, 2-2], disabled: true}\n",
		  "and a person can read it");
	free(text);
	free(slots);
}

static void test_save_fails(void)
{
	struct slots_file *slots = load(TWO_HUBS);
	size_t size;
	char *text;

	if (!slots)
		return;
	is_number(slots_file_save(slots, "nowhere/slots.yaml"), -ENOENT, "no such folder");
	mkdir("slots.yaml.new", 0755);
	is_number(slots_file_save(slots, "slots.yaml"), -EISDIR, "no new file can be made");
	text = scratch_read("slots.yaml", &size);
	is_string(text, TWO_HUBS, "the old one is as it was");
	rmdir("slots.yaml.new");
	scratch_write_text("slots.yaml.new", "half a fi");
	is_number(slots_file_save(slots, "slots.yaml"), 0,
		  "what was left half-done is no hindrance");
	mkdir("folder", 0755);
	is_number(slots_file_save(slots, "folder"), -EISDIR, "a folder is not replaced");
	ok(access("folder.new", F_OK) < 0, "and nothing is left beside it");
	free(text);
	free(slots);
}

int main(void)
{
	folder_enter();
	test_load();
	test_layout();
	test_find();
	test_lay_out();
	test_problems();
	test_too_many();
	test_save();
	test_save_fails();
	folder_leave();
	return tap_done();
}
