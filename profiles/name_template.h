/* SPDX-License-Identifier: Apache-2.0 */
/* Names with variables: "LIB-{serial}". */
#ifndef PROFILES_NAME_TEMPLATE_H
#define PROFILES_NAME_TEMPLATE_H

#include <stddef.h>

#include "profiles/assets.h"

/*
 * Looks whether TEMPLATE has only variables that are known, given ASSETS (or NULL), closed braces,
 * and a length that a device takes as its name whatever stands for them.
 * Returns 0, or -EINVAL and writes what is wrong to TEXT (SIZE bytes).
 */
int name_template_check(const struct assets *assets, const char *template, char *text, size_t size);

#endif
