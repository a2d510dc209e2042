/* SPDX-License-Identifier: Apache-2.0 */
/* A profile's file taken apart: armour, signature, and the property list in them. */
#include "profiles/profile/unwrap.h"

#include <errno.h>
#include <stdlib.h>

#include "profiles/cms/armour.h"
#include "profiles/plist/bplist_scan.h"

/* Where the bytes that are looked at come from. */
enum layer {
	LAYER_FILE,
	LAYER_ARMOUR,
	LAYER_SIGNATURE,
};

struct opening {
	struct unwrapped *unwrapped;
	struct problems *problems;
	const unsigned char *bytes;
	size_t size;
	enum layer layer;
};

static int say(struct opening *opening, const char *before, const char *text)
{
	problems_add(opening->problems, opening->unwrapped->plist.file, 0, 0, "%s%s", before, text);
	return -EINVAL;
}

static int take_xml(struct opening *opening)
{
	struct unwrapped *unwrapped = opening->unwrapped;
	struct profile_plist *plist = &unwrapped->plist;
	size_t mark = container_mark_length(opening->bytes, opening->size);
	int r;

	opening->problems->stage = RULE_XML;
	plist->bytes = (const char *)opening->bytes + mark;
	plist->size = opening->size - mark;
	r = xml_scan(plist->file, plist->bytes, plist->size, opening->problems, &unwrapped->scan);
	if (r == 0)
		plist->scan = &unwrapped->scan;
	return r;
}

static int take_binary(struct opening *opening)
{
	struct profile_plist *plist = &opening->unwrapped->plist;
	const char *wrong = bplist_scan(opening->bytes, opening->size);

	opening->problems->stage = RULE_BINARY;
	plist->bytes = (const char *)opening->bytes;
	plist->size = opening->size;
	if (!wrong)
		return 0;
	if (container_line_ends_converted(opening->bytes, opening->size))
		wrong = container_refusal(CONTAINER_DAMAGED);
	return say(opening, "", wrong);
}

static int open_layer(struct opening *opening);

static int open_signed(struct opening *opening)
{
	struct unwrapped *unwrapped = opening->unwrapped;
	int r;

	opening->problems->stage = RULE_CMS;
	r = cms_open(unwrapped->plist.file, opening->bytes, opening->size, opening->problems,
		     &unwrapped->signature);
	if (r < 0)
		return r;
	opening->bytes = unwrapped->signature->bytes;
	opening->size = unwrapped->signature->size;
	opening->layer = LAYER_SIGNATURE;
	return open_layer(opening);
}

/* Is it one of the forms that a device takes? */
static bool is_fit(enum container container)
{
	return !container_refusal(container);
}

/* Says that no device takes text in place of CMS, and looks what is in it. */
static int open_armour(struct opening *opening, enum container container)
{
	struct unwrapped *unwrapped = opening->unwrapped;
	size_t size;
	int r;

	say(opening, "", container_refusal(container));
	r = armour_decode(opening->bytes, opening->size, &unwrapped->decoded, &size);
	if (r < 0)
		return r;
	opening->bytes = unwrapped->decoded;
	opening->size = size;
	opening->layer = LAYER_ARMOUR;
	return is_fit(container_recognise(opening->bytes, size)) ? open_layer(opening) : -EINVAL;
}

static int open_layer(struct opening *opening)
{
	enum container container = container_recognise(opening->bytes, opening->size);
	const char *before = "is signed around something that ";

	opening->problems->stage = RULE_CONTAINER;
	if (opening->layer == LAYER_FILE)
		opening->unwrapped->outer = container;
	if (container == CONTAINER_XML || container == CONTAINER_BINARY) {
		opening->unwrapped->inner = container;
		return container == CONTAINER_XML ? take_xml(opening) : take_binary(opening);
	}
	if (opening->layer == LAYER_SIGNATURE)
		return say(opening, before,
			   container == CONTAINER_CMS ? "is signed or encrypted again"
						      : container_refusal(container));
	if (container == CONTAINER_CMS)
		return open_signed(opening);
	if ((container == CONTAINER_PEM || container == CONTAINER_BASE64) &&
	    opening->layer == LAYER_FILE)
		return open_armour(opening, container);
	return say(opening, "", container_refusal(container));
}

int unwrap(const char *file, const unsigned char *bytes, size_t size, struct problems *problems,
	   struct unwrapped **ret_unwrapped)
{
	struct unwrapped *unwrapped = calloc(1, sizeof *unwrapped);
	struct opening opening = { unwrapped, problems, bytes, size, LAYER_FILE };
	enum rule stage = problems->stage;
	int r;

	if (!unwrapped)
		return -ENOMEM;
	unwrapped->plist.file = file;
	r = open_layer(&opening);
	problems->stage = stage;
	if (r == 0)
		*ret_unwrapped = unwrapped;
	else
		unwrap_free(unwrapped);
	return r;
}

void unwrap_free(struct unwrapped *unwrapped)
{
	if (!unwrapped)
		return;
	cms_free(unwrapped->signature);
	free(unwrapped->scan.values);
	free(unwrapped->decoded);
	free(unwrapped);
}
