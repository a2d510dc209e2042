/* SPDX-License-Identifier: Apache-2.0 */
/* What a blueprint's steps mean for each other: what would fail though each by itself is right. */
#ifndef PROFILES_BLUEPRINT_ADVICE_H
#define PROFILES_BLUEPRINT_ADVICE_H

#include "profiles/blueprint.h"
#include "profiles/problem.h"

/* Adds what is to be said of BLUEPRINT, at its steps' places. */
void blueprint_advise(const struct blueprint *blueprint, struct problems *problems);

#endif
