/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint while it is read: what the readers of its parts share. */
#ifndef PROFILES_BLUEPRINT_BLUEPRINT_READ_H
#define PROFILES_BLUEPRINT_BLUEPRINT_READ_H

#include "profiles/blueprint/blueprint.h"
#include "profiles/files/yaml_file.h"

/* INTO of every key of a blueprint. */
struct blueprint_reading {
	struct blueprint *blueprint;
	const struct library_source *source;
	const yaml_node_t *file, *library; /* of the installation that is read now; or NULL */
	const yaml_node_t *place;     /* of the step that is read now; NULL for pair and verify */
	struct blueprint_step *step;  /* read now */
	struct blueprint_step verify; /* its limits, until it is appended */
	bool no_memory;
};

/* Why a word of the format to come is refused. */
#define NOT_YET "is not in this version of muster"

/* Copies TEXT; remembers in READING when there is no memory. */
char *blueprint_read_copy(struct blueprint_reading *reading, const char *text);

/* What is read of an installation: the values of its keys, then all of it together. */
void blueprint_read_install_file(struct yaml_file *yaml, yaml_node_t *node, void *into);
void blueprint_read_install_library(struct yaml_file *yaml, yaml_node_t *node, void *into);
void blueprint_read_install_template(struct yaml_file *yaml, yaml_node_t *node, void *into);
void blueprint_read_install_end(struct yaml_file *yaml, struct blueprint_reading *reading);

/* Appends a step of KIND, with its default limits, at READING's place. Returns it, or NULL when
 * there are STEPS_MAX already. */
struct blueprint_step *blueprint_read_step(struct blueprint_reading *reading, enum step_kind kind);

/* Read the limits of the first step and of the last, which stand outside the list of steps. */
void blueprint_read_pair(struct yaml_file *yaml, yaml_node_t *node, void *into);
void blueprint_read_verify(struct yaml_file *yaml, yaml_node_t *node, void *into);

/* Reads the list of steps, between the pair and verify that nobody writes. */
void blueprint_read_steps(struct yaml_file *yaml, yaml_node_t *node, void *into);

#endif
