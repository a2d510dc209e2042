/* SPDX-License-Identifier: Apache-2.0 */
/* A bench file: read twice, first for its problems, then for its devices. */
#define _GNU_SOURCE
#include "tests/sim/benchfile.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "tests/sim/bench.h"

/* A bench of more is a mistake; the mux's address scheme and file descriptors end near it too. */
#define DEVICES_MAX 1000U
/* Stands in a name for the device's number within its entry, from 1. */
#define NUMBER_MARK "{n}"

struct reader {
	const char *path;
	yaml_document_t document;
	const struct phone_setup *setup;
	FILE *problems;
	unsigned problem_count;
};

static void problem_at(struct reader *reader, const yaml_mark_t *mark, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void problem_at(struct reader *reader, const yaml_mark_t *mark, const char *format, ...)
{
	va_list args;

	reader->problem_count++;
	fprintf(reader->problems, "%s:%zu:%zu: ", reader->path, mark->line + 1, mark->column + 1);
	va_start(args, format);
	vfprintf(reader->problems, format, args);
	va_end(args);
	fputc('\n', reader->problems);
}

static yaml_node_t *node_at(struct reader *reader, int index)
{
	return yaml_document_get_node(&reader->document, index);
}

/* The text of a scalar, or NULL with the problem told; text with a zero byte is none. */
static const char *node_text(struct reader *reader, const yaml_node_t *node, const char *what)
{
	if (node->type == YAML_SCALAR_NODE &&
	    strlen((char *)node->data.scalar.value) == node->data.scalar.length)
		return (const char *)node->data.scalar.value;
	problem_at(reader, &node->start_mark, "%s: a single text is expected", what);
	return NULL;
}

/* Calls READ for each pair of a mapping whose key is a text seen for the first time. */
static void each_pair(struct reader *reader, yaml_node_t *node, const char *what,
		      void (*read)(struct reader *reader, const yaml_node_t *key,
				   yaml_node_t *value, void *into),
		      void *into)
{
	if (node->type != YAML_MAPPING_NODE) {
		problem_at(reader, &node->start_mark, "%s: keys with values are expected", what);
		return;
	}
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	     pair < node->data.mapping.pairs.top; pair++) {
		yaml_node_t *key = node_at(reader, pair->key);
		const char *name = node_text(reader, key, "a key");
		bool seen = false;

		for (yaml_node_pair_t *p = node->data.mapping.pairs.start; name && p < pair; p++) {
			yaml_node_t *earlier = node_at(reader, p->key);

			seen |= earlier->type == YAML_SCALAR_NODE &&
				strcmp((char *)earlier->data.scalar.value, name) == 0;
		}
		if (seen)
			problem_at(reader, &key->start_mark, "key '%.40s' is there twice", name);
		else if (name)
			read(reader, key, node_at(reader, pair->value), into);
	}
}

static void read_setup(struct reader *reader, const yaml_node_t *key, yaml_node_t *value,
		       void *into)
{
	const char *name = (const char *)key->data.scalar.value;
	const char *text = node_text(reader, value, name);
	struct phone_plan *plan = into;
	char problem[PROBLEM_MAX];

	if (text && setup_set(&plan->setup, name, text, problem) < 0)
		problem_at(reader, &key->start_mark, "%s", problem);
}

static void read_faults(struct reader *reader, yaml_node_t *node, struct phone_plan *plan)
{
	if (node->type != YAML_SEQUENCE_NODE) {
		problem_at(reader, &node->start_mark, "faults: a list is expected");
		return;
	}
	for (yaml_node_item_t *item = node->data.sequence.items.start;
	     item < node->data.sequence.items.top; item++) {
		yaml_node_t *fault = node_at(reader, *item);
		const char *text = node_text(reader, fault, "fault");
		char problem[PROBLEM_MAX];

		if (!text)
			continue;
		if (plan->fault_count == PLAN_FAULTS_MAX)
			problem_at(reader, &fault->start_mark, "more than %d faults",
				   PLAN_FAULTS_MAX);
		else if (fault_read_of(false, text, &plan->faults[plan->fault_count], problem) < 0)
			problem_at(reader, &fault->start_mark, "%s", problem);
		else
			plan->fault_count++;
	}
}

/* One entry of the list of devices, which stands for COUNT of them. */
struct entry {
	struct phone_plan plan; /* of the one with this NUMBER */
	unsigned number;
	unsigned count;
};

static void read_count(struct reader *reader, const yaml_node_t *value, struct entry *entry)
{
	const char *text = node_text(reader, value, "count");
	char *end;
	unsigned long count;

	if (!text)
		return;
	count = strtoul(text, &end, 10);
	if (strspn(text, "0123456789") == 0 || *end || !count || count > DEVICES_MAX)
		problem_at(reader, &value->start_mark, "count: '%.40s' is not 1 to %u", text,
			   DEVICES_MAX);
	else
		entry->count = (unsigned)count;
}

/* PATTERN with the number in place of its mark, the caller's. */
static char *numbered(const char *pattern, unsigned number)
{
	const char *mark = strstr(pattern, NUMBER_MARK);
	char *text = NULL;

	if (!mark)
		return strdup(pattern);
	if (asprintf(&text, "%.*s%u%s", (int)(mark - pattern), pattern, number,
		     mark + strlen(NUMBER_MARK)) < 0)
		return NULL;
	return text;
}

static void read_text(struct reader *reader, const yaml_node_t *key, const yaml_node_t *value,
		      struct entry *entry)
{
	const char *name = (const char *)key->data.scalar.value;
	const char *pattern = node_text(reader, value, name);
	char problem[PROBLEM_MAX] = "memory is out";
	char *text;

	if (!pattern)
		return;
	text = numbered(pattern, entry->number);
	if (!text || plan_set(&entry->plan, name, text, problem) < 0)
		problem_at(reader, &key->start_mark, "%s", problem);
	free(text);
}

static void read_entry_key(struct reader *reader, const yaml_node_t *key, yaml_node_t *value,
			   void *into)
{
	const char *name = (const char *)key->data.scalar.value;
	struct entry *entry = into;

	if (strcmp(name, "count") == 0)
		read_count(reader, value, entry);
	else if (strcmp(name, "setup") == 0)
		each_pair(reader, value, "setup", read_setup, &entry->plan);
	else if (strcmp(name, "faults") == 0)
		read_faults(reader, value, &entry->plan);
	else
		read_text(reader, key, value, entry);
}

static void read_entry(struct reader *reader, yaml_node_t *node, struct entry *entry)
{
	plan_init(&entry->plan, reader->setup);
	entry->count = 1;
	each_pair(reader, node, "device", read_entry_key, entry);
	if (entry->count > 1 && (entry->plan.udid || entry->plan.serial))
		problem_at(reader, &node->start_mark, "%u devices cannot have one udid or serial",
			   entry->count);
}

static void check_entry(struct reader *reader, yaml_node_t *node, struct bench *bench)
{
	struct entry entry = { .number = 1 };

	(void)bench;
	read_entry(reader, node, &entry);
	plan_done(&entry.plan);
}

/* The entry has no problems; making its devices may still show that one is there twice. */
static void make_entry(struct reader *reader, yaml_node_t *node, struct bench *bench)
{
	unsigned count = 1;

	for (unsigned number = 1; number <= count; number++) {
		struct entry entry = { .number = number };
		struct phone *phone;
		int r;

		read_entry(reader, node, &entry);
		count = entry.count;
		r = bench->phone_count < DEVICES_MAX ? bench_add(bench, &entry.plan, &phone)
						     : -ENOSPC;
		plan_done(&entry.plan);
		if (r == 0)
			continue;
		problem_at(reader, &node->start_mark, "%s",
			   r == -EEXIST	  ? "a device before it has this udid or serial"
			   : r == -ENOSPC ? "the bench has too many devices"
					  : strerror(-r));
		return;
	}
}

/* Calls CALL for each entry of the list NODE. */
static void each_entry(struct reader *reader, yaml_node_t *node, struct bench *bench,
		       void (*call)(struct reader *, yaml_node_t *, struct bench *))
{
	for (yaml_node_item_t *item = node->data.sequence.items.start;
	     item < node->data.sequence.items.top; item++)
		call(reader, node_at(reader, *item), bench);
}

/* The lists of the file; NULL: not there. */
struct top {
	yaml_node_t *devices;
	yaml_node_t *faults;
};

static void read_top_key(struct reader *reader, const yaml_node_t *key, yaml_node_t *value,
			 void *into)
{
	const char *name = (const char *)key->data.scalar.value;
	struct top *top = into;
	yaml_node_t **place = strcmp(name, "devices") == 0  ? &top->devices
			      : strcmp(name, "faults") == 0 ? &top->faults
							    : NULL;

	if (!place)
		problem_at(reader, &key->start_mark,
			   "unknown key '%.40s'; only 'devices' and 'faults' are known", name);
	else if (value->type != YAML_SEQUENCE_NODE)
		problem_at(reader, &value->start_mark, "%s: a list is expected", name);
	else
		*place = value;
}

/* An entry of the list of the bench's own faults. */
static void read_bench_fault(struct reader *reader, yaml_node_t *node,
			     struct fault_order *ret_order)
{
	const char *text = node_text(reader, node, "fault");
	char problem[PROBLEM_MAX];

	if (text && fault_read_of(true, text, ret_order, problem) < 0)
		problem_at(reader, &node->start_mark, "%s", problem);
}

static void check_fault(struct reader *reader, yaml_node_t *node, struct bench *bench)
{
	struct fault_order order;

	(void)bench;
	read_bench_fault(reader, node, &order);
}

/* The entry has no problems. */
static void arm_fault(struct reader *reader, yaml_node_t *node, struct bench *bench)
{
	struct fault_order order;
	int r;

	read_bench_fault(reader, node, &order);
	r = fault_begin(&order, bench, true);
	if (r < 0)
		problem_at(reader, &node->start_mark, "%s", strerror(-r));
}

static void read_document(struct reader *reader, struct bench *bench)
{
	static const yaml_mark_t beginning = { 0 };
	yaml_node_t *root = yaml_document_get_root_node(&reader->document);
	struct top top = { NULL, NULL };

	if (!root) {
		problem_at(reader, &beginning, "the file is empty");
		return;
	}
	each_pair(reader, root, "the file", read_top_key, &top);
	if (!top.devices && !reader->problem_count)
		problem_at(reader, &root->start_mark, "'devices' is missing");
	if (top.devices)
		each_entry(reader, top.devices, bench, check_entry);
	if (top.faults)
		each_entry(reader, top.faults, bench, check_fault);
	if (reader->problem_count)
		return;
	each_entry(reader, top.devices, bench, make_entry);
	if (top.faults)
		each_entry(reader, top.faults, bench, arm_fault);
}

static void read_file(struct reader *reader, FILE *file, struct bench *bench)
{
	yaml_parser_t parser;

	if (!yaml_parser_initialize(&parser)) {
		problem_at(reader, &(yaml_mark_t){ 0 }, "memory is out");
		return;
	}
	yaml_parser_set_input_file(&parser, file);
	if (yaml_parser_load(&parser, &reader->document)) {
		read_document(reader, bench);
		yaml_document_delete(&reader->document);
	} else {
		problem_at(reader, &parser.problem_mark, "%s", parser.problem);
	}
	yaml_parser_delete(&parser);
}

int benchfile_load(const char *path, struct bench *bench, const struct phone_setup *setup,
		   FILE *problems)
{
	struct reader reader = { .path = path, .setup = setup, .problems = problems };
	FILE *file = fopen(path, "re");

	if (!file) {
		fprintf(problems, "%s:1:1: %s\n", path, strerror(errno));
		return -EINVAL;
	}
	read_file(&reader, file, bench);
	fclose(file);
	return reader.problem_count ? -EINVAL : 0;
}
