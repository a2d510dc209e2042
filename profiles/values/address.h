/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses (URLs) in profiles: whose they are, and what of them may be shown. */
#ifndef PROFILES_VALUES_ADDRESS_H
#define PROFILES_VALUES_ADDRESS_H

#include <stdbool.h>

#include "device/facts/clean.h"

/* Is URL of the SCHEME ("https"), with a host behind it? Schemes are compared without regard to
 * case. */
bool address_has(const char *url, const char *scheme);

/* Writes the host of URL in lower case, without its port; "" when there is none. */
void address_host(const char *url, char out[static CLEAN_MAX + 1]);

/* Writes what of URL may be shown: tokens stand in its query, and passwords before its host, so
 * neither is. A query that was there is shown as "?…". */
void address_show(const char *url, char out[static CLEAN_MAX + 1]);

/* Is HOST (in lower case) DOMAIN, or below it? */
bool address_is_below(const char *host, const char *domain);

#endif
