/* SPDX-License-Identifier: Apache-2.0 */
/* Named faults: one row each, which either changes the phone's set-up or adds a rule. */
#include "tests/sim/faults.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/mcinstall.h"
#include "tests/sim/phone.h"

enum fault_argument {
	FAULT_PLAIN,
	FAULT_SECONDS,
	FAULT_SECONDS_IF_ANY,
};

struct fault_kind {
	const char *name;
	enum fault_argument argument;
	const char *summary;
	int (*set)(struct phone *phone, int ms);
};

/* MCInstallationErrorDomain: the profile has a payload that the device does not accept. */
#define REFUSAL_CODE 4023

static int set_trust_after(struct phone *phone, int ms)
{
	phone->setup.trust_after = ms;
	return 0;
}

static int set_trust_denied(struct phone *phone, int ms)
{
	phone->setup.trust_denied = true;
	phone->setup.trust_after = ms < 0 ? 0 : ms;
	return 0;
}

static int set_passcode_locked(struct phone *phone, int ms)
{
	phone->setup.unlock_after = ms;
	phone->locked = true;
	return 0;
}

static int set_profile_refused(struct phone *phone, int ms)
{
	plist_t answer = mcinstall_refusal(REFUSAL_CODE);

	(void)ms;
	if (!answer)
		return -ENOMEM;
	return rules_add(&phone->rules, RULE_BEFORE, "InstallProfile", RULE_ANSWER, answer, 0);
}

static int set_approve_after(struct phone *phone, int ms)
{
	phone->setup.approve_after = ms;
	return 0;
}

static const struct fault_kind kinds[] = {
	{ "trust-after", FAULT_SECONDS, "Trust is tapped so long after the dialog came up",
	  set_trust_after },
	{ "trust-denied", FAULT_SECONDS_IF_ANY, "Don't Trust is tapped", set_trust_denied },
	{ "passcode-locked", FAULT_SECONDS_IF_ANY,
	  "locked; unlocked so long after the first refusal, or never", set_passcode_locked },
	{ "profile-refused", FAULT_PLAIN, "every profile is refused with an error chain",
	  set_profile_refused },
	{ "approve-after", FAULT_SECONDS, "a staged profile is confirmed so long after",
	  set_approve_after },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static const char *argument_form(enum fault_argument argument)
{
	switch (argument) {
	case FAULT_PLAIN:
		return "";
	case FAULT_SECONDS:
		return "=SECONDS";
	case FAULT_SECONDS_IF_ANY:
		return "[=SECONDS]";
	}
	return NULL;
}

/* The kind that TEXT names up to its first '=', or NULL. */
static const struct fault_kind *kind_named(const char *text)
{
	size_t len = strcspn(text, "=");

	for (size_t i = 0; i < KINDS; i++) {
		if (strlen(kinds[i].name) == len && strncmp(kinds[i].name, text, len) == 0)
			return &kinds[i];
	}
	return NULL;
}

static int unknown_fault(const char *text, char problem[PROBLEM_MAX])
{
	const char *words[KINDS + 1] = { NULL };
	char name[64];

	for (size_t i = 0; i < KINDS; i++)
		words[i] = kinds[i].name;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(text, "="), text);
	unknown_word("fault", name, words, problem);
	return -EINVAL;
}

/* ARGUMENT is what stands behind the first '=', or NULL. */
static bool argument_read(const struct fault_kind *kind, const char *argument, int *ret_ms)
{
	switch (kind->argument) {
	case FAULT_PLAIN:
		return !argument;
	case FAULT_SECONDS:
		return argument && time_read(argument, ret_ms);
	case FAULT_SECONDS_IF_ANY:
		return !argument || time_read(argument, ret_ms);
	}
	return false;
}

/* SUFFIX is what the form has behind the argument, for the problem. */
static int order_read(const char *text, const char *suffix, struct fault_order *ret_order,
		      char problem[PROBLEM_MAX])
{
	const char *argument = strchr(text, '=');
	struct fault_order order = { .kind = kind_named(text), .ms = -1 };

	if (!order.kind)
		return unknown_fault(text, problem);
	if (!argument_read(order.kind, argument ? argument + 1 : NULL, &order.ms)) {
		snprintf(problem, PROBLEM_MAX, "fault '%s' is written %s%s%s", order.kind->name,
			 order.kind->name, argument_form(order.kind->argument), suffix);
		return -EINVAL;
	}
	*ret_order = order;
	return 0;
}

int fault_read(const char *text, struct fault_order *ret_order, char problem[PROBLEM_MAX])
{
	return order_read(text, "", ret_order, problem);
}

/* The number behind the last '=', or 0. */
static unsigned read_count(const char *text)
{
	const char *last = strrchr(text, '=');
	unsigned long count;
	char *end;

	if (!last || strspn(last + 1, "0123456789") == 0)
		return 0;
	count = strtoul(last + 1, &end, 10);
	return *end || count > 1000000 ? 0 : (unsigned)count;
}

int fault_read_counted(const char *text, struct fault_order *ret_order, unsigned *ret_count,
		       char problem[PROBLEM_MAX])
{
	unsigned count = read_count(text);
	char order[64];
	int r;

	if (!kind_named(text))
		return unknown_fault(text, problem);
	if (!count) {
		snprintf(problem, PROBLEM_MAX,
			 "fault '%.60s' lacks the number of devices: NAME[=ARG]=COUNT", text);
		return -EINVAL;
	}
	snprintf(order, sizeof(order), "%.*s", (int)(strrchr(text, '=') - text), text);
	r = order_read(order, "=COUNT", ret_order, problem);
	if (r == 0)
		*ret_count = count;
	return r;
}

int fault_set(const struct fault_order *order, struct phone *phone)
{
	int r = order->kind->set(phone, order->ms);

	if (r == 0)
		phone->faulty = true;
	return r;
}

void faults_describe(FILE *to)
{
	for (size_t i = 0; i < KINDS; i++) {
		char form[64];

		snprintf(form, sizeof(form), "%s%s", kinds[i].name,
			 argument_form(kinds[i].argument));
		fprintf(to, "  %-28s %s\n", form, kinds[i].summary);
	}
}
