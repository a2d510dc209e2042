/* SPDX-License-Identifier: Apache-2.0 */
/* A profile with variables, filled with values that would break out of their strings. */
#include "profiles/blueprint/profile_template.h"

#include <errno.h>
#include <string.h>

#include "profiles/cms/container.h"
#include "profiles/plist/xml_scan.h"
#include "tests/fuzz/entry.h"

/* What is filled in, and letters as many in its place: what comes of these is the template's own
 * doing. */
#define WORDS "serial,type,asset,name,room\n"
static const char forged[] =
	WORDS "C39,com.apple.mdm,<&>'{serial}</string><key>A,\"\"\"]]>\"\"<!--\",&lt;&#0;&x\n";
static const char plain[] =
	WORDS "C39,com.apple.mdm,abcdefghijklmnopqrstuvwxyzA,BCDEFGHIJ,KLMNOPQRST\n";

static struct assets *read_assets(const char *rows)
{
	struct problems problems = { 0 };
	struct assets *assets = NULL;

	must(assets_load(entry_file((const uint8_t *)rows, strlen(rows)), &problems, &assets) == 0);
	return assets;
}

static void scan(const unsigned char *bytes, size_t size, struct xml_scan *ret_scan)
{
	struct problems problems = { 0 };
	size_t mark = container_mark_length(bytes, size);

	must(xml_scan("fuzz", (const char *)bytes + mark, size - mark, &problems, ret_scan) == 0);
	must(problems.count == 0);
}

/* Every value stands where it stood, under the same key: none broke out of its string. */
static void check_shape(const struct profile *before, const struct profile *after)
{
	struct xml_scan one, other;

	scan(before->bytes, before->size, &one);
	scan(after->bytes, after->size, &other);
	must(one.count == other.count);
	for (size_t i = 0; i < one.count; i++) {
		const struct xml_value *a = &one.values[i], *b = &other.values[i];

		must(a->next == b->next && !a->key == !b->key && a->key_len == b->key_len);
		must(!a->key || memcmp(a->key, b->key, a->key_len) == 0);
	}
	free(one.values);
	free(other.values);
}

/* The BYTES are a profile again, with the name and the purpose of TEMPLATE. */
static void check_filled(const struct profile *template, const unsigned char *bytes, size_t size)
{
	struct problems problems = { 0 };
	struct profile *filled = NULL;

	must(profile_open_bytes("fuzz", bytes, size, &problems, &filled) == 0);
	must(filled->container == PROFILE_XML);
	must(strcmp(filled->identifier, template->identifier) == 0);
	must(strcmp(filled->uuid, template->uuid) == 0);
	must(filled->enrolls == template->enrolls);
	must(filled->payload_count == template->payload_count);
	check_shape(template, filled);
	profile_free(filled);
}

/* Fills TEMPLATE with ASSETS and looks at what came of it. Returns as profile_template_fill. */
static int fill(const struct profile *template, const struct assets *assets)
{
	const struct blueprint_facts facts = { .serial = "c39",
					       .udid = "00008110-001A2B3C4D5E6F70",
					       .product = "iPad11,6",
					       .ecid = "1",
					       .assets = assets };
	unsigned char *bytes = NULL;
	size_t size = 0;
	int r = profile_template_fill(template, &facts, &bytes, &size);

	must(r == 0 || r == -E2BIG || r == -EINVAL);
	if (r == 0)
		check_filled(template, bytes, size);
	free(bytes);
	return r;
}

/* A device's own words are not trusted that far. */
static void fill_lies(const struct profile *template, const struct assets *assets)
{
	const struct blueprint_facts lies = { .serial = "</string>",
					      .udid = "<!--",
					      .product = "&",
					      .ecid = "a>b",
					      .assets = assets };
	unsigned char *bytes;
	size_t size;
	int r = profile_template_fill(template, &lies, &bytes, &size);

	must(r == -EBADMSG || r == -ENOKEY);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct assets *odd, *even;
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	int r = profile_open_bytes("fuzz", bytes, size, &problems, &profile);

	if (!odd) {
		odd = read_assets(forged);
		even = read_assets(plain);
	}
	if (r == 0) {
		r = profile_template_check(profile, odd, &problems);
		must(r < 0 ? problems.errors > 0 : problems.errors == 0);
	}
	if (r == 0) {
		must(fill(profile, odd) == 0 || fill(profile, even) < 0);
		fill_lies(profile, odd);
	}
	profile_free(profile);
	problems_done(&problems);
	return 0;
}
