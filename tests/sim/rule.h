/* SPDX-License-Identifier: Apache-2.0 */
/* What goes wrong next: a rule at a named point of a simulated device, good for a count of times.
 */
#ifndef TESTS_SIM_RULE_H
#define TESTS_SIM_RULE_H

#include <plist/plist.h>
#include <stdbool.h>

#include "tests/sim/spoil.h"

/* Where in the life of a request a rule looks. */
enum rule_point {
	RULE_BEFORE, /* the request has come whole; the service has not seen it */
	RULE_AFTER,  /* the service did what was asked; its answer has not left */
};

/* What a rule does there; one case each in channel.c. */
enum rule_action {
	RULE_ANSWER, /* the answer is `answer` instead; before: the service never sees the request
		      */
	RULE_CLOSE,  /* the connection is closed */
	RULE_VANISH, /* the device leaves the bus */
	RULE_REBOOT, /* it restarts */
	RULE_SILENT, /* no answer to this request */
	RULE_HANG,   /* nothing is heard on this connection any more */
	RULE_SPOIL,  /* after: the answers leave as `spoil` says */
};

struct rule_deed {
	enum rule_action action;
	plist_t answer;	  /* RULE_ANSWER */
	enum spoil spoil; /* RULE_SPOIL */
	int away;	  /* RULE_VANISH: back after so many milliseconds; -1: not by itself */
};

struct rule {
	struct rule *next; /* phone: rules */
	enum rule_point point;
	char *request;	       /* "Pair", "InstallProfile", …; "*" is any */
	struct rule_deed deed; /* its answer is the rule's */
	unsigned count;	       /* how often it still acts; 0 is for ever */
};

/* The first rule of RULES for REQUEST at POINT, which is used up by one; NULL when none. A rule
 * used up stays in the list, disarmed. Valid until rules_free. */
const struct rule *rules_match(struct rule *rules, enum rule_point point, const char *request);

/* Adds a rule, at the end. Takes DEED's answer (NULL is fine), also on failure. Returns 0 or
 * -ENOMEM. */
int rules_add(struct rule **rules, enum rule_point point, const char *request,
	      const struct rule_deed *deed, unsigned count);
void rules_free(struct rule *rules);

#endif
