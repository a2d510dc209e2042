/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a YAML file is small, shallow and well-formed enough to be loaded. */
#include "profiles/files/yaml_limits.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/yaml_file.h"

/* Where in the file, and how much was seen so far. */
struct walk {
	unsigned nodes, aliases, depth;
	char *open[YAML_DEPTH_MAX]; /* anchors of the collections around; NULL for none */
	bool no_memory;
};

int yaml_limits_explain(const yaml_parser_t *parser, const char *file, struct problems *problems)
{
	const yaml_mark_t *mark = &parser->problem_mark;

	if (parser->error == YAML_MEMORY_ERROR)
		return -ENOMEM;
	if (parser->error == YAML_READER_ERROR)
		/* Bytes are read ahead of lines, so the place is not known more exactly. */
		problems_add(problems, file, (unsigned)parser->mark.line + 1, 1,
			     "is not a text: %s, at or after this line", parser->problem);
	else
		problems_add(problems, file, (unsigned)mark->line + 1, (unsigned)mark->column + 1,
			     "is not YAML: %s%s%s", parser->context ? parser->context : "",
			     parser->context ? ": " : "", parser->problem);
	return -EINVAL;
}

/* Enters a collection with ANCHOR (may be NULL). Returns NULL, or what is wrong. */
static const char *enter(struct walk *walk, const yaml_char_t *anchor)
{
	if (walk->depth == YAML_DEPTH_MAX)
		return "is nested too deeply";
	walk->open[walk->depth] = anchor ? strdup((const char *)anchor) : NULL;
	/* Without it a collection inside itself would not be seen. */
	walk->no_memory |= anchor && !walk->open[walk->depth];
	walk->depth++;
	return NULL;
}

static void leave(struct walk *walk)
{
	walk->depth--;
	free(walk->open[walk->depth]);
	walk->open[walk->depth] = NULL;
}

/* Counts an alias to ANCHOR. Returns NULL, or what is wrong. */
static const char *refer(struct walk *walk, const yaml_char_t *anchor)
{
	for (unsigned i = 0; i < walk->depth; i++)
		if (walk->open[i] && strcmp(walk->open[i], (const char *)anchor) == 0)
			return "refers to itself";
	return ++walk->aliases > YAML_ALIASES_MAX ? "has too many aliases" : NULL;
}

/* Takes one event. Returns NULL, or what is wrong with the file there. */
static const char *take(struct walk *walk, const yaml_event_t *event)
{
	const char *wrong = NULL;

	switch (event->type) {
	case YAML_SEQUENCE_START_EVENT:
		wrong = enter(walk, event->data.sequence_start.anchor);
		break;
	case YAML_MAPPING_START_EVENT:
		wrong = enter(walk, event->data.mapping_start.anchor);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		leave(walk);
		return NULL;
	case YAML_ALIAS_EVENT:
		wrong = refer(walk, event->data.alias.anchor);
		break;
	case YAML_SCALAR_EVENT:
		break;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		return NULL;
	}
	if (!wrong && ++walk->nodes > YAML_NODES_MAX)
		wrong = "has too many values";
	return wrong;
}

/* Reads the next event. Returns 1 for more, 0 at the end, or as yaml_limits_check. */
static int step(struct walk *walk, yaml_parser_t *parser, const char *file,
		struct problems *problems)
{
	yaml_event_t event;
	const char *wrong;
	int r;

	if (!yaml_parser_parse(parser, &event))
		return yaml_limits_explain(parser, file, problems);
	r = event.type != YAML_STREAM_END_EVENT;
	wrong = take(walk, &event);
	if (wrong) {
		problems_add(problems, file, (unsigned)event.start_mark.line + 1,
			     (unsigned)event.start_mark.column + 1, "%s", wrong);
		r = -EINVAL;
	}
	if (walk->no_memory)
		r = -ENOMEM;
	yaml_event_delete(&event);
	return r;
}

int yaml_limits_check(const char *file, const unsigned char *bytes, size_t size,
		      struct problems *problems)
{
	struct walk walk = { 0 };
	yaml_parser_t parser;
	int r;

	if (!yaml_parser_initialize(&parser))
		return -ENOMEM;
	yaml_parser_set_input_string(&parser, bytes, size);
	do
		r = step(&walk, &parser, file, problems);
	while (r > 0);
	while (walk.depth > 0)
		leave(&walk);
	yaml_parser_delete(&parser);
	return r;
}
