/* SPDX-License-Identifier: Apache-2.0 */
/* What happened: the names of the kinds of events. */
#include "station/rules/event.h"

static const char *const kinds[EVENT_KINDS] = {
	[EVENT_ATTACHED] = "attached", [EVENT_IDENTIFIED] = "identified",
	[EVENT_STEP] = "step",	       [EVENT_WAIT] = "wait",
	[EVENT_RETRY] = "retry",       [EVENT_OUTCOME] = "outcome",
	[EVENT_DETACHED] = "detached", [EVENT_STATION] = "station",
};

const char *event_kind_to_text(enum event_kind kind)
{
	return kinds[kind];
}
