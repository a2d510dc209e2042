/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what people type to muster-sim: times, set-up, device texts. */
#include "tests/sim/words.h"

#include <errno.h>
#include <string.h>

#include "tests/sim/phone.h"
#include "tests/sim/plan.h"
#include "tests/sim/setup.h"
#include "tests/unit/tap.h"

static const struct {
	const char *text;
	int want; /* -2: refused */
} times[] = {
	{ "0", 0 },	  { "5", 5000 },
	{ "0.5", 500 },	  { "5s", 5000 },
	{ "250ms", 250 }, { "2m", 120000 },
	{ "1.5s", 1500 }, { "604800", 604800000 },
	{ "604801", -2 }, { "99999999999999", -2 },
	{ "", -2 },	  { "-1", -2 },
	{ "+1", -2 },	  { " 1", -2 },
	{ "1 s", -2 },	  { "1h", -2 },
	{ "0x10", -2 },	  { "inf", -2 },
	{ "never", -2 },  { "1e3", 1000000 },
	{ ".", -2 },	  { "1.2.3", -2 },
};

static void test_times(void)
{
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		int ms = -2;

		time_read(times[i].text, &ms);
		tap_check_number(ms, times[i].want, __FILE__, __LINE__, times[i].text);
	}
}

static const struct {
	const char *word;
	const char *want;
} near[] = {
	{ "apple", "apple" }, { "aple", "apple" },
	{ "appel", "apple" }, { "pear", "pear" },
	{ "peer", "pear" },   { "cherry", NULL },
	{ "", NULL },	      { "a word that is longer than any word that we look for", NULL },
};

static void test_nearest(void)
{
	static const char *const words[] = { "apple", "pear", NULL };

	for (size_t i = 0; i < sizeof(near) / sizeof(near[0]); i++)
		is_string(nearest_word(near[i].word, words), near[i].want, near[i].word);
}

static void test_setup(void)
{
	struct phone_setup setup;
	char problem[PROBLEM_MAX];

	setup_default(&setup);
	ok(setup.setup_done && setup.activated && setup.service_tls && !setup.supervised,
	   "by default a device is set up, activated, modern, and not supervised");
	ok(!setup.trust_after && !setup.unlock_after && !setup.approve_after,
	   "not locked, and its person agrees at once");
	is_number(setup_set(&setup, "trust-after", "1.5s", problem), 0, "a time is taken");
	is_number(setup.trust_after, 1500, "in milliseconds");
	is_number(setup_set(&setup, "unlock-after", "never", problem), 0, "so is never");
	is_number(setup.unlock_after, -1, "as -1");
	is_number(setup_set(&setup, "supervised", "true", problem), 0, "and true");
	ok(setup.supervised, "as true");
	is_number(setup_set(&setup, "reboot-time", "never", problem), -EINVAL,
		  "a restart has an end");
	is_string(problem, "reboot-time: 'never' is not a time such as 500ms or 5s", "and says so");
	is_number(setup_set(&setup, "supervised", "yes", problem), -EINVAL, "yes is not true");
	is_string(problem, "supervised: 'yes' is not true or false", "and says so");
	is_number(setup_set(&setup, "trust-afer", "1", problem), -EINVAL, "no unknown key");
	is_string(problem, "unknown setup key 'trust-afer'; did you mean 'trust-after'?",
		  "but a hint");
	is_number(setup.trust_after, 1500, "what was refused changes nothing");
}

static const struct {
	const char *key;
	const char *value;
	bool good;
} texts[] = {
	{ "udid", "00008101-0014D8E311C0AA22", true },
	{ "udid", "ddbecadf59730fdec814c883e141ac0c6178777b", true },
	{ "udid", "000081010014D8E311C0AA22", false },
	{ "udid", "00008101-0014D8E311C0AA2G", false },
	{ "udid", "../00008101-0014D8E311C0", false },
	{ "udid", "", false },
	{ "serial", "F2LABCDEFGHI", true },
	{ "serial", "f2labcdefghi", false },
	{ "serial", "F2L", false },
	{ "serial", "F2LABCDEFGHIJKL", false },
	{ "os", "18.5", true },
	{ "os", "eighteen", false },
	{ "os", "", false },
	{ "name", "R\303\244umchen 1", true },
	{ "name", "", false },
	{ "name", "a\033[31m", false },
	{ "unplugged", "true", true },
	{ "unplugged", "maybe", false },
	{ "nmae", "x", false },
};

static void test_plan_texts(void)
{
	struct phone_setup setup;
	struct phone_plan plan;
	char problem[PROBLEM_MAX] = "";

	setup_default(&setup);
	plan_init(&plan, &setup);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		ok((plan_set(&plan, texts[i].key, texts[i].value, problem) == 0) == texts[i].good,
		   "%s '%s' is %s", texts[i].key, texts[i].value, texts[i].good ? "good" : "bad");
	is_string(problem, "unknown key 'nmae'; did you mean 'name'?", "an unknown key has a hint");
	plan_done(&plan);
}

static void test_plan_complete(void)
{
	struct phone_setup setup;
	struct dice one = { 1 }, same = { 1 };
	bool forms[2] = { false, false };
	struct phone_plan a, b;

	setup_default(&setup);
	for (unsigned i = 1; i <= 8; i++) {
		plan_init(&a, &setup);
		plan_init(&b, &setup);
		b.udid = strdup("00008101-0014D8E311C0AA22");
		plan_complete(&a, &one, i);
		plan_complete(&b, &same, i);
		is_string(a.serial, b.serial, "the same seed gives the same serial");
		is_number((long long)b.ecid, 0x14D8E311C0AA22, "the ECID follows a given UDID");
		forms[strlen(a.udid) == 40] = true;
		plan_done(&a);
		plan_done(&b);
	}
	ok(forms[0] && forms[1], "UDIDs of both forms are there");
}

int main(void)
{
	test_times();
	test_nearest();
	test_setup();
	test_plan_texts();
	test_plan_complete();
	return tap_done();
}
