/* SPDX-License-Identifier: Apache-2.0 */
/* Named faults as people write them: NAME, NAME=ARG, NAME=ARG=COUNT. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/channel.h"
#include "tests/sim/fault_kind.h"

/* More rows than the table has. */
#define KINDS_MAX 64

/* MCInstallationErrorDomain: the profile has a payload that the device does not accept. */
#define REFUSAL_CODE  4023
#define REFUSAL_DEPTH 2

#define TIMES_MAX 1000000
#define CODE_MIN  1000
#define CODE_MAX  99999
#define DEPTH_MAX 10

static const char *argument_form(enum fault_form form)
{
	switch (form) {
	case FAULT_PLAIN:
		return "";
	case FAULT_TIME:
		return "=SECONDS";
	case FAULT_TIME_IF_ANY:
		return "[=SECONDS]";
	case FAULT_TIMES_IF_ANY:
		return "[=TIMES]";
	case FAULT_REQUEST:
		return "=REQUEST[:TIMES]";
	case FAULT_REQUEST_IF_ANY:
		return "[=REQUEST[:TIMES]]";
	case FAULT_REQUEST_AND_TIME:
		return "=REQUEST[:SECONDS]";
	case FAULT_CODE_IF_ANY:
		return "[=CODE[:DEPTH]]";
	case FAULT_SESSION_OR_SERVICES:
		return "[=session|services]";
	}
	return NULL;
}

/* The kind that TEXT names up to its first '=', or NULL. */
static const struct fault_kind *kind_named(const char *text)
{
	size_t len = strcspn(text, "=");

	for (const struct fault_kind *kind = fault_kinds; kind->name; kind++) {
		if (strlen(kind->name) == len && strncmp(kind->name, text, len) == 0)
			return kind;
	}
	return NULL;
}

static int unknown_fault(const char *text, char problem[PROBLEM_MAX])
{
	const char *words[KINDS_MAX + 1] = { NULL };
	char name[FAULT_TEXT_MAX];

	for (size_t i = 0; i < KINDS_MAX && fault_kinds[i].name; i++)
		words[i] = fault_kinds[i].name;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(text, "="), text);
	unknown_word("fault", name, words, problem);
	return -EINVAL;
}

static bool number_read(const char *text, unsigned min, unsigned max, unsigned *ret_number)
{
	unsigned long number;
	char *end;

	if (strspn(text, "0123456789") == 0 || strlen(text) > 9)
		return false;
	number = strtoul(text, &end, 10);
	if (*end || number < min || number > max)
		return false;
	*ret_number = (unsigned)number;
	return true;
}

static bool where_read(const char *text, bool *ret_of_services)
{
	*ret_of_services = strcmp(text, "services") == 0;
	return *ret_of_services || strcmp(text, "session") == 0;
}

/* WORD is the argument up to its first ':', MORE what stands behind that, or NULL. PROBLEM is
 * written to only where it says more than the form does. */
static bool argument_read(struct fault_order *order, const char *word, const char *more,
			  char problem[PROBLEM_MAX])
{
	switch (order->kind->form) {
	case FAULT_PLAIN:
		return false;
	case FAULT_TIME:
	case FAULT_TIME_IF_ANY:
		return !more && time_read(word, &order->ms);
	case FAULT_TIMES_IF_ANY:
		return !more && number_read(word, 1, TIMES_MAX, &order->times);
	case FAULT_REQUEST:
	case FAULT_REQUEST_IF_ANY:
		order->request = service_request(word, problem);
		return order->request && (!more || number_read(more, 1, TIMES_MAX, &order->times));
	case FAULT_REQUEST_AND_TIME:
		order->request = service_request(word, problem);
		return order->request && (!more || time_read(more, &order->ms));
	case FAULT_CODE_IF_ANY:
		return number_read(word, CODE_MIN, CODE_MAX, &order->code) &&
		       (!more || number_read(more, 1, DEPTH_MAX, &order->depth));
	case FAULT_SESSION_OR_SERVICES:
		return !more && where_read(word, &order->of_services);
	}
	return false;
}

/* The form stands without an argument. */
static bool argument_optional(enum fault_form form)
{
	return argument_form(form)[0] != '=';
}

/* ARGUMENT is what stands behind the first '=', or NULL. */
static bool arguments_read(struct fault_order *order, const char *argument,
			   char problem[PROBLEM_MAX])
{
	char word[FAULT_TEXT_MAX];
	size_t length;

	if (!argument)
		return argument_optional(order->kind->form);
	length = strcspn(argument, ":");
	snprintf(word, sizeof(word), "%.*s", (int)length, argument);
	return argument_read(order, word, argument[length] ? argument + length + 1 : NULL, problem);
}

/* SUFFIX is what the form has behind the argument, for the problem. */
static int order_read(const char *text, const char *suffix, struct fault_order *ret_order,
		      char problem[PROBLEM_MAX])
{
	const struct fault_kind *kind = kind_named(text);
	const char *argument = strchr(text, '=');
	struct fault_order order = { .kind = kind, .code = REFUSAL_CODE, .depth = REFUSAL_DEPTH };

	if (!kind)
		return unknown_fault(text, problem);
	order.ms = kind->ms;
	order.request = kind->request;
	order.times = kind->times;
	problem[0] = '\0';
	if (strlen(text) >= FAULT_TEXT_MAX ||
	    !arguments_read(&order, argument ? argument + 1 : NULL, problem)) {
		if (!problem[0])
			snprintf(problem, PROBLEM_MAX, "fault '%s' is written %s%s%s", kind->name,
				 kind->name, argument_form(kind->form), suffix);
		return -EINVAL;
	}
	snprintf(order.text, sizeof(order.text), "%s", text);
	*ret_order = order;
	return 0;
}

int fault_read(const char *text, struct fault_order *ret_order, char problem[PROBLEM_MAX])
{
	return order_read(text, "", ret_order, problem);
}

int fault_read_of(bool of_bench, const char *text, struct fault_order *ret_order,
		  char problem[PROBLEM_MAX])
{
	struct fault_order order;
	int r = fault_read(text, &order, problem);

	if (r < 0)
		return r;
	if (fault_of_bench(&order) != of_bench) {
		snprintf(problem, PROBLEM_MAX,
			 of_bench ? "fault '%s' is a device's, not the bench's"
				  : "fault '%s' is the bench's, not a device's",
			 order.kind->name);
		return -EINVAL;
	}
	*ret_order = order;
	return 0;
}

/* The number behind the last '=', or 0. */
static unsigned read_count(const char *text)
{
	const char *last = strrchr(text, '=');
	unsigned count = 0;

	return last && number_read(last + 1, 1, TIMES_MAX, &count) ? count : 0;
}

int fault_read_counted(const char *text, struct fault_order *ret_order, unsigned *ret_count,
		       char problem[PROBLEM_MAX])
{
	const struct fault_kind *kind = kind_named(text);
	unsigned count = read_count(text);
	char order[FAULT_TEXT_MAX];
	int r;

	if (!kind)
		return unknown_fault(text, problem);
	if (!kind->set) {
		r = order_read(text, "", ret_order, problem);
		if (r == 0)
			*ret_count = 1;
		return r;
	}
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

void faults_describe(FILE *to)
{
	for (const struct fault_kind *kind = fault_kinds; kind->name; kind++) {
		char form[FAULT_TEXT_MAX];

		snprintf(form, sizeof(form), "%s%s", kind->name, argument_form(kind->form));
		fprintf(to, "  %-35s %s\n", form, kind->summary);
	}
}
