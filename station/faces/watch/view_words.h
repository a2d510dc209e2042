/* SPDX-License-Identifier: Apache-2.0 */
/* An event in words: the line of it that a person reads. */
#ifndef STATION_FACES_VIEW_WORDS_H
#define STATION_FACES_VIEW_WORDS_H

#include <jansson.h>

#include "station/faces/table.h"

/* Room for a line in words: an outcome with its fault's detail, sentence and remedy. */
#define VIEW_WORDS_MAX 1536

/* The text of KEY in OBJECT; "" when it is null, missing or no text. */
const char *view_text(const json_t *object, const char *key);

/* A length of time for a person: "0.4 s", "12 s", "1:05", "1:02:05". Fills OUT and returns it. */
#define VIEW_TIME_MAX 32
const char *view_time(double seconds, char out[static VIEW_TIME_MAX]);

/*
 * Writes EVENT (event_json.h) as one line without a newline: the time of day here, the slot, the
 * product, the serial number, and what happened. Every member may be missing or of another type.
 * Returns how the line is meant.
 */
enum table_tone view_words(const json_t *event, char out[static VIEW_WORDS_MAX]);

#endif
