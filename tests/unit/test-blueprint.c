/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of blueprints that are right: what is read from them, whom they fit; and of their bounds.
 */
#include "profiles/blueprint/blueprint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profiles/files/digest.h"
#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static const struct library_source no_library = { .folder = NULL };

/* Loads TEXT as the file "b", or says its problems in RET_TEXT. */
static struct blueprint *load(const char *text, char **ret_text)
{
	struct problems problems = { 0 };
	struct blueprint *blueprint = NULL;
	int r;

	scratch_write_text("b", text);
	r = blueprint_load_from("b", &no_library, &problems, &blueprint);
	*ret_text = problems_text(&problems);
	ok((r == 0) == (blueprint != NULL) && (r == 0 || r == -EINVAL), "loaded: %d", r);
	return blueprint;
}

static void check_problems(const char *text, const char *want, const char *what)
{
	char *got;
	struct blueprint *blueprint = load(text, &got);

	is_string(got, want, what);
	blueprint_free(blueprint);
	free(got);
}

static void write_profile(const char *file, const char *identifier)
{
	char text[2048];

	snprintf(text, sizeof text,
		 "<plist><dict><key>PayloadType</key><string>Configuration</string>"
		 "<key>PayloadVersion</key><integer>1</integer>"
		 "<key>PayloadIdentifier</key><string>%s</string>"
		 "<key>PayloadUUID</key><string>u</string>"
		 "<key>EncryptedPayloadContent</key><data>QUJD</data></dict></plist>",
		 identifier);
	scratch_write_text(file, text);
}

static const char whole[] = "muster: 1\n"
			    "name: Whole\n"
			    "for: { product: \"iPad*\", os: \">=16 <18\" }\n"
			    "steps:\n"
			    "  - install: one.mobileconfig\n"
			    "  - name: { to: \"LIB-{serial}\", operator-limit: 1h }\n"
			    "  - install: { file: two.mobileconfig, deadline: 8s, attempts: 1 }\n";

static void check_limits(const struct step_limits *got, const struct step_limits *want,
			 const char *what)
{
	ok(got->warn == want->warn && got->kill == want->kill &&
		   got->operator== want->operator&& got->attempts == want->attempts,
	   "%s: %lld %lld %lld %u", what, got->warn, got->kill, got->operator, got->attempts);
}

static void check_whole(void)
{
	static const char *const order[] = { "pair", "install.1", "name", "install.2", "verify" };
	struct step_limits limits;
	struct blueprint *blueprint;
	char *text, step[STEP_TEXT_MAX], sha256[65];

	write_profile("one.mobileconfig", "one");
	write_profile("two.mobileconfig", "two");
	blueprint = load(whole, &text);
	is_string(text, "", "a whole blueprint has no problem");
	free(text);
	if (!blueprint)
		return;
	is_string(blueprint->file, "b", "its file");
	is_string(blueprint->name, "Whole", "its name");
	is_string(blueprint->product, "iPad*", "its product");
	is_string(blueprint->os, ">=16 <18", "its system");
	digest_to_text((const unsigned char *)whole, strlen(whole), sha256);
	is_string(blueprint->sha256, sha256, "its digest");
	is_number((long long)blueprint->step_count, 5, "its steps");
	for (size_t i = 0; i < blueprint->step_count && i < 5; i++)
		is_string(step_to_text(blueprint->steps[i].id, step), order[i], order[i]);
	is_string(blueprint->steps[1].profile->identifier, "one", "the first profile");
	is_string(blueprint->steps[3].profile->identifier, "two", "the second profile");
	is_string(blueprint->steps[2].name, "LIB-{serial}", "the name");
	ok(blueprint->steps[3].line == 7 && blueprint->steps[3].column == 5, "a step's place");
	ok(blueprint->steps[0].line == 0 && blueprint->steps[4].line == 0, "pair has none");
	limits = step_default_limits(STEP_INSTALL);
	check_limits(&blueprint->steps[1].limits, &limits, "limits by default");
	limits = (struct step_limits){ 4000, 8000, limits.operator, 1 };
	check_limits(&blueprint->steps[3].limits, &limits, "limits of the file");
	limits = step_default_limits(STEP_NAME);
	limits.operator= 3600000;
	check_limits(&blueprint->steps[2].limits, &limits, "one limit of the file");
	blueprint_free(blueprint);
}

/* Pair and verify are no steps of the list, but have limits that can be set. */
static void check_ends(void)
{
	struct step_limits pair = step_default_limits(STEP_PAIR);
	struct step_limits verify = step_default_limits(STEP_VERIFY);
	char *text;
	struct blueprint *blueprint =
		load("muster: 1\nname: Ends\nsteps:\n  - name: x\n"
		     "verify: { attempts: 7 }\npair: { operator-limit: 3s }\n",
		     &text);

	is_string(text, "", "pair and verify with limits");
	free(text);
	if (!blueprint)
		return;
	pair.operator= 3000;
	verify.attempts = 7;
	check_limits(&blueprint->steps[0].limits, &pair, "limits of pair");
	check_limits(&blueprint->steps[2].limits, &verify, "limits of verify");
	blueprint_free(blueprint);
	check_problems("muster: 1\nname: x\nsteps: []\npair: 5s\nverify: { file: p }\n",
		       "b:4:7: needs the limits of pairing here, and has a text\n"
		       "b:5:11: \"file\" is unknown; known here: deadline, attempts, "
		       "operator-limit\n",
		       "pair and verify with something else");
}

static const struct {
	const char *product_pattern, *os_range, *product, *os;
	bool fits;
} fits[] = {
	{ "*", "", "iPad11,6", "17.5.1", true },
	{ "*", "", "", "", true },
	{ "iPad*", "", "iPad11,6", "9.3", true },
	{ "iPad*", "", "iPhone14,5", "17.0", false },
	{ "ipad*", "", "iPad11,6", "17.0", true },
	{ "iPad11,*", "", "iPad11,6", "17.0", true },
	{ "iPad11,6", "", "iPad11,6", "17.0", true },
	{ "iPad11,6", "", "iPad11,60", "17.0", false },
	{ "iP[ah]*", "", "iPhone1,1", "17.0", true },
	{ "iPad*", ">=16", "iPad11,6", "15.8", false },
	{ "iPad*", ">=16", "iPad11,6", "16.0", true },
	{ "iPad*", ">=16", "iPhone14,5", "16.0", false },
	{ "*", ">=16", "iPad11,6", "", false },
};

static void check_fits(void)
{
	for (size_t i = 0; i < sizeof fits / sizeof fits[0]; i++) {
		struct blueprint blueprint = { .product = (char *)fits[i].product_pattern,
					       .os = (char *)fits[i].os_range };

		ok(blueprint_fits(&blueprint, fits[i].product, fits[i].os) == fits[i].fits,
		   "%s %s %s for %s %s", fits[i].product, fits[i].os,
		   fits[i].fits ? "is" : "is not", fits[i].product_pattern, fits[i].os_range);
	}
}

/* A blueprint of COUNT steps. */
static char *make_steps(int count)
{
	char *text = malloc(1U << 16), *at = text, file[32];

	at += sprintf(at, "muster: 1\nname: Many\nsteps:\n");
	for (int i = 0; i < count; i++) {
		snprintf(file, sizeof file, "p%d", i);
		write_profile(file, file);
		at += sprintf(at, "  - install: %s\n", file);
	}
	return text;
}

static void check_most_steps(void)
{
	char *text = make_steps(STEPS_MAX - 2), *more = make_steps(STEPS_MAX), *got;
	struct blueprint *blueprint = load(text, &got);

	ok(blueprint && blueprint->step_count == STEPS_MAX, "as many steps as there may be");
	if (blueprint)
		is_number(blueprint->steps[STEPS_MAX - 1].id.kind, STEP_VERIFY, "verify is last");
	blueprint_free(blueprint);
	free(got);
	check_problems(more,
		       "b:34:5: is one step too many; 30 are taken\n"
		       "b:35:5: is one step too many; 30 are taken\n",
		       "two too many");
	free(text);
	free(more);
}

static void check_yaml_bombs(void)
{
	char *text = malloc(2U << 20), *at = text;

	memset(text, '[', 100000);
	text[100000] = '\0';
	check_problems(text, "b:1:17: is nested too deeply\n", "100,000 lists in each other");
	at = text + sprintf(text, "muster: 1\nname: x\nsteps:\n  - name: &a x\n  - [");
	for (int i = 0; i < 101; i++)
		at += sprintf(at, "*a,");
	sprintf(at, "]\n");
	check_problems(text, "b:5:306: has too many aliases\n", "101 aliases");
	at = text + sprintf(text, "steps: [");
	for (int i = 0; i < 10000; i++)
		at += sprintf(at, "a,");
	sprintf(at, "]\n");
	check_problems(text, "b:1:20003: has too many values\n", "10,001 values");
	memset(text, '#', (1U << 20) + 1);
	text[(1U << 20) + 1] = '\0';
	check_problems(text, "b: is too large: 1048577 bytes, and at most 1048576 are taken\n",
		       "more than a megabyte");
	check_problems("muster: 1\nname: x\nsteps: [*nobody]\n",
		       "b:3:9: is not YAML: found undefined alias\n", "an alias to nothing");
	check_problems("", "b: is empty\n", "no byte");
	free(text);
}

static void check_lengths(void)
{
	char text[600], longer[257];

	memset(longer, 'x', 256);
	longer[256] = '\0';
	snprintf(text, sizeof text, "muster: 1\nname: %s\nsteps: []\n", longer);
	check_problems(text, "b:2:7: is too long: at most 255 bytes are taken\n", "256 bytes");
	snprintf(text, sizeof text, "muster: 1\nname: %s\nsteps: []\n", longer + 1);
	check_problems(text, "", "255 bytes, and no step of its own");
}

static void check_folders(void)
{
	struct problems problems = { 0 };
	struct blueprint *blueprint = NULL;

	mkdir("d", 0700);
	scratch_write_text("d/b", "muster: 1\nname: x\nsteps:\n  - install: p\n");
	write_profile("d/p", "beside");
	is_number(blueprint_load_from("d/b", &no_library, &problems, &blueprint), 0,
		  "a profile beside its blueprint");
	is_string(blueprint ? blueprint->steps[1].profile->file : NULL, "d/p", "by its folder");
	blueprint_free(blueprint);
	problems_done(&problems);
	unlink("d/b");
	unlink("d/p");
	rmdir("d");
}

int main(void)
{
	folder_enter();
	check_whole();
	check_ends();
	check_fits();
	check_most_steps();
	check_yaml_bombs();
	check_lengths();
	check_folders();
	blueprint_free(NULL);
	folder_leave();
	return tap_done();
}
