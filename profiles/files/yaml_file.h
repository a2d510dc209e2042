/* SPDX-License-Identifier: Apache-2.0 */
/* One YAML document of the operator's, within limits, read by tables of keys. */
#ifndef PROFILES_FILES_YAML_FILE_H
#define PROFILES_FILES_YAML_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <yaml.h>

#include "profiles/values/problem.h"

/* Deepest nesting of lists and maps: the deepest of our own files need five. */
#define YAML_DEPTH_MAX 16
/* Most values, and most aliases among them. */
#define YAML_NODES_MAX	 10000
#define YAML_ALIASES_MAX 100

struct yaml_file {
	const char *file; /* for problems; the caller's */
	struct problems *problems;
	yaml_document_t document;
};

/*
 * Parses the SIZE BYTES of FILE: one document, whole, no deeper and no larger than the limits, no
 * anchor inside itself. What is wrong goes to PROBLEMS, which are kept for the problems to come.
 * Returns 0 and fills YAML (yaml_file_done), -EINVAL when PROBLEMS tell why not, or -ENOMEM.
 */
int yaml_file_parse(struct yaml_file *yaml, const char *file, const unsigned char *bytes,
		    size_t size, struct problems *problems);
void yaml_file_done(struct yaml_file *yaml);

/* Adds a problem at NODE's place. */
void yaml_file_problem(struct yaml_file *yaml, const yaml_node_t *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * The text of NODE, or NULL, with a problem that asks for WANT ("a file name"), when it is a list,
 * a map, nothing, longer than CLEAN_MAX, or not fit for a line on a screen. The document's own.
 */
const char *yaml_file_text(struct yaml_file *yaml, const yaml_node_t *node, const char *want);

/* Reads NODE as a whole number from 1 to MOST. Returns 0 and RET_NUMBER, or -EINVAL with a problem,
 * and leaves RET_NUMBER alone. */
int yaml_file_number(struct yaml_file *yaml, const yaml_node_t *node, unsigned most,
		     unsigned *ret_number);

/* One key that a map may have. INTO is the caller's. */
struct yaml_key {
	const char *word;
	void (*read)(struct yaml_file *yaml, yaml_node_t *value, void *into);
	bool required;
	const char *refusal; /* why a word that is known must not be there; READ is NULL then */
};

/* Reads the value of the key "muster", with which each of our files says the version of its format;
 * INTO may be anything. */
void yaml_file_read_version(struct yaml_file *yaml, yaml_node_t *node, void *into);

/* All the keys of one kind of map. */
struct yaml_keys {
	size_t count;
	const struct yaml_key *list;
};
#define YAML_KEYS(list) ((struct yaml_keys){ sizeof(list) / sizeof((list)[0]), (list) })

/*
 * Finds the one of KEYS that NODE names. Returns NULL, with a problem, for a word that is unknown
 * (with the nearest known one), or refused.
 */
const struct yaml_key *yaml_file_find_key(struct yaml_file *yaml, const yaml_node_t *node,
					  const struct yaml_keys *keys);

/*
 * Reads the map NODE: each value by its key's function, in the file's order. Problems: no map (it
 * asks for WANT), keys that are unknown, refused, double, or required and not there.
 */
void yaml_file_read_map(struct yaml_file *yaml, yaml_node_t *node, const char *want,
			const struct yaml_keys *keys, void *into);

#endif
