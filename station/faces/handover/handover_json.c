/* SPDX-License-Identifier: Apache-2.0 */
/* A handover as JSON: what verbs tell a running station to write. */
#include "station/faces/handover/handover_json.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "station/faces/json_text.h"

/* The texts of a handover, each with its room. */
#define TEXTS_MAX 10
struct text {
	const char *key;
	char *text;
	size_t room;
};

static void list_texts(struct handover *handover, struct text out[static TEXTS_MAX])
{
	const struct text texts[TEXTS_MAX] = {
		{ "serial", handover->serial, sizeof handover->serial },
		{ "product", handover->product, sizeof handover->product },
		{ "os", handover->os, sizeof handover->os },
		{ "build", handover->build, sizeof handover->build },
		{ "profile", handover->profile, sizeof handover->profile },
		{ "profile_sha256", handover->profile_sha256, sizeof handover->profile_sha256 },
		{ "report_sha256", handover->report_sha256, sizeof handover->report_sha256 },
		{ "asset", handover->asset, sizeof handover->asset },
		{ "note", handover->note, sizeof handover->note },
		{ "batch", handover->batch, sizeof handover->batch },
	};

	memcpy(out, texts, sizeof texts);
}

char *handover_to_json(const struct handover *handover)
{
	struct handover copy = *handover;
	struct text texts[TEXTS_MAX];
	json_t *object =
		json_pack("{s:s, s:s, s:s}", "way", handover_way_to_text(copy.way), "standing",
			  handover_standing_to_text(copy.standing), "operator", copy.operator);
	bool fine = object != NULL;

	list_texts(&copy, texts);
	for (size_t i = 0; i < TEXTS_MAX; i++)
		fine = fine &&
		       json_object_set_new(object, texts[i].key, json_string(texts[i].text)) == 0;
	if (!fine) {
		json_decref(object);
		return NULL;
	}
	return json_to_line(object);
}

/* Reads KEY of OBJECT into OUT, which has ROOM; false when it is no text, or too long. */
static bool take_text(const json_t *object, const char *key, char *out, size_t room)
{
	const json_t *value = json_object_get(object, key);
	char cleaned[CLEAN_MAX + 1];
	size_t len;

	if (!json_is_string(value))
		return false;
	len = clean_text(json_string_value(value), json_string_length(value), cleaned);
	if (len >= room)
		return false;
	memcpy(out, cleaned, len + 1);
	return true;
}

/* Of form, in a digest's place: 64 hexadecimal digits, or nothing. */
static bool is_digest(const char *text)
{
	size_t len = strlen(text);

	return len == 0 || (len == HANDOVER_DIGEST - 1 && strspn(text, "0123456789abcdef") == len);
}

static int take(const json_t *object, struct handover *ret_handover)
{
	struct handover handover = { 0 };
	struct text texts[TEXTS_MAX];
	char way[CLEAN_MAX + 1], standing[CLEAN_MAX + 1];
	bool fine = take_text(object, "way", way, sizeof way) &&
		    take_text(object, "standing", standing, sizeof standing) &&
		    take_text(object, "operator", handover.operator, sizeof handover.operator);

	list_texts(&handover, texts);
	for (size_t i = 0; fine && i < TEXTS_MAX; i++)
		fine = take_text(object, texts[i].key, texts[i].text, texts[i].room);
	if (!fine || json_object_size(object) != TEXTS_MAX + 3 ||
	    handover_way_from_text(way, &handover.way) < 0 ||
	    handover_standing_from_text(standing, &handover.standing) < 0 ||
	    !is_digest(handover.profile_sha256) || !is_digest(handover.report_sha256))
		return -EINVAL;
	*ret_handover = handover;
	return 0;
}

int handover_from_json(const char *text, size_t size, struct handover *ret_handover)
{
	json_t *object = size <= HANDOVER_JSON_MAX
				 ? json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL)
				 : NULL;
	int r = take(object, ret_handover);

	json_decref(object);
	return r;
}
