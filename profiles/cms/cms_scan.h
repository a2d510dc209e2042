/* SPDX-License-Identifier: Apache-2.0 */
/* Whether CMS names no more digests than are worth computing, before OpenSSL sees it. */
#ifndef PROFILES_CMS_CMS_SCAN_H
#define PROFILES_CMS_CMS_SCAN_H

#include <stddef.h>

/*
 * Walks to the digests that the SIZE BYTES name for their signers: OpenSSL computes each of them
 * over the whole content, as often as it is named, and has no limit. Returns NULL, or the sentence
 * that says what is wrong. What does not have the form of SignedData is OpenSSL's to refuse.
 */
const char *cms_scan(const unsigned char *bytes, size_t size);

#endif
