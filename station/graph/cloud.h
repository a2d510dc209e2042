/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft's clouds: where Graph and the sign-in of each are. */
#ifndef STATION_GRAPH_CLOUD_H
#define STATION_GRAPH_CLOUD_H

struct cloud {
	const char *word;    /* as "cloud" in sources.yaml has it */
	const char *graph;   /* URL without a path, also the scope's beginning */
	const char *sign_in; /* URL without a path */
};

/* The words, ended by NULL; the first is the world's. */
extern const char *const cloud_words[];
/* The cloud called WORD; the world's for NULL. NULL for an unknown word. */
const struct cloud *cloud_find(const char *word);

#endif
