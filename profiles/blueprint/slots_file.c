/* SPDX-License-Identifier: Apache-2.0 */
/* The bench's slots (slots.yaml): what each port is called, and how the slots lie on their hubs. */
#include "config.h"

#include "profiles/blueprint/slots_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "profiles/files/operator_file.h"
#include "profiles/files/yaml_file.h"

/* INTO of every key. */
struct slots_reading {
	struct slots_file *slots;
	struct slots_file_hub *hub;   /* read now */
	struct slots_file_slot *slot; /* read now */
	/* Where each was begun, for the problem of the second. */
	size_t hub_lines[SLOTS_FILE_HUBS_MAX], slot_lines[SLOTS_FILE_MAX];
};

/* Copies the name of a hub or slot; leaves NAME alone, with a problem, when it is too long. */
static void read_name(struct yaml_file *yaml, yaml_node_t *node,
		      char name[static SLOTS_FILE_NAME_MAX + 1])
{
	const char *text = yaml_file_text(yaml, node, "a name");

	if (text && strlen(text) > SLOTS_FILE_NAME_MAX)
		yaml_file_problem(yaml, node, "is too long for a screen: at most %d bytes",
				  SLOTS_FILE_NAME_MAX);
	else if (text)
		strcpy(name, text);
}

static void read_hub_name(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct slots_reading *reading = into;
	size_t own = (size_t)(reading->hub - reading->slots->hubs);

	read_name(yaml, node, reading->hub->name);
	for (size_t i = 0; i < own; i++)
		if (strcasecmp(reading->slots->hubs[i].name, reading->hub->name) == 0)
			yaml_file_problem(yaml, node, "the hub of line %zu is called \"%s\" too",
					  reading->hub_lines[i], reading->hub->name);
}

static void read_rows(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	yaml_file_number(yaml, node, SLOTS_FILE_SIDE_MAX,
			 &((struct slots_reading *)into)->hub->rows);
}

static void read_columns(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	yaml_file_number(yaml, node, SLOTS_FILE_SIDE_MAX,
			 &((struct slots_reading *)into)->hub->columns);
}

/* Whether SLOT has PORT. */
static bool has_port(const struct slots_file_slot *slot, const char *port)
{
	for (size_t i = 0; i < slot->port_count; i++)
		if (strcmp(slot->ports[i], port) == 0)
			return true;
	return false;
}

static void read_slot_name(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct slots_reading *reading = into;
	size_t own = (size_t)(reading->slot - reading->slots->slots);

	read_name(yaml, node, reading->slot->name);
	for (size_t i = 0; i < own; i++)
		if (strcasecmp(reading->slots->slots[i].name, reading->slot->name) == 0)
			yaml_file_problem(yaml, node, "the slot of line %zu is called \"%s\" too",
					  reading->slot_lines[i], reading->slot->name);
}

static void read_port(struct yaml_file *yaml, yaml_node_t *node, struct slots_reading *reading)
{
	const char *text = yaml_file_text(yaml, node, "a port such as \"1-4.2\"");
	struct slots_file_slot *slot = reading->slot;

	if (!text)
		return;
	if (!port_is_valid(text)) {
		yaml_file_problem(yaml, node, "\"%.40s\" is no port; ports are called 1-4 or 1-4.2",
				  text);
		return;
	}
	for (const struct slots_file_slot *other = reading->slots->slots; other <= slot; other++) {
		if (!has_port(other, text))
			continue;
		yaml_file_problem(yaml, node, "the slot of line %zu has port %s already",
				  reading->slot_lines[other - reading->slots->slots], text);
		return;
	}
	strcpy(slot->ports[slot->port_count++], text);
}

static void read_ports(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	yaml_node_item_t *item;

	if (node->type != YAML_SEQUENCE_NODE) {
		read_port(yaml, node, into);
		return;
	}
	item = node->data.sequence.items.start;
	if (item == node->data.sequence.items.top ||
	    node->data.sequence.items.top - item > SLOTS_FILE_PORTS_MAX) {
		yaml_file_problem(yaml, node, "needs one port, or the two of one connector");
		return;
	}
	for (; item < node->data.sequence.items.top; item++)
		read_port(yaml, yaml_document_get_node(&yaml->document, *item), into);
}

static void read_disabled(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	const char *text = yaml_file_text(yaml, node, "true or false");
	bool *disabled = &((struct slots_reading *)into)->slot->disabled;

	if (text && strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
		yaml_file_problem(yaml, node, "needs true or false, not \"%.40s\"", text);
	else if (text)
		*disabled = text[0] == 't';
}

static void read_slot(struct yaml_file *yaml, yaml_node_t *node, struct slots_reading *reading)
{
	static const struct yaml_key list[] = {
		{ .word = "name", .read = read_slot_name, .required = true },
		{ .word = "port", .read = read_ports, .required = true },
		{ .word = "disabled", .read = read_disabled },
	};
	static const struct yaml_keys keys = YAML_KEYS(list);
	struct slots_file *slots = reading->slots;
	struct slots_file_slot *slot = &slots->slots[slots->slot_count];

	if (slots->slot_count == SLOTS_FILE_MAX) {
		yaml_file_problem(yaml, node, "is one slot too many: at most %d are taken",
				  SLOTS_FILE_MAX);
		return;
	}
	reading->slot_lines[slots->slot_count++] = node->start_mark.line + 1;
	reading->slot = slot;
	slot->hub = (size_t)(reading->hub - slots->hubs);
	yaml_file_read_map(yaml, node, "a slot's name and port", &keys, reading);
	/* It is what a slot is called that is not in the file. */
	if (port_is_valid(slot->name) && !has_port(slot, slot->name))
		yaml_file_problem(yaml, node, "the slot is called as another port is, \"%s\"",
				  slot->name);
}

/* Reads each item of the list NODE, which must not be empty. */
static void read_list(struct yaml_file *yaml, yaml_node_t *node, const char *want,
		      void (*read)(struct yaml_file *, yaml_node_t *, struct slots_reading *),
		      struct slots_reading *reading)
{
	if (node->type != YAML_SEQUENCE_NODE ||
	    node->data.sequence.items.start == node->data.sequence.items.top) {
		yaml_file_problem(yaml, node, "needs a list of %s here", want);
		return;
	}
	for (yaml_node_item_t *item = node->data.sequence.items.start;
	     item < node->data.sequence.items.top; item++)
		read(yaml, yaml_document_get_node(&yaml->document, *item), reading);
}

static void read_slots(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	read_list(yaml, node, "slots", read_slot, into);
}

/* How many lines of LENGTH places COUNT slots need, if that many may be. */
static unsigned lines_for(unsigned count, unsigned length)
{
	unsigned lines = (count + length - 1) / length;

	return lines < SLOTS_FILE_SIDE_MAX ? lines : SLOTS_FILE_SIDE_MAX;
}

void slots_file_lay_out(struct slots_file_hub *hub, unsigned count)
{
	if (hub->rows == 0 && hub->columns == 0)
		hub->rows = lines_for(count, SLOTS_FILE_SIDE_MAX);
	if (hub->rows == 0)
		hub->rows = lines_for(count, hub->columns);
	if (hub->columns == 0)
		hub->columns = lines_for(count, hub->rows);
}

static void read_hub(struct yaml_file *yaml, yaml_node_t *node, struct slots_reading *reading)
{
	static const struct yaml_key list[] = {
		{ .word = "name", .read = read_hub_name, .required = true },
		{ .word = "rows", .read = read_rows },
		{ .word = "columns", .read = read_columns },
		{ .word = "slots", .read = read_slots, .required = true },
	};
	static const struct yaml_keys keys = YAML_KEYS(list);
	struct slots_file *slots = reading->slots;
	size_t before = slots->slot_count;
	unsigned count;

	if (slots->hub_count == SLOTS_FILE_HUBS_MAX) {
		yaml_file_problem(yaml, node, "is one hub too many: at most %d are taken",
				  SLOTS_FILE_HUBS_MAX);
		return;
	}
	reading->hub_lines[slots->hub_count] = node->start_mark.line + 1;
	reading->hub = &slots->hubs[slots->hub_count++];
	yaml_file_read_map(yaml, node, "a hub's name and slots", &keys, reading);
	count = (unsigned)(slots->slot_count - before);
	if (count > 0)
		slots_file_lay_out(reading->hub, count);
	if (count > reading->hub->rows * reading->hub->columns)
		yaml_file_problem(yaml, node, "the hub has %u slots, and %u x %u places", count,
				  reading->hub->rows, reading->hub->columns);
}

static void read_hubs(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	read_list(yaml, node, "hubs", read_hub, into);
}

/* Reads the SIZE BYTES of FILE into SLOTS. Returns as slots_file_load. */
static int fill(const char *file, const unsigned char *bytes, size_t size,
		struct problems *problems, struct slots_file *slots)
{
	static const struct yaml_key list[] = {
		{ .word = "muster", .read = yaml_file_read_version, .required = true },
		{ .word = "hubs", .read = read_hubs, .required = true },
	};
	static const struct yaml_keys keys = YAML_KEYS(list);
	struct slots_reading reading = { .slots = slots };
	size_t found = problems->found;
	struct yaml_file yaml;
	int r;

	r = yaml_file_parse(&yaml, file, bytes, size, problems);
	if (r < 0)
		return r;
	yaml_file_read_map(&yaml, yaml_document_get_root_node(&yaml.document),
			   "the keys of slots.yaml", &keys, &reading);
	yaml_file_done(&yaml);
	return problems->found > found ? -EINVAL : 0;
}

int slots_file_load(const char *file, struct problems *problems, struct slots_file **ret_slots)
{
	struct slots_file *slots;
	unsigned char *bytes;
	size_t size;
	int r;

	r = operator_file_read(file, SLOTS_FILE_SIZE_MAX, problems, &bytes, &size);
	if (r < 0)
		return r;
	slots = calloc(1, sizeof *slots);
	r = slots ? fill(file, bytes, size, problems, slots) : -ENOMEM;
	free(bytes);
	if (r < 0)
		free(slots);
	else
		*ret_slots = slots;
	return r;
}

static const struct slots_file_slot *find_port(const struct slots_file *slots, const char *port)
{
	for (size_t i = 0; i < slots->slot_count; i++)
		if (has_port(&slots->slots[i], port))
			return &slots->slots[i];
	return NULL;
}

const struct slots_file_slot *slots_file_find(const struct slots_file *slots, const char *port,
					      const char *connector)
{
	const struct slots_file_slot *slot = slots ? find_port(slots, port) : NULL;

	return slot || !slots ? slot : find_port(slots, connector);
}

const char *slots_file_name(const struct slots_file *slots, const char *port, const char *connector)
{
	const struct slots_file_slot *slot = slots_file_find(slots, port, connector);

	return slot ? slot->name : connector;
}
