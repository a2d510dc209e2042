/* SPDX-License-Identifier: Apache-2.0 */
/* What {serial}, {asset} and the like stand for: a device's own facts, and columns of assets. */
#ifndef PROFILES_BLUEPRINT_VARIABLE_H
#define PROFILES_BLUEPRINT_VARIABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "profiles/blueprint/assets.h"
#include "profiles/blueprint/blueprint.h"

/* Room for one sentence about a variable, with its end. */
#define VARIABLE_WHY_MAX 256

/* Is {WORD}, of LEN bytes, known, given ASSETS (or NULL)? Then RET_LONGEST is the most bytes that
 * it can stand for. */
bool variable_is_known(const struct assets *assets, const char *word, size_t len,
		       size_t *ret_longest);

/* Writes why {WORD}, which is not known, is none; with the nearest one that is. */
void variable_explain(const struct assets *assets, const char *word, size_t len,
		      char out[static VARIABLE_WHY_MAX]);

/* Adds a problem for the first row of ASSETS that has nothing in the column WORD, which FILE needs;
 * none when WORD is no column. */
void variable_need_cells(const struct assets *assets, const char *word, size_t len,
			 const char *file, struct problems *problems);

/*
 * What {WORD}, which is known, stands for. Returns 0 and RET_TEXT (that of FACTS or their assets,
 * not empty); -ENODATA when the fact is not known or the cell is empty; -ENOKEY when the device is
 * not in the assets.
 */
int variable_value(const struct blueprint_facts *facts, const char *word, size_t len,
		   const char **ret_text);

#endif
