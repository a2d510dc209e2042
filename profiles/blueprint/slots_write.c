/* SPDX-License-Identifier: Apache-2.0 */
/* Writes slots.yaml, as "muster slot learn" leaves it. */
#include "config.h"

#include "profiles/blueprint/slots_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "device/facts/number.h"
#include "profiles/files/operator_file.h"

/* A document that is made: its calls answer 0, a node's number, when there is no memory; that is
 * asked for once, at the end. */
struct making {
	yaml_document_t *document;
	bool no_memory;
};

static int keep(struct making *making, int node)
{
	making->no_memory |= node == 0;
	return node;
}

static int add_text(struct making *making, const char *text, yaml_scalar_style_t style)
{
	return keep(making,
		    yaml_document_add_scalar(making->document, NULL, (const yaml_char_t *)text,
					     (int)strlen(text), style));
}

/* Puts VALUE behind the key WORD of MAP. */
static void put(struct making *making, int map, const char *word, int value)
{
	int key = add_text(making, word, YAML_PLAIN_SCALAR_STYLE);

	if (!making->no_memory &&
	    !yaml_document_append_mapping_pair(making->document, map, key, value))
		making->no_memory = true;
}

static void append(struct making *making, int list, int item)
{
	if (!making->no_memory && !yaml_document_append_sequence_item(making->document, list, item))
		making->no_memory = true;
}

static int add_map(struct making *making, yaml_mapping_style_t style)
{
	return keep(making, yaml_document_add_mapping(making->document, NULL, style));
}

static int add_list(struct making *making, yaml_sequence_style_t style)
{
	return keep(making, yaml_document_add_sequence(making->document, NULL, style));
}

static int add_number(struct making *making, unsigned number)
{
	char text[NUMBER_TEXT_MAX];

	return add_text(making, number_to_text(number, text), YAML_PLAIN_SCALAR_STYLE);
}

/* Names are quoted: one that looks like nothing, a number or a list is a name all the same. */
static int add_name(struct making *making, const char *name)
{
	return add_text(making, name, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
}

static int add_ports(struct making *making, const struct slots_file_slot *slot)
{
	int list;

	if (slot->port_count == 1)
		return add_text(making, slot->ports[0], YAML_PLAIN_SCALAR_STYLE);
	list = add_list(making, YAML_FLOW_SEQUENCE_STYLE);
	for (size_t i = 0; i < slot->port_count; i++)
		append(making, list, add_text(making, slot->ports[i], YAML_PLAIN_SCALAR_STYLE));
	return list;
}

static int add_slot(struct making *making, const struct slots_file_slot *slot)
{
	int map = add_map(making, YAML_FLOW_MAPPING_STYLE);

	put(making, map, "name", add_name(making, slot->name));
	put(making, map, "port", add_ports(making, slot));
	if (slot->disabled)
		put(making, map, "disabled", add_text(making, "true", YAML_PLAIN_SCALAR_STYLE));
	return map;
}

static int add_hub(struct making *making, const struct slots_file *slots, size_t hub)
{
	int map = add_map(making, YAML_BLOCK_MAPPING_STYLE);
	int list = add_list(making, YAML_BLOCK_SEQUENCE_STYLE);

	put(making, map, "name", add_name(making, slots->hubs[hub].name));
	put(making, map, "rows", add_number(making, slots->hubs[hub].rows));
	put(making, map, "columns", add_number(making, slots->hubs[hub].columns));
	put(making, map, "slots", list);
	for (size_t i = 0; i < slots->slot_count; i++)
		if (slots->slots[i].hub == hub)
			append(making, list, add_slot(making, &slots->slots[i]));
	return map;
}

static int make(yaml_document_t *document, const struct slots_file *slots)
{
	struct making making = { .document = document };
	/* The first node is the root. */
	int root = add_map(&making, YAML_BLOCK_MAPPING_STYLE);
	int hubs = add_list(&making, YAML_BLOCK_SEQUENCE_STYLE);

	put(&making, root, "muster", add_number(&making, 1));
	put(&making, root, "hubs", hubs);
	for (size_t i = 0; i < slots->hub_count; i++)
		append(&making, hubs, add_hub(&making, slots, i));
	return making.no_memory ? -ENOMEM : 0;
}

/* Writes SLOTS to OUT. */
static int print(const struct slots_file *slots, FILE *out)
{
	yaml_emitter_t emitter;
	yaml_document_t document;
	int r = -ENOMEM;

	if (!yaml_emitter_initialize(&emitter))
		return r;
	yaml_emitter_set_output_file(&emitter, out);
	yaml_emitter_set_unicode(&emitter, 1);
	yaml_emitter_set_width(&emitter, -1);
	if (yaml_document_initialize(&document, NULL, NULL, NULL, 1, 1)) {
		r = make(&document, slots);
		/* The emitter takes the document over, also when it fails. */
		if (r < 0)
			yaml_document_delete(&document);
		else if (!yaml_emitter_dump(&emitter, &document) || !yaml_emitter_flush(&emitter))
			r = emitter.error == YAML_MEMORY_ERROR ? -ENOMEM : -EIO;
	}
	yaml_emitter_delete(&emitter);
	return r;
}

int slots_file_save(const struct slots_file *slots, const char *file)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int r;

	if (!out)
		return -ENOMEM;
	fputs("# The bench's slots: muster-slots(5). \"muster slot learn\" writes this file.\n",
	      out);
	r = print(slots, out);
	if (fclose(out) != 0 && r == 0)
		r = -ENOMEM;
	if (r == 0)
		r = operator_file_replace(file, text, size);
	free(text);
	return r;
}
