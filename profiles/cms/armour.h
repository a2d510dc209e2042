/* SPDX-License-Identifier: Apache-2.0 */
/* The text forms of binary files, PEM and bare Base64, turned back into bytes. */
#ifndef PROFILES_CMS_ARMOUR_H
#define PROFILES_CMS_ARMOUR_H

#include <stddef.h>

/*
 * Decodes the SIZE BYTES: Base64 with any white space in it, between PEM's marks, in quotes, or by
 * itself. Returns 0, RET_BYTES (the caller's, free; a NUL follows them) and RET_SIZE, not 0;
 * -EINVAL when it is none, or -ENOMEM.
 */
int armour_decode(const unsigned char *bytes, size_t size, unsigned char **ret_bytes,
		  size_t *ret_size);

#endif
