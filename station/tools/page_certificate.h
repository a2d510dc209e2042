/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate of a page in the bench's network: made for one run, known by its fingerprint. */
#ifndef STATION_TOOLS_PAGE_CERTIFICATE_H
#define STATION_TOOLS_PAGE_CERTIFICATE_H

#include <stdint.h>

/* Room for the SHA-256 as browsers show it, "AB:CD:…", with its end. */
#define PAGE_FINGERPRINT_MAX 96

struct page_certificate {
	char *key, *certificate; /* PEM */
	char fingerprint[PAGE_FINGERPRINT_MAX];
};

/*
 * Makes a key and a certificate that it signs itself, for the host ADDRESS (an IP address as text),
 * good from an hour before NOW (clocks differ) to UNTIL, seconds since 1970.
 * Returns 0 and RET_CERTIFICATE (page_certificate_done), or -ENOMEM, -EINVAL for ADDRESS.
 */
int page_certificate_make(const char *address, int64_t now, int64_t until,
			  struct page_certificate *ret_certificate);
/* Clears the key. */
void page_certificate_done(struct page_certificate *certificate);

#endif
