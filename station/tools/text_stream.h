/* SPDX-License-Identifier: Apache-2.0 */
/* A text that is written piece by piece into memory: the end of an open_memstream. */
#ifndef STATION_TOOLS_TEXT_STREAM_H
#define STATION_TOOLS_TEXT_STREAM_H

#include <stdio.h>

/* Closes OUT, which open_memstream made for *TEXT; OUT may be NULL. Returns *TEXT, the caller's
 * (free), or NULL when something could not be written. */
char *text_stream_end(FILE *out, char **text);

#endif
