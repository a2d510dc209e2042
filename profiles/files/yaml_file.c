/* SPDX-License-Identifier: Apache-2.0 */
/* One YAML document of the operator's, within limits, read by tables of keys. */
#include "profiles/files/yaml_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"
#include "device/facts/nearest.h"
#include "device/facts/number.h"
#include "profiles/files/yaml_limits.h"

/* The version of our files' formats that this muster reads. */
#define FORMAT_VERSION "1"
/* Most keys in one map of ours. */
#define KEYS_MAX 16

/* Loads the one document there may be; a second is a problem. */
static int load(struct yaml_file *yaml, yaml_parser_t *parser)
{
	yaml_document_t second;
	yaml_node_t *root;

	if (!yaml_parser_load(parser, &yaml->document))
		return yaml_limits_explain(parser, yaml->file, yaml->problems);
	if (!yaml_parser_load(parser, &second)) {
		yaml_document_delete(&yaml->document);
		return yaml_limits_explain(parser, yaml->file, yaml->problems);
	}
	root = yaml_document_get_root_node(&second);
	if (root)
		yaml_file_problem(yaml, root, "begins a second document; a file holds one");
	yaml_document_delete(&second);
	if (!root && yaml_document_get_root_node(&yaml->document))
		return 0;
	if (!root)
		problems_add(yaml->problems, yaml->file, 1, 1, "holds nothing but comments");
	yaml_document_delete(&yaml->document);
	return -EINVAL;
}

int yaml_file_parse(struct yaml_file *yaml, const char *file, const unsigned char *bytes,
		    size_t size, struct problems *problems)
{
	yaml_parser_t parser;
	int r;

	r = yaml_limits_check(file, bytes, size, problems);
	if (r < 0)
		return r;
	if (!yaml_parser_initialize(&parser))
		return -ENOMEM;
	yaml_parser_set_input_string(&parser, bytes, size);
	*yaml = (struct yaml_file){ .file = file, .problems = problems };
	r = load(yaml, &parser);
	yaml_parser_delete(&parser);
	return r;
}

void yaml_file_done(struct yaml_file *yaml)
{
	yaml_document_delete(&yaml->document);
}

void yaml_file_problem(struct yaml_file *yaml, const yaml_node_t *node, const char *format, ...)
{
	char text[2 * CLEAN_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	problems_add(yaml->problems, yaml->file, (unsigned)node->start_mark.line + 1,
		     (unsigned)node->start_mark.column + 1, "%s", text);
}

static const char *scalar(const yaml_node_t *node)
{
	return (const char *)node->data.scalar.value;
}

/* Unquoted, and one of YAML's ways to write nothing. */
static bool is_nothing(const yaml_node_t *node)
{
	static const char *const nothings[] = { "", "~", "null", "Null", "NULL" };

	if (node->type != YAML_SCALAR_NODE || node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
		return false;
	for (size_t i = 0; i < sizeof nothings / sizeof nothings[0]; i++)
		if (strcmp(scalar(node), nothings[i]) == 0)
			return true;
	return false;
}

/* What NODE is, for a sentence about what it is not. */
static const char *describe(const yaml_node_t *node)
{
	if (is_nothing(node))
		return "nothing";
	switch (node->type) {
	case YAML_SEQUENCE_NODE:
		return "a list";
	case YAML_MAPPING_NODE:
		return "a map of keys";
	case YAML_SCALAR_NODE:
		return "a text";
	case YAML_NO_NODE:
		break;
	}
	return "nothing";
}

const char *yaml_file_text(struct yaml_file *yaml, const yaml_node_t *node, const char *want)
{
	char cleaned[CLEAN_MAX + 1];

	if (node->type != YAML_SCALAR_NODE || is_nothing(node)) {
		yaml_file_problem(yaml, node, "needs %s here, and has %s", want, describe(node));
		return NULL;
	}
	if (node->data.scalar.length > CLEAN_MAX) {
		yaml_file_problem(yaml, node, "is too long: at most %d bytes are taken", CLEAN_MAX);
		return NULL;
	}
	if (node->data.scalar.length == 0) {
		yaml_file_problem(yaml, node, "needs %s here, and the text is empty", want);
		return NULL;
	}
	clean_text(scalar(node), node->data.scalar.length, cleaned);
	if (strcmp(scalar(node), cleaned) != 0) {
		yaml_file_problem(yaml, node, "holds a character that does not show on a screen");
		return NULL;
	}
	return scalar(node);
}

void yaml_file_read_version(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	const char *text = yaml_file_text(yaml, node, "the version of the format, 1,");

	(void)into;
	if (text && strcmp(text, FORMAT_VERSION) != 0)
		yaml_file_problem(
			yaml, node,
			"is version \"%.40s\" of the format; this muster reads version " FORMAT_VERSION,
			text);
}

int yaml_file_number(struct yaml_file *yaml, const yaml_node_t *node, unsigned most,
		     unsigned *ret_number)
{
	const char *text = yaml_file_text(yaml, node, "a number");
	uint64_t number;

	if (!text)
		return -EINVAL;
	if (number_parse(text, 1, most, &number) < 0) {
		yaml_file_problem(yaml, node, "needs a whole number from 1 to %u, not \"%.40s\"",
				  most, text);
		return -EINVAL;
	}
	*ret_number = (unsigned)number;
	return 0;
}

/* Says that WORD is unknown, with the nearest or all of the KEYS that are taken. */
static void refuse_unknown(struct yaml_file *yaml, const yaml_node_t *node,
			   const struct yaml_keys *keys)
{
	const char *words[KEYS_MAX] = { NULL };
	char known[CLEAN_MAX + 1] = "";
	const char *nearest;

	for (size_t i = 0; i < keys->count && i < KEYS_MAX; i++) {
		size_t used = strlen(known);

		words[i] = keys->list[i].word;
		if (!keys->list[i].refusal)
			snprintf(known + used, sizeof known - used, "%s%s", used > 0 ? ", " : "",
				 words[i]);
	}
	nearest = nearest_word(scalar(node), words, KEYS_MAX);
	if (nearest)
		yaml_file_problem(yaml, node, "\"%.40s\" is unknown; did you mean \"%s\"?",
				  scalar(node), nearest);
	else
		yaml_file_problem(yaml, node, "\"%.40s\" is unknown; known here: %s", scalar(node),
				  known);
}

const struct yaml_key *yaml_file_find_key(struct yaml_file *yaml, const yaml_node_t *node,
					  const struct yaml_keys *keys)
{
	if (!yaml_file_text(yaml, node, "a word"))
		return NULL;
	for (size_t i = 0; i < keys->count; i++) {
		const struct yaml_key *key = &keys->list[i];

		if (strcmp(scalar(node), key->word) != 0)
			continue;
		if (!key->refusal)
			return key;
		yaml_file_problem(yaml, node, "\"%s\" %s", key->word, key->refusal);
		return NULL;
	}
	refuse_unknown(yaml, node, keys);
	return NULL;
}

/* Reads one pair, unless its key was SEEN before. */
static void read_pair(struct yaml_file *yaml, yaml_node_pair_t *pair, const struct yaml_keys *keys,
		      yaml_node_t **seen, void *into)
{
	yaml_node_t *word = yaml_document_get_node(&yaml->document, pair->key);
	const struct yaml_key *key = yaml_file_find_key(yaml, word, keys);
	yaml_node_t **first;

	if (!key)
		return;
	first = &seen[key - keys->list];
	if (*first) {
		yaml_file_problem(yaml, word, "\"%s\" is there twice; line %zu has it already",
				  key->word, (*first)->start_mark.line + 1);
		return;
	}
	*first = word;
	key->read(yaml, yaml_document_get_node(&yaml->document, pair->value), into);
}

void yaml_file_read_map(struct yaml_file *yaml, yaml_node_t *node, const char *want,
			const struct yaml_keys *keys, void *into)
{
	yaml_node_t *seen[KEYS_MAX] = { NULL };

	if (node->type != YAML_MAPPING_NODE) {
		yaml_file_problem(yaml, node, "needs %s here, and has %s", want, describe(node));
		return;
	}
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	     pair < node->data.mapping.pairs.top; pair++)
		read_pair(yaml, pair, keys, seen, into);
	for (size_t i = 0; i < keys->count; i++)
		if (keys->list[i].required && !seen[i])
			yaml_file_problem(yaml, node, "lacks \"%s\"", keys->list[i].word);
}
