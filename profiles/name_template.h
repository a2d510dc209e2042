/* SPDX-License-Identifier: Apache-2.0 */
/* Names with variables: "LIB-{serial}". */
#ifndef PROFILES_NAME_TEMPLATE_H
#define PROFILES_NAME_TEMPLATE_H

#include <stddef.h>

/*
 * Looks whether TEMPLATE has only variables that are known, closed braces, and a length that a
 * device takes as its name whatever stands for them.
 * Returns 0, or -EINVAL and writes what is wrong to TEXT (SIZE bytes).
 */
int name_template_check(const char *template, char *text, size_t size);

#endif
