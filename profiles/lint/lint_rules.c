/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules of the linter share: the profile that is judged, and the judges. */
#include "profiles/lint/lint_rules.h"

bool lint_is_full(const struct linting *linting)
{
	return linting->reading.keys.problems->count == PROBLEMS_MAX;
}
