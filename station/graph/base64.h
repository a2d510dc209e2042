/* SPDX-License-Identifier: Apache-2.0 */
/* Base64, in the form of files and in the form of URLs. */
#ifndef STATION_GRAPH_BASE64_H
#define STATION_GRAPH_BASE64_H

#include <stddef.h>

/* The SIZE BYTES in the alphabet of URLs, without padding (RFC 4648, 5). The caller's, free; NULL
 * without memory. */
char *base64_to_url(const unsigned char *bytes, size_t size);

/* Reads TEXT: whole groups of four, padded, nothing else. Returns 0, RET_BYTES (the caller's, free)
 * and RET_SIZE; -EINVAL; or -ENOMEM. */
int base64_parse(const char *text, unsigned char **ret_bytes, size_t *ret_size);

#endif
