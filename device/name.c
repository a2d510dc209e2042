/* SPDX-License-Identifier: Apache-2.0 */
/* The step name: what the device is called. */
#include "device/name.h"

#include <string.h>

#include "device/patience.h"

#define KEY "DeviceName"

struct naming {
	struct job *job;
	const char *name;
	bool was_so;
	bool sent;
};

struct fault name_check(struct link *link, const char *name)
{
	plist_t value = NULL;
	struct fault fault = link_get(link, NULL, KEY, &value);
	const char *text;

	if (fault_is_set(&fault))
		return fault;
	if (!value)
		return fault_new(FAULT_ANSWER_MISSING, "no " KEY);
	text = plist_get_node_type(value) == PLIST_STRING ? plist_get_string_ptr(value, NULL)
							  : NULL;
	if (!text)
		fault = fault_new(FAULT_ANSWER_MALFORMED, KEY " is no text");
	else if (strcmp(text, name) != 0)
		fault = fault_new(FAULT_NAME_DIFFERS, "it is called \"%s\"", text);
	plist_free(value);
	return fault;
}

static struct fault attempt(void *subject)
{
	struct naming *naming = subject;
	struct fault fault = name_check(&naming->job->link, naming->name);

	/* A device may have none until it is given one. */
	if (fault.kind != FAULT_NAME_DIFFERS && fault.kind != FAULT_ANSWER_MISSING) {
		naming->was_so = !naming->sent;
		return fault;
	}
	fault = link_set(&naming->job->link, KEY, naming->name);
	if (fault_is_set(&fault))
		return fault;
	naming->sent = true;
	return name_check(&naming->job->link, naming->name);
}

struct fault name_run(struct job *job, const char *name, bool *ret_was_so)
{
	struct naming naming = { .job = job, .name = name };
	struct fault fault = with_patience(job->talk, attempt, &naming);

	if (!fault_is_set(&fault))
		say_note(job->talk, NOTE_NAME, name);
	*ret_was_so = naming.was_so;
	return fault;
}
