/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what goes wrong next: which rule acts, and how often. */
#include "tests/sim/rule.h"

#include <stddef.h>
#include <stdlib.h>

#include "tests/unit/tap.h"

static void test_match(void)
{
	struct rule *rules = NULL;
	const struct rule *rule;

	ok(!rules_match(NULL, RULE_BEFORE, "Pair"), "no rules, none acts");
	rules_add(&rules, RULE_BEFORE, "Pair", RULE_CLOSE, NULL, 2);
	rules_add(&rules, RULE_BEFORE, "Pair", RULE_SILENT, NULL, 1);
	rules_add(&rules, RULE_AFTER, "*", RULE_VANISH, NULL, 0);

	ok(!rules_match(rules, RULE_BEFORE, "GetValue"), "another request is left alone");
	ok(!rules_match(rules, RULE_BEFORE, "Pai"), "and so is the beginning of a name");
	for (int i = 0; i < 2; i++) {
		rule = rules_match(rules, RULE_BEFORE, "Pair");
		ok(rule && rule->action == RULE_CLOSE, "the first rule acts, time %d", i + 1);
	}
	rule = rules_match(rules, RULE_BEFORE, "Pair");
	ok(rule && rule->action == RULE_SILENT, "then the one behind it");
	ok(!rules_match(rules, RULE_BEFORE, "Pair"), "then none");
	for (int i = 0; i < 5; i++) {
		rule = rules_match(rules, RULE_AFTER, i % 2 ? "Pair" : "");
		ok(rule && rule->action == RULE_VANISH, "'*' without count acts for ever");
	}
	rules_free(rules);
}

static void test_answer(void)
{
	struct rule *rules = NULL;
	const struct rule *rule;
	char *text = NULL;

	rules_add(&rules, RULE_BEFORE, "Pair", RULE_ANSWER, plist_new_string("no"), 1);
	rule = rules_match(rules, RULE_BEFORE, "Pair");
	ok(rule && !rules_match(rules, RULE_BEFORE, "Pair"), "a rule is used up");
	plist_get_string_val(rule->answer, &text);
	is_string(text, "no", "its answer stays valid");
	free(text);
	rules_free(rules);
	rules_free(NULL);
}

int main(void)
{
	test_match();
	test_answer();
	return tap_done();
}
