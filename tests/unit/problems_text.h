/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of the operator's files share: problems as text, files in a folder of the test's own. */
#ifndef TESTS_UNIT_PROBLEMS_TEXT_H
#define TESTS_UNIT_PROBLEMS_TEXT_H

#include <stddef.h>

#include "profiles/problem.h"

/* All PROBLEMS as they are printed; empties them. The caller's, free. */
char *problems_text(struct problems *problems);

/* Goes into a new folder of the test's own; goes out of it and removes it with all files in it. */
void folder_enter(void);
void folder_leave(void);

/* Writes the SIZE BYTES, or the TEXT, to FILE in the folder; ends the test program when it cannot. */
void folder_write(const char *file, const void *bytes, size_t size);
void folder_write_text(const char *file, const char *text);

#endif
