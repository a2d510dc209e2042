/* SPDX-License-Identifier: Apache-2.0 */
/* What a simulated device is to be: the products it may be, and made-up identifiers. */
#define _GNU_SOURCE
#include "tests/sim/plan.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Names and texts end up in values of this length at most. */
#define PLAN_TEXT_MAX 255

/* In the order of a bench's devices. Those without a chip id have the 40-digit UDID of their age.
 */
static const struct product {
	const char *product;
	unsigned chip;
	const char *os;
	const char *build;
} products[] = {
	{ "iPad13,18", 0x8101, "18.5", "22F76" },   { "iPhone14,5", 0x8110, "18.5", "22F76" },
	{ "iPad12,1", 0x8030, "17.7.2", "21H221" }, { "iPad7,11", 0, "18.5", "22F76" },
	{ "iPhone12,8", 0x8030, "18.5", "22F76" },  { "iPad14,1", 0x8110, "18.5", "22F76" },
	{ "iPhone10,1", 0, "16.7.11", "20H360" },
};

#define PRODUCTS (sizeof(products) / sizeof(products[0]))

uint64_t dice_throw(struct dice *dice)
{
	/* splitmix64 */
	uint64_t z = dice->state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

void dice_uuid(struct dice *dice, char uuid[37])
{
	uint64_t a = dice_throw(dice);
	uint64_t b = dice_throw(dice);

	snprintf(uuid, 37, "%08X-%04X-4%03X-%04X-%012llX", (unsigned)(a >> 32),
		 (unsigned)(a >> 16 & 0xffff), (unsigned)(a & 0xfff),
		 (unsigned)(0x8000 | (b >> 48 & 0x3fff)), (unsigned long long)(b & 0xffffffffffff));
}

void plan_init(struct phone_plan *plan, const struct phone_setup *setup)
{
	*plan = (struct phone_plan){ .setup = *setup };
}

void plan_done(struct phone_plan *plan)
{
	free(plan->product);
	free(plan->os);
	free(plan->build);
	free(plan->name);
	free(plan->serial);
	free(plan->udid);
}

static size_t digits(const char *text, size_t from, size_t to)
{
	size_t n = from;

	while (n < to && isxdigit((unsigned char)text[n]))
		n++;
	return n - from;
}

static bool udid_good(const char *text)
{
	size_t len = strlen(text);

	if (len == 40)
		return digits(text, 0, 40) == 40;
	return len == 25 && digits(text, 0, 8) == 8 && text[8] == '-' && digits(text, 9, 25) == 16;
}

static bool serial_good(const char *text)
{
	size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

	return len >= 8 && len <= 14 && !text[len];
}

static bool text_good(const char *text)
{
	size_t len = strlen(text);

	if (!len || len > PLAN_TEXT_MAX)
		return false;
	for (; *text; text++) {
		if (iscntrl((unsigned char)*text))
			return false;
	}
	return true;
}

static bool version_good(const char *text)
{
	return strspn(text, "0123456789.") == strlen(text) && isdigit((unsigned char)text[0]);
}

static const struct plan_text {
	const char *key;
	size_t offset;
	bool (*good)(const char *text);
	const char *form;
} texts[] = {
	{ "product", offsetof(struct phone_plan, product), text_good, "as iPad13,18" },
	{ "os", offsetof(struct phone_plan, os), version_good, "as 18.5" },
	{ "build", offsetof(struct phone_plan, build), text_good, "as 22F76" },
	{ "name", offsetof(struct phone_plan, name), text_good, "1 to 255 bytes of text" },
	{ "serial", offsetof(struct phone_plan, serial), serial_good,
	  "8 to 14 capital letters and digits" },
	{ "udid", offsetof(struct phone_plan, udid), udid_good,
	  "40 hexadecimal digits, or 8, a dash, and 16" },
};

static int unknown_key(const char *key, char problem[PROBLEM_MAX])
{
	/* The last three are read by those who call plan_set for the others. */
	static const char *const words[] = { "product", "os",	 "build",     "name",
					     "serial",	"udid",	 "unplugged", "mode",
					     "count",	"setup", "faults",    NULL };

	unknown_word("key", key, words, problem);
	return -EINVAL;
}

static const char *const mode_texts[] = {
	[MODE_NORMAL] = "normal", [MODE_RECOVERY] = "recovery", [MODE_DFU] = "dfu"
};

const char *mode_text(enum phone_mode mode)
{
	return mode_texts[mode];
}

int mode_read(const char *text, enum phone_mode *ret_mode, char problem[PROBLEM_MAX])
{
	for (unsigned i = 0; i < sizeof(mode_texts) / sizeof(mode_texts[0]); i++) {
		if (strcmp(mode_texts[i], text) == 0) {
			*ret_mode = (enum phone_mode)i;
			return 0;
		}
	}
	snprintf(problem, PROBLEM_MAX, "mode: '%.40s' is not normal, recovery or dfu", text);
	return -EINVAL;
}

int plan_set(struct phone_plan *plan, const char *key, const char *value, char problem[PROBLEM_MAX])
{
	if (strcmp(key, "unplugged") == 0) {
		plan->unplugged = strcmp(value, "true") == 0;
		if (plan->unplugged || strcmp(value, "false") == 0)
			return 0;
		snprintf(problem, PROBLEM_MAX, "unplugged: '%.40s' is not true or false", value);
		return -EINVAL;
	}
	if (strcmp(key, "mode") == 0)
		return mode_read(value, &plan->mode, problem);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char **to = (char **)(void *)((char *)plan + texts[i].offset);

		if (strcmp(texts[i].key, key) != 0)
			continue;
		if (!texts[i].good(value)) {
			snprintf(problem, PROBLEM_MAX, "%s: '%.60s' is not %s", key, value,
				 texts[i].form);
			return -EINVAL;
		}
		free(*to);
		*to = strdup(value);
		return *to ? 0 : -ENOMEM;
	}
	return unknown_key(key, problem);
}

static const struct product *product_find(const char *product)
{
	/* What is not in the table is newer than it. */
	static const struct product newer = { NULL, 0x8140, "18.5", "22F76" };

	for (size_t i = 0; i < PRODUCTS; i++) {
		if (strcmp(products[i].product, product) == 0)
			return &products[i];
	}
	return &newer;
}

static void make_serial(struct dice *dice, char serial[13])
{
	/* Without the letters that people take for digits, as on the real ones. */
	static const char letters[] = "0123456789CDFGHJKLMNPQRTVWXY";

	for (int i = 0; i < 12; i++)
		serial[i] = letters[dice_throw(dice) % (sizeof(letters) - 1)];
	serial[12] = '\0';
}

/* The UDID of a newer device is its chip and its ECID; that of an older one a hash. */
static char *make_udid(unsigned chip, uint64_t ecid, struct dice *dice)
{
	char *udid = NULL;

	if (chip) {
		if (asprintf(&udid, "%08X-%016llX", chip, (unsigned long long)ecid) < 0)
			return NULL;
	} else if (asprintf(&udid, "%016llx%016llx%08llx", (unsigned long long)dice_throw(dice),
			    (unsigned long long)dice_throw(dice),
			    (unsigned long long)(dice_throw(dice) >> 32)) < 0) {
		return NULL;
	}
	return udid;
}

static char *make_name(const char *product, unsigned number)
{
	char *name = NULL;

	/* "iPad13,18" is an iPad. */
	if (asprintf(&name, "%.*s %u", (int)strcspn(product, "0123456789"), product, number) < 0)
		return NULL;
	return name;
}

static char *kept_or(char *kept, const char *made)
{
	return kept ? kept : strdup(made);
}

int plan_complete(struct phone_plan *plan, struct dice *dice, unsigned number)
{
	/* Dice of its own: what one device has said does not change the next ones. */
	struct dice own = { dice_throw(dice) };
	const struct product *product;
	char serial[13];

	/* Who gave a UDID of the newer form gave the ECID with it. */
	plan->ecid = dice_throw(&own) >> 11;
	if (plan->udid && plan->udid[8] == '-')
		plan->ecid = strtoull(plan->udid + 9, NULL, 16);
	make_serial(&own, serial);
	plan->product = kept_or(plan->product, products[(number - 1) % PRODUCTS].product);
	if (!plan->product)
		return -ENOMEM;
	product = product_find(plan->product);
	plan->serial = kept_or(plan->serial, serial);
	plan->os = kept_or(plan->os, product->os);
	plan->build = kept_or(plan->build, product->build);
	if (!plan->udid)
		plan->udid = make_udid(product->chip, plan->ecid, &own);
	if (!plan->name)
		plan->name = make_name(plan->product, number);
	return plan->serial && plan->os && plan->build && plan->udid && plan->name ? 0 : -ENOMEM;
}
