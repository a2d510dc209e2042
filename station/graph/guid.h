/* SPDX-License-Identifier: Apache-2.0 */
/* Random ids (UUID version 4), for requests and assertions. */
#ifndef STATION_GRAPH_GUID_H
#define STATION_GRAPH_GUID_H

#define GUID_TEXT_MAX 37

/* Writes a new one; returns OUT. */
const char *guid_make(char out[static GUID_TEXT_MAX]);

#endif
