/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the list of problems: its order, its form, its bounds. */
#include "profiles/values/problem.h"

#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/tap.h"

static void check_text(struct problems *problems, const char *want, const char *what)
{
	char *text = problems_text(problems);

	is_string(text, want, what);
	free(text);
}

static void check_order(void)
{
	struct problems problems = { 0 };

	check_text(&problems, "", "an empty list prints nothing");
	problems_add(&problems, "a", 7, 1, "seventh");
	problems_add(&problems, "b", 1, 1, "of another file");
	problems_add(&problems, "a", 2, 9, "second, late");
	problems_add(&problems, "a", 2, 1, "second, early");
	problems_add(&problems, "a", 0, 0, "of the whole file");
	problems_add(&problems, "b", 1, 1, "of another file, too");
	problems_add(&problems, "a", 7, 1, "seventh, too");
	is_number((long long)problems.count, 7, "all are kept");
	check_text(&problems,
		   "a: of the whole file\n"
		   "a:2:1: second, early\n"
		   "a:2:9: second, late\n"
		   "a:7:1: seventh\n"
		   "a:7:1: seventh, too\n"
		   "b:1:1: of another file\n"
		   "b:1:1: of another file, too\n",
		   "by file, then line, then column, then time");
	ok(problems.count == 0 && !problems.list, "done leaves an empty list");
}

static void check_twice(void)
{
	struct problems problems = { 0 };

	for (int i = 0; i < 3; i++)
		problems_add(&problems, "a", 1, 1, "the same %d", 5);
	problems_add(&problems, "a", 1, 1, "another");
	is_number((long long)problems.count, 2, "what was said is not said again");
	is_number((long long)problems.found, 4, "but counted");
	check_text(&problems, "a:1:1: the same 5\na:1:1: another\n", "once each");
}

static void check_cleaning(void)
{
	struct problems problems = { 0 };
	char longer[2 * CLEAN_MAX + 10];

	problems_add(&problems, "a\033[2Jb\n", 1, 2, "red \033[31m %s", "\xff\n");
	check_text(&problems, "a [2Jb :1:2: red  [31m ? \n", "controls do not reach the terminal");
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	problems_add(&problems, "a", 1, 1, "%s", longer);
	is_number((long long)strlen(problems.list[0].text), CLEAN_MAX, "texts have an end");
	problems_done(&problems);
}

static void check_bound(void)
{
	struct problems problems = { 0 };
	char *text;

	for (unsigned i = 0; i < 2 * PROBLEMS_MAX; i++)
		problems_add(&problems, "a", i + 1, 1, "one more");
	is_number((long long)problems.count, PROBLEMS_MAX, "the list has an end");
	is_number((long long)problems.found, 2 * PROBLEMS_MAX, "those after it are counted");
	text = problems_text(&problems);
	ok(strstr(text, "a:100:1: one more\nThese are the first 100 problems"),
	   "the reader is told that there may be more");
	free(text);
}

int main(void)
{
	check_order();
	check_twice();
	check_cleaning();
	check_bound();
	return tap_done();
}
