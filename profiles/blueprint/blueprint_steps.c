/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a blueprint, as its file lists them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"
#include "profiles/blueprint/blueprint_read.h"
#include "profiles/values/duration.h"
#include "profiles/blueprint/name_template.h"

/* Most tries of a step in one job: more would hide a fault rather than get past it. */
#define ATTEMPTS_MAX 10

struct blueprint_step *blueprint_read_step(struct blueprint_reading *reading, enum step_kind kind)
{
	struct blueprint *blueprint = reading->blueprint;
	struct blueprint_step *step;
	unsigned ordinal = 1;

	if (blueprint->step_count == STEPS_MAX)
		return NULL;
	for (size_t i = 0; i < blueprint->step_count; i++)
		ordinal += blueprint->steps[i].id.kind == kind;
	step = &blueprint->steps[blueprint->step_count++];
	*step = (struct blueprint_step){ .id = { kind, ordinal },
					 .limits = step_default_limits(kind) };
	if (reading->place) {
		step->line = (unsigned)reading->place->start_mark.line + 1;
		step->column = (unsigned)reading->place->start_mark.column + 1;
	}
	return step;
}

/* Reads a length of time; 0, with a problem, when it is none. */
static msec_t read_duration(struct yaml_file *yaml, const yaml_node_t *node)
{
	const char *text = yaml_file_text(yaml, node, "a time such as 90s or 2m");
	msec_t length = 0;
	int r;

	if (!text)
		return 0;
	r = duration_parse(text, &length);
	if (r == -EINVAL)
		yaml_file_problem(yaml, node, "needs a time such as 90s, 2m or 1h, not \"%.40s\"",
				  text);
	else if (r == -ERANGE)
		yaml_file_problem(yaml, node, "needs a time from 1s to 24h");
	return length;
}

static void read_deadline(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct step_limits *limits = &((struct blueprint_reading *)into)->step->limits;

	limits->kill = read_duration(yaml, node);
	/* The warning comes before the end; half-way says enough where the default is too late. */
	if (limits->warn >= limits->kill)
		limits->warn = limits->kill / 2;
}

static void read_operator_limit(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	((struct blueprint_reading *)into)->step->limits.operator= read_duration(yaml, node);
}

static void read_attempts(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	yaml_file_number(yaml, node, ATTEMPTS_MAX,
			 &((struct blueprint_reading *)into)->step->limits.attempts);
}

static void read_name_template(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct blueprint_reading *reading = into;
	const char *name = yaml_file_text(yaml, node, "a name for the device");
	char wrong[CLEAN_MAX + 1];

	if (!name)
		return;
	if (name_template_check(reading->blueprint->assets, name, wrong, sizeof wrong) < 0) {
		yaml_file_problem(yaml, node, "%s", wrong);
		return;
	}
	name_template_need_cells(reading->blueprint->assets, name, yaml->file, yaml->problems);
	reading->step->name = blueprint_read_copy(reading, name);
}

static const struct yaml_key install_list[] = {
	{ .word = "file", .read = blueprint_read_install_file },
	{ .word = "library", .read = blueprint_read_install_library },
	{ .word = "template", .read = blueprint_read_install_template },
	{ .word = "deadline", .read = read_deadline },
	{ .word = "attempts", .read = read_attempts },
	{ .word = "operator-limit", .read = read_operator_limit },
};
static const struct yaml_key name_list[] = {
	{ .word = "to", .read = read_name_template, .required = true },
	{ .word = "deadline", .read = read_deadline },
	{ .word = "attempts", .read = read_attempts },
	{ .word = "operator-limit", .read = read_operator_limit },
};

static const struct yaml_key limit_list[] = {
	{ .word = "deadline", .read = read_deadline },
	{ .word = "attempts", .read = read_attempts },
	{ .word = "operator-limit", .read = read_operator_limit },
};

static const struct yaml_keys limit_keys = YAML_KEYS(limit_list);
static const struct yaml_keys install_keys = YAML_KEYS(install_list);
static const struct yaml_keys name_keys = YAML_KEYS(name_list);

/* Begins the step of KIND that is read now. Returns false, with a problem, when it may not be. */
static bool begin(struct yaml_file *yaml, struct blueprint_reading *reading, enum step_kind kind)
{
	/* One is for verify. */
	if (reading->blueprint->step_count == STEPS_MAX - 1) {
		yaml_file_problem(yaml, reading->place, "is one step too many; %d are taken",
				  STEPS_MAX - 2);
		return false;
	}
	reading->step = blueprint_read_step(reading, kind);
	return true;
}

static void read_install(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	if (!begin(yaml, into, STEP_INSTALL))
		return;
	if (node->type == YAML_MAPPING_NODE)
		yaml_file_read_map(yaml, node, "the keys of install", &install_keys, into);
	else
		blueprint_read_install_file(yaml, node, into);
	blueprint_read_install_end(yaml, into);
}

static void read_name(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct blueprint_reading *reading = into;

	if (!begin(yaml, reading, STEP_NAME))
		return;
	if (reading->step->id.ordinal > 1)
		yaml_file_problem(yaml, reading->place, "names the device a second time");
	if (node->type == YAML_MAPPING_NODE)
		yaml_file_read_map(yaml, node, "the keys of name", &name_keys, reading);
	else
		read_name_template(yaml, node, reading);
}

static const struct yaml_key word_list[] = {
	{ .word = "install", .read = read_install },
	{ .word = "name", .read = read_name },
	{ .word = "pair", .refusal = "comes first by itself; its limits stand beside \"steps\"" },
	{ .word = "verify", .refusal = "comes last by itself; its limits stand beside \"steps\"" },
	{ .word = "activate", .refusal = NOT_YET },
	{ .word = "erase", .refusal = NOT_YET },
	{ .word = "supervise", .refusal = NOT_YET },
	{ .word = "app", .refusal = NOT_YET },
	{ .word = "restart", .refusal = NOT_YET },
};
static const struct yaml_keys words = YAML_KEYS(word_list);

/* Reads one item of the list: "install: …". */
static void read_item(struct yaml_file *yaml, yaml_node_t *item, struct blueprint_reading *reading)
{
	const struct yaml_key *word;

	reading->place = item;
	if (item->type == YAML_SCALAR_NODE) {
		word = yaml_file_find_key(yaml, item, &words);
		if (word)
			yaml_file_problem(yaml, item, "\"%s\" needs something after it: \"%s: …\"",
					  word->word, word->word);
		return;
	}
	if (item->type == YAML_MAPPING_NODE &&
	    item->data.mapping.pairs.top - item->data.mapping.pairs.start != 1)
		yaml_file_problem(yaml, item,
				  "is not one step; each step begins with a dash of its own");
	yaml_file_read_map(yaml, item, "a step such as install", &words, reading);
}

void blueprint_read_pair(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct blueprint_reading *reading = into;

	reading->step = &reading->blueprint->steps[0];
	yaml_file_read_map(yaml, node, "the limits of pairing", &limit_keys, reading);
}

void blueprint_read_verify(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct blueprint_reading *reading = into;

	reading->step = &reading->verify;
	yaml_file_read_map(yaml, node, "the limits of verifying", &limit_keys, reading);
}

void blueprint_read_steps(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct blueprint_reading *reading = into;

	if (node->type != YAML_SEQUENCE_NODE) {
		yaml_file_problem(yaml, node, "needs a list of steps, each with a dash before it");
		return;
	}
	for (yaml_node_item_t *item = node->data.sequence.items.start;
	     item < node->data.sequence.items.top; item++)
		read_item(yaml, yaml_document_get_node(&yaml->document, *item), reading);
	reading->place = NULL;
}
