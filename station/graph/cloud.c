/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft's clouds: where Graph and the sign-in of each are. */
#include "station/graph/cloud.h"

#include <stddef.h>
#include <string.h>

/* doc/graph.md, "Clouds". */
static const struct cloud clouds[] = {
	{ "global", "https://graph.microsoft.com", "https://login.microsoftonline.com" },
	{ "us-gov", "https://graph.microsoft.us", "https://login.microsoftonline.us" },
	{ "us-dod", "https://dod-graph.microsoft.us", "https://login.microsoftonline.us" },
	{ "china", "https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn" },
};

const char *const cloud_words[] = { "global", "us-gov", "us-dod", "china", NULL };

const struct cloud *cloud_find(const char *word)
{
	for (size_t i = 0; i < sizeof clouds / sizeof clouds[0]; i++)
		if (strcmp(clouds[i].word, word ? word : "global") == 0)
			return &clouds[i];
	return NULL;
}
