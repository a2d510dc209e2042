/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint: for which devices it is, and the steps that they go through. */
#include "config.h"

#include "profiles/blueprint/blueprint.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/blueprint/blueprint_advice.h"
#include "profiles/blueprint/blueprint_read.h"
#include "profiles/files/digest.h"
#include "profiles/files/operator_file.h"
#include "profiles/values/os_range.h"

/* Puts the text of NODE in *MEMBER, in place of what is there. */
static void read_text(struct yaml_file *yaml, const yaml_node_t *node, const char *want,
		      char **member, struct blueprint_reading *reading)
{
	const char *text = yaml_file_text(yaml, node, want);

	if (!text)
		return;
	free(*member);
	*member = blueprint_read_copy(reading, text);
}

static void read_blueprint_name(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct blueprint_reading *reading = into;

	read_text(yaml, node, "the blueprint's name", &reading->blueprint->name, reading);
}

static void read_product(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct blueprint_reading *reading = into;
	char **product = &reading->blueprint->product;

	read_text(yaml, node, "a product such as \"iPad*\"", product, reading);
	/* ProductType is a word and two numbers with a comma: "iPad" alone is none. */
	if (node->type == YAML_SCALAR_NODE && *product && !strpbrk(*product, "*?[,"))
		yaml_file_problem(yaml, node,
				  "\"%.40s\" is no product; they are called iPad11,6 and the like, "
				  "and \"%.40s*\" stands for all of them",
				  *product, *product);
}

static void read_os(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct blueprint_reading *reading = into;
	const char *text = yaml_file_text(yaml, node, "a version such as \">=16\"");
	const char *wrong = text ? os_range_fault(text) : NULL;

	if (wrong)
		yaml_file_problem(yaml, node, "%s", wrong);
	else if (text)
		read_text(yaml, node, "", &reading->blueprint->os, reading);
}

static void read_for(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	static const struct yaml_key list[] = {
		{ .word = "product", .read = read_product },
		{ .word = "os", .read = read_os },
	};
	static const struct yaml_keys keys = YAML_KEYS(list);

	yaml_file_read_map(yaml, node, "product and os", &keys, into);
}

static void read_assets(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct blueprint_reading *reading = into;
	const char *name = yaml_file_text(yaml, node, "the file of the assets");
	char *path;
	int r;

	if (!name)
		return;
	path = operator_file_beside(yaml->file, name);
	r = path ? assets_load(path, yaml->problems, &reading->blueprint->assets) : -ENOMEM;
	reading->no_memory |= r == -ENOMEM;
	free(path);
}

/* They were read before all else: steps need them. */
static void pass_assets(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	(void)yaml;
	(void)node;
	(void)into;
}

static void read_assets_first(struct yaml_file *yaml, struct blueprint_reading *reading)
{
	yaml_node_t *root = yaml_document_get_root_node(&yaml->document);

	if (!root || root->type != YAML_MAPPING_NODE)
		return;
	for (yaml_node_pair_t *pair = root->data.mapping.pairs.start;
	     pair < root->data.mapping.pairs.top; pair++) {
		const yaml_node_t *key = yaml_document_get_node(&yaml->document, pair->key);

		if (key->type != YAML_SCALAR_NODE ||
		    strcmp((const char *)key->data.scalar.value, "assets") != 0)
			continue;
		read_assets(yaml, yaml_document_get_node(&yaml->document, pair->value), reading);
		return;
	}
}

static void read_all(struct yaml_file *yaml, struct blueprint_reading *reading)
{
	static const struct yaml_key list[] = {
		{ .word = "muster", .read = yaml_file_read_version, .required = true },
		{ .word = "name", .read = read_blueprint_name, .required = true },
		{ .word = "for", .read = read_for },
		{ .word = "pair", .read = blueprint_read_pair },
		{ .word = "verify", .read = blueprint_read_verify },
		{ .word = "steps", .read = blueprint_read_steps, .required = true },
		{ .word = "organization", .refusal = NOT_YET },
		{ .word = "assets", .read = pass_assets },
	};
	static const struct yaml_keys keys = YAML_KEYS(list);

	read_assets_first(yaml, reading);
	blueprint_read_step(reading, STEP_PAIR);
	yaml_file_read_map(yaml, yaml_document_get_root_node(&yaml->document),
			   "the keys of a blueprint", &keys, reading);
	blueprint_read_step(reading, STEP_VERIFY)->limits = reading->verify.limits;
}

/* Reads the SIZE BYTES of BLUEPRINT's file into it. Returns as blueprint_load_from. */
static int fill(struct blueprint *blueprint, const struct library_source *source,
		const unsigned char *bytes, size_t size, struct problems *problems)
{
	struct blueprint_reading reading = {
		.blueprint = blueprint,
		.source = source,
		.verify = { .limits = step_default_limits(STEP_VERIFY) },
	};
	size_t errors = problems->errors;
	struct yaml_file yaml;
	int r;

	digest_to_text(bytes, size, blueprint->sha256);
	r = yaml_file_parse(&yaml, blueprint->file, bytes, size, problems);
	if (r < 0)
		return r;
	read_all(&yaml, &reading);
	yaml_file_done(&yaml);
	if (reading.no_memory)
		return -ENOMEM;
	r = blueprint_advise(blueprint, source->now, problems);
	if (r < 0)
		return r;
	return problems->errors > errors ? -EINVAL : 0;
}

int blueprint_load_from(const char *file, const struct library_source *source,
			struct problems *problems, struct blueprint **ret_blueprint)
{
	struct blueprint *blueprint;
	unsigned char *bytes;
	size_t size;
	int r;

	r = operator_file_read(file, BLUEPRINT_SIZE_MAX, problems, &bytes, &size);
	if (r < 0)
		return r;
	r = -ENOMEM;
	blueprint = calloc(1, sizeof *blueprint);
	if (blueprint) {
		blueprint->file = strdup(file);
		blueprint->product = strdup("*");
		blueprint->os = strdup("");
		if (blueprint->file && blueprint->product && blueprint->os)
			r = fill(blueprint, source, bytes, size, problems);
	}
	free(bytes);
	if (r < 0)
		blueprint_free(blueprint);
	else
		*ret_blueprint = blueprint;
	return r;
}

void blueprint_free(struct blueprint *blueprint)
{
	if (!blueprint)
		return;
	for (size_t i = 0; i < blueprint->step_count; i++) {
		profile_free(blueprint->steps[i].profile);
		free(blueprint->steps[i].library);
		free(blueprint->steps[i].name);
	}
	assets_free(blueprint->assets);
	free(blueprint->file);
	free(blueprint->name);
	free(blueprint->product);
	free(blueprint->os);
	free(blueprint);
}

bool blueprint_fits(const struct blueprint *blueprint, const char *product, const char *os)
{
	return fnmatch(blueprint->product, product, FNM_CASEFOLD) == 0 &&
	       os_range_holds(blueprint->os, os);
}
