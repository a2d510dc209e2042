/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of the operator's files share: problems as text, files in a folder of the test's own.
 */
#ifndef TESTS_UNIT_PROBLEMS_TEXT_H
#define TESTS_UNIT_PROBLEMS_TEXT_H

#include "profiles/values/problem.h"

/* All PROBLEMS as they are printed; empties them. The caller's, free. */
char *problems_text(struct problems *problems);

/* Goes into a new folder of the test's own; goes out of it and removes it with all that is in it.
 */
void folder_enter(void);
void folder_leave(void);

#endif
