/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of names with variables: what is accepted, and what they become. */
#include "profiles/blueprint/name_template.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/clean.h"
#include "profiles/blueprint/blueprint.h"
#include "tests/unit/tap.h"

static const struct {
	const char *template, *wrong; /* NULL: nothing */
} checked[] = {
	{ "plain", NULL },
	{ "{serial}", NULL },
	{ "a{serial}b{udid}c{product}d{ecid}e", NULL },
	{ "{serial}{serial}", NULL },
	{ "{Serial}", "{Serial} is unknown; did you mean {serial}?" },
	{ "{serail}", "{serail} is unknown; did you mean {serial}?" },
	{ "{asset}", "{asset} is a column of an assets file; name one with \"assets: FILE.csv\"" },
	{ "{name}", "{name} is a column of an assets file; name one with \"assets: FILE.csv\"" },
	{ "{}",
	  "{} is unknown; known are {serial}, {udid}, {product}, {ecid}, and the columns of an assets file" },
	{ "{ serial }", "{ serial } is unknown; did you mean {serial}?" },
	{ "{", "has a brace without its other one; {…} stands for a device's own value" },
	{ "}", "has a brace without its other one; {…} stands for a device's own value" },
	{ "{serial", "has a brace without its other one; {…} stands for a device's own value" },
	{ "{{serial}}", "has a brace without its other one; {…} stands for a device's own value" },
	{ "{serial}}", "has a brace without its other one; {…} stands for a device's own value" },
};

static void check_forms(void)
{
	char wrong[CLEAN_MAX + 1], longer[CLEAN_MAX + 2];

	for (size_t i = 0; i < sizeof checked / sizeof checked[0]; i++) {
		int r = name_template_check(NULL, checked[i].template, wrong, sizeof wrong);

		if (!checked[i].wrong)
			is_number(r, 0, checked[i].template);
		else
			is_string(r == -EINVAL ? wrong : NULL, checked[i].wrong,
				  checked[i].template);
	}
	memset(longer, 'x', sizeof longer);
	longer[CLEAN_MAX] = '\0';
	is_number(name_template_check(NULL, longer, wrong, sizeof wrong), 0, "255 bytes are taken");
	memcpy(longer + CLEAN_MAX - 8, "{serial}", 8);
	is_number(name_template_check(NULL, longer, wrong, sizeof wrong), -EINVAL,
		  "247 bytes and a serial number are not");
	is_string(wrong, "can become 267 bytes long; a device's name has at most 255", "why not");
}

static const struct blueprint_facts facts = {
	.serial = "F9FZK0ABCD12",
	.udid = "00008020-001C2D8A3E62002E",
	.product = "iPad11,6",
	.ecid = NULL,
};

static const struct {
	const char *template;
	int want;
	const char *text;
} filled[] = {
	{ "plain", 0, "plain" },
	{ "LIB-{serial}", 0, "LIB-F9FZK0ABCD12" },
	{ "{product}/{serial}/{udid}!", 0, "iPad11,6/F9FZK0ABCD12/00008020-001C2D8A3E62002E!" },
	{ "{ecid}", -ENODATA, NULL },
	{ "{serial} {ecid}", -ENODATA, NULL },
};

static void check_filling(void)
{
	char *text, longer[CLEAN_MAX + 1];
	struct blueprint_facts odd = { .serial = "" };
	int r;

	for (size_t i = 0; i < sizeof filled / sizeof filled[0]; i++) {
		text = NULL;
		r = blueprint_fill(filled[i].template, &facts, &text);
		ok(r == filled[i].want, "filling %s gives %d", filled[i].template, r);
		is_string(text, filled[i].text, filled[i].template);
		free(text);
	}
	is_number(blueprint_fill("{serial}", &odd, &text), -ENODATA, "an empty fact is none");
	memset(longer, 'x', CLEAN_MAX);
	longer[CLEAN_MAX] = '\0';
	odd.serial = longer;
	is_number(blueprint_fill("{serial}", &odd, &text), 0, "a name as long as it may be");
	free(text);
	is_number(blueprint_fill("{serial}.", &odd, &text), -E2BIG, "a device's word too long");
}

int main(void)
{
	check_forms();
	check_filling();
	return tap_done();
}
