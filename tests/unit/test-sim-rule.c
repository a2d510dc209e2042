/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what goes wrong next: which rule acts, and how often. */
#include "tests/sim/rule.h"

#include <stddef.h>
#include <stdlib.h>

#include "tests/unit/tap.h"

static void add(struct rule **rules, enum rule_point point, const char *request,
		enum rule_action action, unsigned count)
{
	rules_add(rules, point, request, &(struct rule_deed){ .action = action }, count);
}

static void test_match(void)
{
	struct rule *rules = NULL;
	const struct rule *rule;

	ok(!rules_match(NULL, RULE_BEFORE, "Pair"), "no rules, none acts");
	add(&rules, RULE_BEFORE, "Pair", RULE_CLOSE, 2);
	add(&rules, RULE_BEFORE, "Pair", RULE_SILENT, 1);
	add(&rules, RULE_AFTER, "*", RULE_VANISH, 0);

	ok(!rules_match(rules, RULE_BEFORE, "GetValue"), "another request is left alone");
	ok(!rules_match(rules, RULE_BEFORE, "Pai"), "and so is the beginning of a name");
	for (int i = 0; i < 2; i++) {
		rule = rules_match(rules, RULE_BEFORE, "Pair");
		ok(rule && rule->deed.action == RULE_CLOSE, "the first rule acts, time %d", i + 1);
	}
	rule = rules_match(rules, RULE_BEFORE, "Pair");
	ok(rule && rule->deed.action == RULE_SILENT, "then the one behind it");
	ok(!rules_match(rules, RULE_BEFORE, "Pair"), "then none");
	for (int i = 0; i < 5; i++) {
		rule = rules_match(rules, RULE_AFTER, i % 2 ? "Pair" : "");
		ok(rule && rule->deed.action == RULE_VANISH, "'*' without count acts for ever");
	}
	rules_free(rules);
}

static void test_answer(void)
{
	struct rule *rules = NULL;
	const struct rule *rule;
	char *text = NULL;

	rules_add(&rules, RULE_BEFORE, "Pair",
		  &(struct rule_deed){ .action = RULE_ANSWER, .answer = plist_new_string("no") },
		  1);
	rule = rules_match(rules, RULE_BEFORE, "Pair");
	ok(rule && !rules_match(rules, RULE_BEFORE, "Pair"), "a rule is used up");
	plist_get_string_val(rule->deed.answer, &text);
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
