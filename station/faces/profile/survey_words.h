/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a profile, for a person to read. */
#ifndef STATION_FACES_SURVEY_WORDS_H
#define STATION_FACES_SURVEY_WORDS_H

#include <stdint.h>
#include <stdio.h>

#include "profiles/survey/survey.h"

/* Prints SURVEY, judged at NOW, of a file that was downloaded at DOWNLOADED (EXPIRY_NEVER: not
 * known), to OUT. Returns 0 or -ENOMEM. */
int survey_print(const struct survey *survey, int64_t now, int64_t downloaded, FILE *out);

#endif
