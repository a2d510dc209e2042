/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the lengths in a stream of messages, so that none is passed on in pieces. */
#include "device/mux/lengths.h"

#include <endian.h>
#include <string.h>

/* A length begins with 0: no message has 16 MiB. What begins otherwise is no length; TLS is 20
 * and up. */
static bool is_length(const uint8_t *bytes)
{
	return bytes[0] == 0;
}

size_t lengths_begun(struct lengths *lengths, const uint8_t *bytes, size_t len)
{
	while (len > 0 && !lengths->none) {
		size_t body = lengths->left < len ? lengths->left : len;
		uint32_t length;

		lengths->left -= (uint32_t)body;
		bytes += body;
		len -= body;
		if (len == 0)
			break;
		lengths->none = !is_length(bytes);
		if (lengths->none)
			break;
		if (len < LENGTH_SIZE)
			return len;
		memcpy(&length, bytes, LENGTH_SIZE);
		lengths->left = be32toh(length);
		bytes += LENGTH_SIZE;
		len -= LENGTH_SIZE;
	}
	return 0;
}
