/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with the operator's files: all of it, each with its place. */
#include "profiles/values/problem.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"

/* Before, at, or after in one file: by line, then column. */
static int compare_places(const struct problem *a, const struct problem *b)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->column < b->column ? -1 : a->column > b->column;
}

static bool same_problem(const struct problem *a, const struct problem *b)
{
	return compare_places(a, b) == 0 && strcmp(a->file, b->file) == 0 &&
	       strcmp(a->text, b->text) == 0;
}

static bool has_problem(const struct problems *problems, const struct problem *problem)
{
	for (size_t i = 0; i < problems->count; i++)
		if (same_problem(&problems->list[i], problem))
			return true;
	return false;
}

/* The index after the last one of the same file that is not after PROBLEM; the end for a new file.
 */
static size_t find_place(const struct problems *problems, const struct problem *problem)
{
	size_t at = problems->count;
	bool file_seen = false;

	for (size_t i = 0; i < problems->count; i++) {
		const struct problem *other = &problems->list[i];

		if (strcmp(other->file, problem->file) != 0)
			continue;
		if (compare_places(other, problem) <= 0)
			at = i + 1;
		else if (!file_seen)
			at = i;
		file_seen = true;
	}
	return at;
}

/* Takes the strings of PROBLEM over. Returns false, and takes nothing, when it is not kept. */
static bool keep(struct problems *problems, struct problem problem)
{
	struct problem *list;
	size_t at;

	if (!problem.file || !problem.text || problems->count == PROBLEMS_MAX ||
	    has_problem(problems, &problem))
		return false;
	list = reallocarray(problems->list, problems->count + 1, sizeof *list);
	if (!list)
		return false;
	problems->list = list;
	at = find_place(problems, &problem);
	memmove(list + at + 1, list + at, (problems->count - at) * sizeof *list);
	list[at] = problem;
	problems->count++;
	return true;
}

/* Adds a problem that breaks RULE, its text from FORMAT and ARGS. */
__attribute__((format(printf, 4, 0))) static void add(struct problems *problems, enum rule rule,
						      const struct problem_place *place,
						      const char *format, va_list args)
{
	struct problem problem = { .line = place->line, .column = place->column, .rule = rule };
	char raw[2 * CLEAN_MAX], cleaned[CLEAN_MAX + 1];

	vsnprintf(raw, sizeof raw, format, args);
	problems->found++;
	problems->errors += rule_level(rule) == RULE_ERROR;
	clean_string(raw, cleaned);
	problem.text = strdup(cleaned);
	clean_string(place->file, cleaned);
	/* An empty name, as a script with an empty variable gives it, is to be seen. */
	problem.file = strdup(cleaned[0] ? cleaned : "\"\"");
	if (!keep(problems, problem)) {
		free(problem.file);
		free(problem.text);
	}
}

void problems_add(struct problems *problems, const char *file, unsigned line, unsigned column,
		  const char *format, ...)
{
	const struct problem_place place = { file, line, column };
	va_list args;

	va_start(args, format);
	add(problems, problems->stage, &place, format, args);
	va_end(args);
}

void problems_add_rule(struct problems *problems, enum rule rule, const struct problem_place *place,
		       const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(problems, rule, place, format, args);
	va_end(args);
}

/* What stands before a text: an error needs no word. */
static const char *const levels[] = {
	[RULE_ERROR] = "",
	[RULE_WARNING] = "warning: ",
	[RULE_NOTE] = "note: ",
};

void problems_print(const struct problems *problems, FILE *out)
{
	for (size_t i = 0; i < problems->count; i++) {
		const struct problem *problem = &problems->list[i];

		fprintf(out, "%s:", problem->file);
		if (problem->line > 0)
			fprintf(out, "%u:", problem->line);
		if (problem->column > 0)
			fprintf(out, "%u:", problem->column);
		fprintf(out, " %s%s\n", levels[rule_level(problem->rule)], problem->text);
	}
	if (problems->count == PROBLEMS_MAX)
		fprintf(out, "These are the first %d problems; there may be more.\n", PROBLEMS_MAX);
}

void problems_done(struct problems *problems)
{
	for (size_t i = 0; i < problems->count; i++) {
		free(problems->list[i].file);
		free(problems->list[i].text);
	}
	free(problems->list);
	*problems = (struct problems){ 0 };
}
