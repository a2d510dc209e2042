/* SPDX-License-Identifier: Apache-2.0 */
/* What the profiles of a blueprint mean for its devices and each other, before any is touched. */
#ifndef PROFILES_BLUEPRINT_BLUEPRINT_ADVICE_H
#define PROFILES_BLUEPRINT_BLUEPRINT_ADVICE_H

#include "profiles/blueprint/blueprint.h"
#include "profiles/values/problem.h"

/*
 * Looks into every profile of BLUEPRINT at NOW (seconds since 1970), and keeps in its step what it
 * says of itself. What would fail on the devices that BLUEPRINT is for goes to PROBLEMS, at its
 * place in the profile; what would fail by the order of steps, at theirs.
 * Returns 0 or -ENOMEM.
 */
int blueprint_advise(struct blueprint *blueprint, int64_t now, struct problems *problems);

#endif
