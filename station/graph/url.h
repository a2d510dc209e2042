/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of URLs and of forms: written so that nothing in them means more than itself. */
#ifndef STATION_GRAPH_URL_H
#define STATION_GRAPH_URL_H

#include <stdbool.h>

/* TEXT with every byte but letters, digits and "-._~" as %XX. The caller's, free; NULL without
 * memory. */
char *url_escape(const char *text);

/* TEXT as a string of an OData filter: in quotes, those inside doubled; then escaped. The caller's,
 * free; NULL without memory. */
char *url_odata_string(const char *text);

/* Whether URL is on the server that BASE, a URL without a path, names. */
bool url_is_below(const char *url, const char *base);

#endif
