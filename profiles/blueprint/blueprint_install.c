/* SPDX-License-Identifier: Apache-2.0 */
/* An installation of a blueprint: which profile, from where, and how long that lasts. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/blueprint/blueprint_read.h"
#include "profiles/library/library_profile.h"
#include "profiles/files/operator_file.h"
#include "profiles/blueprint/profile_template.h"

void blueprint_read_install_file(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	(void)yaml;
	((struct blueprint_reading *)into)->file = node;
}

void blueprint_read_install_library(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	(void)yaml;
	((struct blueprint_reading *)into)->library = node;
}

void blueprint_read_install_template(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	const char *text = yaml_file_text(yaml, node, "true or false");

	if (text && strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
		yaml_file_problem(yaml, node, "needs true or false, not \"%.40s\"", text);
	else if (text)
		((struct blueprint_reading *)into)->step->template = strcmp(text, "true") == 0;
}

/* A device keeps one profile of an identifier: the second would replace the first. */
static void refuse_same_identifier(struct yaml_file *yaml, const yaml_node_t *node,
				   const struct blueprint_reading *reading)
{
	const struct blueprint *blueprint = reading->blueprint;
	const char *identifier = reading->step->profile->identifier;

	for (size_t i = 0; i < blueprint->step_count; i++) {
		const struct blueprint_step *other = &blueprint->steps[i];

		if (other == reading->step || !other->profile ||
		    strcmp(other->profile->identifier, identifier) != 0)
			continue;
		yaml_file_problem(yaml, node,
				  "installs the identifier %.120s again, after line %u; a device "
				  "keeps one profile of an identifier",
				  identifier, other->line);
		return;
	}
}

/* Says at NODE that NAME cannot be used because of R, which opening it returned. */
static void tell_unusable(struct yaml_file *yaml, const yaml_node_t *node, const char *name, int r,
			  struct blueprint_reading *reading)
{
	if (r == -ENOMEM)
		reading->no_memory = true;
	else if (r == -EINVAL)
		yaml_file_problem(yaml, node,
				  "%.120s cannot be installed; the reason stands with that file",
				  name);
	else
		yaml_file_problem(yaml, node, "%.120s cannot be taken from the library: %s", name,
				  strerror(-r));
}

static void open_file(struct yaml_file *yaml, struct blueprint_reading *reading)
{
	const char *name = yaml_file_text(yaml, reading->file, "the file of a profile");
	struct blueprint_step *step = reading->step;
	char *path;
	int r;

	if (!name)
		return;
	path = operator_file_beside(yaml->file, name);
	r = path ? profile_open(path, yaml->problems, &step->profile) : -ENOMEM;
	if (r == 0)
		step->life = (struct library_life){
			.download = { library_file_time(step->profile, reading->source->now),
				      EXPIRY_NEVER },
			.witness = LIBRARY_FILE,
		};
	else
		tell_unusable(yaml, reading->file, name, r, reading);
	free(path);
}

static void open_library(struct yaml_file *yaml, struct blueprint_reading *reading)
{
	const struct library_source *source = reading->source;
	const char *name = yaml_file_text(yaml, reading->library, "a name of the library");
	struct blueprint_step *step = reading->step;
	int r;

	if (!name)
		return;
	step->library = blueprint_read_copy(reading, name);
	r = source->folder
		    ? library_profile(source, name, yaml->problems, &step->profile, &step->life)
		    : -ENOENT;
	if (r == -ENOENT)
		yaml_file_problem(yaml, reading->library,
				  "%.120s is not in the library; muster profile list shows what "
				  "is, and muster profile add takes a file in",
				  name);
	else if (r < 0)
		tell_unusable(yaml, reading->library, name, r, reading);
}

void blueprint_read_install_end(struct yaml_file *yaml, struct blueprint_reading *reading)
{
	const yaml_node_t *node = reading->file ? reading->file : reading->library;
	struct blueprint_step *step = reading->step;

	if (reading->file && reading->library) {
		yaml_file_problem(yaml, reading->library,
				  "is beside \"file\"; one of them is enough");
	} else if (!node) {
		yaml_file_problem(yaml, reading->place,
				  "installs nothing: it needs \"file\" or \"library\"");
	} else {
		if (reading->file)
			open_file(yaml, reading);
		else
			open_library(yaml, reading);
		if (step->profile)
			refuse_same_identifier(yaml, node, reading);
		if (step->profile && step->template &&
		    profile_template_check(step->profile, reading->blueprint->assets,
					   yaml->problems) == -EINVAL)
			tell_unusable(yaml, node, step->profile->file, -EINVAL, reading);
	}
	reading->file = reading->library = NULL;
}
