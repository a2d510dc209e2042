/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules of the linter share: the profile that is judged, and the judges. */
#ifndef PROFILES_LINT_LINT_RULES_H
#define PROFILES_LINT_LINT_RULES_H

#include <stdbool.h>

#include "profiles/lint/lint.h"
#include "profiles/profile/payload_table.h"
#include "profiles/survey/reading.h"

/* Room for the names of keys that one problem tells, with its end; the others it counts. */
#define LINT_NAMES_MAX 160

struct linting {
	struct reading reading;
	const struct lint_target *target;
	const struct survey *survey;
	unsigned identities; /* PKCS#12 that were opened */
	struct {
		struct plist_spot first;
		size_t count, left_out; /* of NAMES, which has no room for them */
		char names[LINT_NAMES_MAX];
	} supervised; /* keys of the payload that is judged, which need supervision */
};

/* Are there so many problems that nothing more is kept? */
bool lint_is_full(const struct linting *linting);

/* Judges the keys of DICT, a payload of TYPE (NULL: not known) or the profile itself, by the
 * table. */
void lint_keys(struct linting *linting, const struct plist_spot *dict,
	       const struct payload_type *type, const struct payload_keys *more);

/* Judges whether the devices that it is for take the payload DICT of TYPE. */
void lint_devices(struct linting *linting, const struct plist_spot *dict,
		  const struct payload_type *type);

/* Judges the payload DICT of the type that each is named for. */
void lint_mdm(struct linting *linting, const struct plist_spot *dict);
void lint_scep(struct linting *linting, const struct plist_spot *dict);
void lint_acme(struct linting *linting, const struct plist_spot *dict);
void lint_certificate(struct linting *linting, const struct plist_spot *dict);
void lint_pkcs12(struct linting *linting, const struct plist_spot *dict);
void lint_wifi(struct linting *linting, const struct plist_spot *dict);

/* Judges a Profile Service by its content DICT. */
void lint_service(struct linting *linting, const struct plist_spot *dict);

/* Looks for what a template has left over, in all texts of DICT and below. */
void lint_leftovers(struct linting *linting, const struct plist_spot *dict);

/* Judges the signature, and the dates of the whole file. */
void lint_signature(struct linting *linting);
void lint_dates(struct linting *linting);

#endif
