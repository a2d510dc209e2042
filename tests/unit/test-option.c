/* SPDX-License-Identifier: Apache-2.0 */
/* Options: the messages for wrong ones, and numbers. */
#include "station/tools/option.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/tap.h"

static const struct option longs[] = {
	{ "blueprint", required_argument, NULL, 'b' },
	{ "json", no_argument, NULL, 'j' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static char told[1024];

/* The first result of option_next for a command line of one or two words; what it told is in
 * `told`. */
static int first_option(const char *shorts, const char *word, const char *second)
{
	char words[3][64] = { "run" };
	char *argv[] = { words[0], words[1], second ? words[2] : NULL, NULL };
	FILE *file = tmpfile();
	int before = dup(STDERR_FILENO), result;
	size_t len;

	snprintf(words[1], sizeof words[1], "%s", word);
	snprintf(words[2], sizeof words[2], "%s", second ? second : "");
	fflush(stderr);
	dup2(fileno(file), STDERR_FILENO);
	optind = 0;
	result = option_next("muster run", second ? 3 : 2, argv, shorts, longs);
	fflush(stderr);
	dup2(before, STDERR_FILENO);
	close(before);
	rewind(file);
	len = fread(told, 1, sizeof told - 1, file);
	told[len] = '\0';
	fclose(file);
	return result;
}

static void test_options(void)
{
	static const struct {
		const char *word, *second;
		int result;
		const char *told;
	} rows[] = {
		{ "--json", NULL, 'j', "" },
		{ "-h", NULL, 'h', "" },
		{ "--blueprint", "x.yaml", 'b', "" },
		{ "--blueprint=x.yaml", NULL, 'b', "" },
		{ "--blue=x.yaml", NULL, 'b', "" },
		{ "file", NULL, -1, "" },
		{ "--", NULL, -1, "" },
		{ "--bleuprint", "x", '?',
		  "muster run: unknown option --bleuprint; did you mean --blueprint?\n" },
		{ "--jsn=x", NULL, '?',
		  "muster run: unknown option --jsn; did you mean --json?\n" },
		{ "--quux", NULL, '?',
		  "muster run: unknown option --quux; see muster run --help\n" },
		{ "--blueprint", NULL, '?', "muster run: option --blueprint needs an argument\n" },
		{ "--json=yes", NULL, '?', "muster run: option --json takes no argument\n" },
		{ "-x", NULL, '?', "muster run: unknown option -x; see muster run --help\n" },
		/* A letter that is the value of an option is no option of one letter. */
		{ "-j", NULL, '?', "muster run: unknown option -j; see muster run --help\n" },
		{ "-b", NULL, '?', "muster run: unknown option -b; see muster run --help\n" },
		{ "-jh", NULL, '?', "muster run: unknown option -j; see muster run --help\n" },
		{ "--js=yes", NULL, '?', "muster run: option --json takes no argument\n" },
		{ "-\001", NULL, '?', "muster run: unknown option -?; see muster run --help\n" },
		{ "--\033[31m", NULL, '?',
		  "muster run: unknown option -- [31m; see muster run --help\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		is_number(first_option(OPTION_SHORTS, rows[i].word, rows[i].second), rows[i].result,
			  rows[i].word);
		is_string(told, rows[i].told, "… what is told");
	}
}

static void test_stop(void)
{
	is_number(first_option(OPTION_SHORTS, "file", "--json"), 'j',
		  "options may stand behind operands");
	is_number(first_option(OPTION_SHORTS_STOP, "file", "--json"), -1,
		  "… but not where the operand has options of its own");
	is_number(optind, 1, "… which starts there");
}

static void test_end(void)
{
	char run[] = "run", file[] = "fi\033le", json[] = "--json";
	char *with_file[] = { run, file, NULL }, *with_json[] = { run, json, NULL };

	(void)first_option(OPTION_SHORTS, "file", NULL);
	is_number(option_ends("muster run", 2, with_file), 0, "a word beside the options");
	(void)first_option(OPTION_SHORTS, "--json", NULL);
	is_number(option_ends("muster run", 2, with_json), 1, "nothing beside the options");
}

static void test_numbers(void)
{
	static const struct {
		const char *text;
		int result;
		unsigned number;
	} rows[] = {
		{ "1", 0, 1 },		{ "256", 0, 256 },
		{ "008", 0, 8 },	{ "0", -ERANGE, 77 },
		{ "257", -ERANGE, 77 }, { "99999999999999999999999", -ERANGE, 77 },
		{ "", -EINVAL, 77 },	{ " 8", -EINVAL, 77 },
		{ "+8", -EINVAL, 77 },	{ "-8", -EINVAL, 77 },
		{ "8x", -EINVAL, 77 },	{ "0x8", -EINVAL, 77 },
		{ "8.0", -EINVAL, 77 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unsigned number = 77;

		is_number(option_number(rows[i].text, 1, 256, &number), rows[i].result,
			  rows[i].text);
		is_number(number, rows[i].number, "… what is read");
	}
}

static void test_flag(void)
{
	static const struct {
		const char *words[3];
		int status;
		bool given;
		int operand; /* where the first one stands */
	} rows[] = {
		{ { "run" }, -1, false, 1 },
		{ { "run", "--json" }, -1, true, 2 },
		{ { "run", "file", "--json" }, -1, true, 2 },
		{ { "run", "file" }, -1, false, 1 },
		{ { "run", "--help" }, 0, false, 0 },
		{ { "run", "--jsn" }, 2, false, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *argv[] = { (char *)rows[i].words[0], (char *)rows[i].words[1],
				 (char *)rows[i].words[2], NULL };
		const char *name = argv[1] ? argv[1] : "nothing";
		int argc = argv[2] ? 3 : argv[1] ? 2 : 1;
		bool given = !rows[i].given;

		is_number(option_flag("muster run", "# usage\n", "json", argc, argv, &given),
			  rows[i].status, name);
		is_number(given, rows[i].given, "… whether it is given");
		if (rows[i].status == -1)
			is_number(optind, rows[i].operand, "… where the operands begin");
	}
}

int main(void)
{
	test_options();
	test_stop();
	test_end();
	test_numbers();
	test_flag();
	return tap_done();
}
