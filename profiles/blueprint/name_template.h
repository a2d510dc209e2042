/* SPDX-License-Identifier: Apache-2.0 */
/* Names with variables: "LIB-{serial}". */
#ifndef PROFILES_BLUEPRINT_NAME_TEMPLATE_H
#define PROFILES_BLUEPRINT_NAME_TEMPLATE_H

#include <stddef.h>

#include "profiles/blueprint/assets.h"
#include "profiles/values/problem.h"

/*
 * Looks whether TEMPLATE has only variables that are known, given ASSETS (or NULL), closed braces,
 * and a length that a device takes as its name whatever stands for them.
 * Returns 0, or -EINVAL and writes what is wrong to TEXT (SIZE bytes).
 */
int name_template_check(const struct assets *assets, const char *template, char *text, size_t size);

/* Adds a problem for each column of ASSETS (or NULL) that TEMPLATE, of FILE and checked, needs and
 * that is empty for some device. */
void name_template_need_cells(const struct assets *assets, const char *template, const char *file,
			      struct problems *problems);

#endif
