/* SPDX-License-Identifier: Apache-2.0 */
/* Whether CMS names no more digests than are worth computing, before OpenSSL sees it. */
#include "profiles/cms/cms_scan.h"

#include <stdbool.h>

#include "profiles/cms/cms.h"

/* Tags of the way there. */
enum {
	TAG_INTEGER = 0x02,
	TAG_OID = 0x06,
	TAG_SEQUENCE = 0x30,
	TAG_SET = 0x31,
	TAG_CONTENT = 0xa0,
};

/* What is left of one level of the structure. */
struct walk {
	const unsigned char *at, *end;
	bool open; /* of indefinite length: two zero bytes end it */
};

/* Reads the length behind a tag at WALK's place. Returns false when it is none, or past the end. */
static bool read_length(struct walk *walk, size_t *ret_len, bool *ret_open)
{
	size_t len, count;

	if (walk->at == walk->end)
		return false;
	len = *walk->at++;
	*ret_open = len == 0x80;
	if (len > 0x80) {
		count = len & 0x7f;
		if (count > sizeof len || count > (size_t)(walk->end - walk->at))
			return false;
		for (len = 0; count > 0; count--)
			len = len << 8 | *walk->at++;
	}
	*ret_len = *ret_open ? (size_t)(walk->end - walk->at) : len;
	return *ret_len <= (size_t)(walk->end - walk->at);
}

/* Takes the element of TAG at WALK's place: RET_INSIDE is what is in it. WALK goes behind it, but
 * not behind one of indefinite length, whose end is not known. */
static bool take(struct walk *walk, unsigned char tag, struct walk *ret_inside)
{
	size_t len;

	if (walk->at == walk->end || *walk->at != tag)
		return false;
	walk->at++;
	if (!read_length(walk, &len, &ret_inside->open))
		return false;
	ret_inside->at = walk->at;
	ret_inside->end = walk->at + len;
	if (!ret_inside->open)
		walk->at += len;
	return true;
}

static bool ended(const struct walk *walk)
{
	return walk->at == walk->end || (walk->open && *walk->at == 0);
}

const char *cms_scan(const unsigned char *bytes, size_t size)
{
	struct walk file = { bytes, bytes + size, false }, outer, content, data, digests, skipped;
	size_t count = 0;

	if (!take(&file, TAG_SEQUENCE, &outer) || !take(&outer, TAG_OID, &skipped) ||
	    !take(&outer, TAG_CONTENT, &content) || !take(&content, TAG_SEQUENCE, &data) ||
	    !take(&data, TAG_INTEGER, &skipped) || !take(&data, TAG_SET, &digests))
		return NULL;
	while (!ended(&digests)) {
		if (!take(&digests, TAG_SEQUENCE, &skipped))
			return NULL;
		if (skipped.open)
			return "is written in a way that no signer writes; get the original again";
		if (++count > CMS_SIGNERS_MAX)
			return "has more signers than any profile; get the original again";
	}
	return NULL;
}
