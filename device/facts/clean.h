/* SPDX-License-Identifier: Apache-2.0 */
/* The one cleaner for text that comes from outside: devices, files, workers. */
#ifndef DEVICE_FACTS_CLEAN_H
#define DEVICE_FACTS_CLEAN_H

#include <stddef.h>
#include <stdint.h>

/* Longest cleaned text in bytes, without its end: a device name is 255 bytes at most, and nothing
 * that a person reads on one line is longer. */
#define CLEAN_MAX 255

/*
 * Copies at most CLEAN_MAX bytes of the LEN bytes at RAW into OUT, made fit for a terminal, a log,
 * a CSV cell and a page: valid UTF-8 only (anything else becomes '?'), control characters (C0, C1,
 * DEL, line and paragraph separators) become a blank, bidirectional and other invisible format
 * controls vanish. Never cuts a character in two. OUT always ends with NUL.
 * Returns the length of OUT in bytes.
 */
size_t clean_text(const char *raw, size_t len, char out[static CLEAN_MAX + 1]);

/* The same for a NUL-terminated RAW; NULL counts as "". */
size_t clean_string(const char *raw, char out[static CLEAN_MAX + 1]);

/* Reads one UTF-8 character of the LEN > 0 bytes at S. Returns its length and RET_RUNE, or 0 when
 * it is not valid (overlong, surrogate, above U+10FFFF, cut short). */
size_t clean_rune(const unsigned char *s, size_t len, uint32_t *ret_rune);

#endif
