/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a YAML file is small, shallow and well-formed enough to be loaded. */
#ifndef PROFILES_FILES_YAML_LIMITS_H
#define PROFILES_FILES_YAML_LIMITS_H

#include <stddef.h>
#include <yaml.h>

#include "profiles/values/problem.h"

/*
 * Goes through the SIZE BYTES of FILE once without keeping anything, against the limits of
 * yaml_file.h: before a document is built, aliases cannot make it explode.
 * Returns 0, -EINVAL when PROBLEMS tell why not, or -ENOMEM.
 */
int yaml_limits_check(const char *file, const unsigned char *bytes, size_t size,
		      struct problems *problems);

/* Adds the problem that PARSER stopped at. Returns -EINVAL, or -ENOMEM when it was memory. */
int yaml_limits_explain(const yaml_parser_t *parser, const char *file, struct problems *problems);

#endif
