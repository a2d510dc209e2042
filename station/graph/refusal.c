/* SPDX-License-Identifier: Apache-2.0 */
/* Why a source gave nothing that can be used: one kind, one sentence with what to do. */
#include "station/graph/refusal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "device/facts/clean.h"

const char *refusal_kind_to_text(enum refusal_kind kind)
{
	static const char *const words[REFUSAL_KINDS] = {
		[REFUSAL_FILE] = "file",       [REFUSAL_NETWORK] = "network",
		[REFUSAL_SIGN_IN] = "sign-in", [REFUSAL_DENIED] = "denied",
		[REFUSAL_MISSING] = "missing", [REFUSAL_BUSY] = "busy",
		[REFUSAL_SERVICE] = "service", [REFUSAL_PROFILE] = "profile",
		[REFUSAL_HOST] = "host",
	};

	return words[kind];
}

/* Cleans RAW in pieces of what clean_text takes at once. */
static void clean_long(const char *raw, char out[static REFUSAL_TEXT_MAX])
{
	size_t used = 0, length = strlen(raw);
	char piece[CLEAN_MAX + 1];

	for (size_t at = 0; at < length;) {
		size_t take = length - at < CLEAN_MAX ? length - at : CLEAN_MAX, n;

		/* Not in the middle of a character. */
		while (take < length - at && take > 1 &&
		       ((unsigned char)raw[at + take] & 0xc0) == 0x80)
			take--;
		n = clean_text(raw + at, take, piece);
		if (used + n >= REFUSAL_TEXT_MAX)
			break;
		memcpy(out + used, piece, n);
		used += n;
		at += take;
	}
	out[used] = '\0';
}

int refuse(struct refusal *refusal, enum refusal_kind kind, const char *format, ...)
{
	char raw[REFUSAL_TEXT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(raw, sizeof raw, format, args);
	va_end(args);
	refusal->kind = kind;
	clean_long(raw, refusal->text);
	return -1;
}
