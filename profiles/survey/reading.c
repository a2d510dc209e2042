/* SPDX-License-Identifier: Apache-2.0 */
/* A profile opened to be read: its property list, and where its values stand. */
#include "config.h"

#include "profiles/survey/reading.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "profiles/profile/profile_check.h"

#ifndef HAVE_PLIST_GET_UNIX_DATE_VAL
/* From the first second that libplist counts, that of 2001, to that of 1970. */
#define EPOCH_2001 978307200LL
#endif

int reading_open(const char *file, const unsigned char *bytes, size_t size,
		 struct problems *problems, struct reading *ret_reading)
{
	struct reading reading = { .keys = { .file = file, .problems = problems } };
	int r;

	r = unwrap(file, bytes, size, problems, &reading.unwrapped);
	if (r < 0)
		return r;
	reading.keys.scan = reading.unwrapped->plist.scan;
	if (!profile_keys_open(&reading.keys, reading.unwrapped->plist.bytes,
			       reading.unwrapped->plist.size, &reading.top)) {
		reading_close(&reading);
		return -EINVAL;
	}
	*ret_reading = reading;
	return 0;
}

void reading_close(struct reading *reading)
{
	profile_keys_close(&reading->top);
	unwrap_free(reading->unwrapped);
}

void reading_text(const struct plist_spot *dict, const char *key, char out[static CLEAN_MAX + 1])
{
	clean_string(profile_keys_peek(dict, key), out);
}

/* The node of KEY when it is of TYPE; NULL otherwise. */
static plist_t find(const struct plist_spot *dict, const char *key, plist_type type)
{
	plist_t node = plist_dict_get_item(dict->node, key);

	return node && plist_get_node_type(node) == type ? node : NULL;
}

const unsigned char *reading_data(const struct plist_spot *dict, const char *key, size_t *ret_size)
{
	plist_t node = find(dict, key, PLIST_DATA);
	uint64_t size = 0;
	const char *bytes = node ? plist_get_data_ptr(node, &size) : NULL;

	*ret_size = bytes ? (size_t)size : 0;
	return size > 0 ? (const unsigned char *)bytes : NULL;
}

bool reading_flag(const struct plist_spot *dict, const char *key)
{
	plist_t node = find(dict, key, PLIST_BOOLEAN);
	uint8_t flag = 0;

	if (node)
		plist_get_bool_val(node, &flag);
	return flag;
}

int64_t reading_number(const struct plist_spot *dict, const char *key, int64_t fallback)
{
	plist_t node = find(dict, key, PLIST_UINT);
	uint64_t number = 0;

	if (!node)
		return fallback;
	plist_get_uint_val(node, &number);
	return (int64_t)number;
}

/* Seconds since 1970. libplist 2.7 deprecates the call that older ones have. */
static int64_t unix_date(plist_t date)
{
#ifdef HAVE_PLIST_GET_UNIX_DATE_VAL
	int64_t seconds = 0;

	plist_get_unix_date_val(date, &seconds);
	return seconds;
#else
	int32_t seconds = 0, rest = 0;

	plist_get_date_val(date, &seconds, &rest);
	return seconds + EPOCH_2001;
#endif
}

int64_t reading_date(const struct reading *reading, const char *key)
{
	struct plist_spot spot = profile_keys_member(&reading->keys, &reading->top, key);
	const struct xml_scan *scan = reading->keys.scan;

	if (!spot.node || plist_get_node_type(spot.node) != PLIST_DATE ||
	    (scan && spot.value != XML_NONE && scan->values[spot.value].wrong))
		return EXPIRY_NEVER;
	return unix_date(spot.node);
}

bool reading_holds(const struct plist_spot *dict, const char *key, const char *text)
{
	plist_t list = find(dict, key, PLIST_ARRAY);
	uint32_t count = list ? plist_array_get_size(list) : 0;

	/* No list that is asked for has so many; a hostile one is not walked through. */
	for (uint32_t i = 0; i < count && i < PAYLOADS_MAX; i++) {
		plist_t item = plist_array_get_item(list, i);

		if (plist_get_node_type(item) == PLIST_STRING &&
		    strcmp(plist_get_string_ptr(item, NULL), text) == 0)
			return true;
	}
	return false;
}

size_t reading_payloads(const struct reading *reading)
{
	plist_t list = find(&reading->top, "PayloadContent", PLIST_ARRAY);
	size_t count = list ? plist_array_get_size(list) : 0;

	return count < PAYLOADS_MAX ? count : PAYLOADS_MAX;
}

struct plist_spot reading_payload(const struct reading *reading, size_t index)
{
	struct plist_spot list =
		profile_keys_member(&reading->keys, &reading->top, "PayloadContent");

	return profile_keys_at(&reading->keys, &list, index);
}

bool reading_find_uuid(const struct reading *reading, const char *uuid,
		       struct plist_spot *ret_payload)
{
	size_t count = reading_payloads(reading);

	for (size_t i = 0; i < count; i++) {
		struct plist_spot payload = reading_payload(reading, i);

		if (strcasecmp(profile_keys_peek(&payload, "PayloadUUID"), uuid) != 0)
			continue;
		*ret_payload = payload;
		return true;
	}
	return false;
}
