/* SPDX-License-Identifier: Apache-2.0 */
/* sources.yaml: what is read, and what is said of what is wrong. */
#include "profiles/library/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "profiles/files/secret_file.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

#define HEAD "muster: 1\nsources:\n"
#define INTUNE                                                                           \
	"  - name: intune\n    kind: intune\n    tenant: example.org\n    client: c-1\n" \
	"    profile: Bench\n"
#define FLEET "  - name: fleet\n    kind: fleet\n    url: https://example.org/x\n"

static const char *const clouds[] = { "global", "china", NULL };

static void test_good(void)
{
	struct problems problems = { 0 };
	struct sources *sources = NULL;
	const struct source *source;

	scratch_write_text("s.yaml", HEAD INTUNE "    secret: a.secret\n    create: true\n"
						 "    cloud: china\n" FLEET
						 "    header: /abs\n    valid: 30 days\n");
	is_number(sources_load("s.yaml", clouds, &problems, &sources), 0, "two sources are read");
	is_number((long long)sources->count, 2, "both");
	source = sources_find(sources, "intune");
	ok(source && source->kind->graph, "one in Intune");
	is_string(source->credential, "a.secret", "its credential lies beside the file");
	is_number(source->sign_in, SOURCE_SECRET, "a secret");
	is_string(source->cloud, "china", "its cloud");
	ok(source->create, "it may be made");
	is_number(source_lasts(&source->validity, 5), 14 * EXPIRY_DAY, "two weeks by itself");
	source = sources_find(sources, "fleet");
	is_string(source->header, "/abs", "the other one's header file");
	is_number(source_lasts(&source->validity, 5), 30 * EXPIRY_DAY, "as its operator says");
	ok(!sources_find(sources, "other"), "no other");
	sources_free(sources);
	problems_done(&problems);
}

static void test_problems(void)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "muster: 2\nsources: []\n", "s.yaml:1:9: is version \"2\"" },
		{ "muster: 1\n", "lacks \"sources\"" },
		{ HEAD "  - kind: url\n", "s.yaml:3:5: lacks \"name\"" },
		{ HEAD "  - name: a\n    kind: intnue\n",
		  "s.yaml:4:11: \"intnue\" is no kind of source; did you mean \"intune\"?" },
		{ HEAD "  - name: a\n    kind: intune\n",
		  "lacks \"tenant\", which kind \"intune\"" },
		{ HEAD INTUNE "    url: https://a/\n", "s.yaml:8:10: \"url\" is not for kind" },
		{ HEAD FLEET "    tenant: a\n", "\"tenant\" is not for kind \"fleet\"" },
		{ HEAD INTUNE INTUNE, "s.yaml:8:11: is the name of another source above" },
		{ HEAD "  - name: ../up\n    kind: fleet\n    url: https://a/\n",
		  "is no name for a source" },
		{ HEAD "  - name: a\n    kind: fleet\n    url: http://a/\n",
		  "s.yaml:5:10: needs a URL that begins with https://" },
		{ HEAD "  - name: a\n    kind: jamf\n    url: https://a/\n",
		  "lacks \"valid\", which kind \"jamf\" needs" },
		{ HEAD "  - name: a\n    kind: micromdm\n",
		  "lacks \"url\", which kind \"micromdm\" needs: https://HOST/mdm/enroll" },
		{ HEAD FLEET "    valid: a fortnight\n", "needs \"14 days\"" },
		{ HEAD FLEET "    valid: until 2026-02-30\n", "needs \"14 days\"" },
		{ HEAD FLEET "    valid: until 2026-2-3\n", "needs \"14 days\"" },
		{ HEAD FLEET "    valid: until 2026-12-31Z\n", "needs \"14 days\"" },
		{ HEAD FLEET "    valid: until 2026-12-31 10:00\n", "needs \"14 days\"" },
		{ HEAD FLEET "    valid: 0 days\n", "needs \"14 days\"" },
		{ HEAD INTUNE "    cloud: chian\n", "did you mean \"china\"?" },
		{ HEAD INTUNE "    secret: a\n    certificate: b\n",
		  "is one way to sign in too many" },
		{ HEAD INTUNE "    tennant: a\n",
		  "\"tennant\" is unknown; did you mean \"tenant\"?" },
		{ HEAD INTUNE "    create: yes\n", "needs true or false" },
		{ HEAD "  - name: a\n    kind: intune\n    tenant: a/../b\n    client: c\n"
		       "    profile: d\n",
		  "needs the tenant's id or domain" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct problems problems = { 0 };
		struct sources *sources;
		char *text;

		scratch_write_text("s.yaml", cases[i].text);
		is_number(sources_load("s.yaml", clouds, &problems, &sources), -EINVAL,
			  cases[i].want);
		text = problems_text(&problems);
		if (!ok(strstr(text, cases[i].want), "says: %s", cases[i].want))
			printf("# %s", text);
		free(text);
	}
}

/* A day lasts to its end, whatever zone the station stands in. */
static void test_until(void)
{
	struct problems problems = { 0 };
	struct sources *sources = NULL;

	scratch_write_text("sources.yaml", HEAD FLEET "    valid: until 2026-12-31\n");
	setenv("TZ", "Pacific/Auckland", 1);
	is_number(sources_load("sources.yaml", clouds, &problems, &sources), 0, "a day is taken");
	if (sources)
		is_number(sources->list[0].validity.until, 1798761599, "to its last second");
	unsetenv("TZ");
	sources_free(sources);
	problems_done(&problems);
}

static void test_validity(void)
{
	const struct source_validity until = { .rule = SOURCE_UNTIL, .until = 1000 };
	const struct source_validity unlimited = { .rule = SOURCE_UNLIMITED };

	is_number(source_lasts(&until, 400), 600, "until a date");
	is_number(source_lasts(&until, 1500), 0, "a date that is past");
	ok(source_lasts(&unlimited, 1) == EXPIRY_NEVER, "without end");
}

static void test_secret(void)
{
	struct problems problems = { 0 };
	char *secret, *text;
	size_t size;

	scratch_write_text("secret", "abc\r\n\n");
	chmod("secret", 0600);
	is_number(secret_file_read("secret", &problems, &secret, &size), 0, "a secret is read");
	is_string(secret, "abc", "without the end of its line");
	secret_free(secret);
	chmod("secret", 0640);
	is_number(secret_file_read("secret", &problems, &secret, &size), -EINVAL,
		  "one that the group can read is not");
	text = problems_text(&problems);
	ok(strstr(text, "chmod 600"), "and what to do is said");
	free(text);
	scratch_write_text("secret", "\n");
	chmod("secret", 0600);
	is_number(secret_file_read("secret", &problems, &secret, &size), -EINVAL, "an empty one");
	scratch_write("secret", "a\0b", 3);
	is_number(secret_file_read("secret", &problems, &secret, &size), -EINVAL,
		  "one that is no text");
	is_number(secret_file_read("no-secret", &problems, &secret, &size), -EINVAL,
		  "one that is not there");
	is_number(secret_file_read(".", &problems, &secret, &size), -EINVAL, "a folder");
	is_number((long long)problems.count, 4, "each is a problem of its own");
	problems_done(&problems);
	secret_free(NULL);
}

int main(void)
{
	folder_enter();
	test_good();
	test_problems();
	test_until();
	test_validity();
	test_secret();
	folder_leave();
	return tap_done();
}
