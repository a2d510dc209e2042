/* SPDX-License-Identifier: Apache-2.0 */
/* What a blueprint would do to a device, in plain words. */
#ifndef STATION_FACES_BLUEPRINT_SHOW_H
#define STATION_FACES_BLUEPRINT_SHOW_H

#include <stdio.h>

#include "profiles/blueprint/blueprint.h"

/* Prints which devices BLUEPRINT is for and each step in order, with its limits, to OUT. */
void blueprint_show(const struct blueprint *blueprint, FILE *out);

#endif
