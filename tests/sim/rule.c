/* SPDX-License-Identifier: Apache-2.0 */
/* What goes wrong next: the list of rules of one phone. */
#include "tests/sim/rule.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A rule used up keeps this in count, so that answers handed out stay valid. */
#define RULE_SPENT ((unsigned)-1)

static bool rule_fits(const struct rule *rule, enum rule_point point, const char *request)
{
	if (rule->count == RULE_SPENT || rule->point != point)
		return false;
	return strcmp(rule->request, "*") == 0 || strcmp(rule->request, request) == 0;
}

const struct rule *rules_match(struct rule *rules, enum rule_point point, const char *request)
{
	for (struct rule *rule = rules; rule; rule = rule->next) {
		if (!rule_fits(rule, point, request))
			continue;
		if (rule->count == 1)
			rule->count = RULE_SPENT;
		else if (rule->count > 1)
			rule->count--;
		return rule;
	}
	return NULL;
}

int rules_add(struct rule **rules, enum rule_point point, const char *request,
	      const struct rule_deed *deed, unsigned count)
{
	struct rule *rule = calloc(1, sizeof(*rule));
	char *name = strdup(request);

	if (!rule || !name) {
		free(rule);
		free(name);
		plist_free(deed->answer);
		return -ENOMEM;
	}
	*rule = (struct rule){ .point = point, .request = name, .deed = *deed, .count = count };
	while (*rules)
		rules = &(*rules)->next;
	*rules = rule;
	return 0;
}

void rules_free(struct rule *rules)
{
	while (rules) {
		struct rule *next = rules->next;

		free(rules->request);
		plist_free(rules->deed.answer);
		free(rules);
		rules = next;
	}
}
