/* SPDX-License-Identifier: Apache-2.0 */
/* A device that answers wrong in one way: its connections, and the bytes that hurt. */
#include <endian.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "tests/scenario/odd_phone.h"

#define MESSAGE_MAX (1U << 20)

bool odd(const struct wire *wire, const char *oddity)
{
	return strcmp(wire->phone->oddity, oddity) == 0;
}

void note(const struct wire *wire, const char *where, const char *what)
{
	dprintf(wire->phone->log_fd, "%s %s\n", where, what ? what : "(nothing)");
}

void get_bytes(struct wire *wire, void *out, size_t len)
{
	for (size_t used = 0; used < len;) {
		char *to = (char *)out + used;
		ssize_t n = wire->ssl ? SSL_read(wire->ssl, to, (int)(len - used))
				      : read(wire->fd, to, len - used);

		if (n <= 0)
			_exit(0);
		used += (size_t)n;
	}
}

void put_bytes(struct wire *wire, const void *bytes, size_t len)
{
	if (wire->ssl ? SSL_write(wire->ssl, bytes, (int)len) <= 0
		      : write(wire->fd, bytes, len) != (ssize_t)len)
		_exit(0);
}

static plist_t parse(const char *bytes, uint32_t len)
{
	plist_t plist = NULL;

#ifdef PLIST_FROM_MEMORY_HAS_FORMAT
	plist_from_memory(bytes, len, &plist, NULL);
#else
	plist_from_memory(bytes, len, &plist);
#endif
	return plist;
}

const char *text_of(plist_t dict, const char *key)
{
	plist_t item = plist_dict_get_item(dict, key);

	return item && plist_get_node_type(item) == PLIST_STRING ? plist_get_string_ptr(item, NULL)
								 : NULL;
}

plist_t get_plist(struct wire *wire, uint32_t len)
{
	static char bytes[MESSAGE_MAX];

	if (len > sizeof bytes)
		_exit(0);
	get_bytes(wire, bytes, len);
	return parse(bytes, len);
}

static void put_frame(struct wire *wire, const void *bytes, uint32_t len)
{
	uint32_t prefix = htobe32(len);

	put_bytes(wire, &prefix, sizeof prefix);
	put_bytes(wire, bytes, len);
}

/* A list in a list in a list …, the innermost empty, as a binary property list. */
void put_deep(struct wire *wire)
{
	enum {
		LEVELS = 100000
	};
	static unsigned char bytes[8 + LEVELS * 7 + 64];
	unsigned char *to = bytes;
	unsigned char trailer[32] = { 0 };
	uint64_t table;

	memcpy(to, "bplist00", 8);
	to += 8;
	for (unsigned i = 0; i < LEVELS; i++) {
		unsigned next = i + 1;

		*to++ = next < LEVELS ? 0xa1 : 0xa0;
		if (next < LEVELS) {
			*to++ = (unsigned char)(next >> 16);
			*to++ = (unsigned char)(next >> 8);
			*to++ = (unsigned char)next;
		}
	}
	table = (uint64_t)(to - bytes);
	for (unsigned i = 0; i < LEVELS; i++) {
		unsigned offset = 8 + 4 * i;

		*to++ = (unsigned char)(offset >> 16);
		*to++ = (unsigned char)(offset >> 8);
		*to++ = (unsigned char)offset;
	}
	trailer[6] = trailer[7] = 3;
	*(uint64_t *)(void *)&trailer[8] = htobe64(LEVELS);
	*(uint64_t *)(void *)&trailer[24] = htobe64(table);
	memcpy(to, trailer, sizeof trailer);
	put_frame(wire, bytes, (uint32_t)(to + sizeof trailer - bytes));
}

/* Lists of ten references each to the next: nine levels of it are a thousand million texts. */
void put_bomb(struct wire *wire)
{
	enum {
		LEVELS = 9,
		WIDTH = 10
	};
	unsigned char bytes[256] = "bplist00", trailer[32] = { 0 };
	unsigned char *to = bytes + 8, *table;

	for (unsigned i = 0; i < LEVELS; i++) {
		*to++ = 0xa0 | WIDTH;
		memset(to, (int)i + 1, WIDTH);
		to += WIDTH;
	}
	*to++ = 0x51;
	*to++ = 'x';
	table = to;
	for (unsigned i = 0; i <= LEVELS; i++)
		*to++ = (unsigned char)(8 + i * (WIDTH + 1));
	trailer[6] = trailer[7] = 1;
	*(uint64_t *)(void *)&trailer[8] = htobe64(LEVELS + 1);
	*(uint64_t *)(void *)&trailer[24] = htobe64((uint64_t)(table - bytes));
	memcpy(to, trailer, sizeof trailer);
	put_frame(wire, bytes, (uint32_t)(to + sizeof trailer - bytes));
}
