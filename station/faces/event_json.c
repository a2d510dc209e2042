/* SPDX-License-Identifier: Apache-2.0 */
/* An event as a line of JSON: what "muster run --view json" prints, and the plain view reads. */
#include "station/faces/event_json.h"

#include "station/faces/board_json.h"
#include "station/faces/fault_json.h"
#include "station/faces/json_text.h"
#include "station/faces/result_json.h"

static json_t *step_members(const struct event *event)
{
	bool begun = event->step_outcome == STEP_BEGUN;
	bool good = step_outcome_is_good(event->step_outcome);

	return json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o}", "step",
			 step_to_json(true, event->step), "what", text_to_json(event->what),
			 "outcome", step_outcome_to_text(event->step_outcome), "verified",
			 good ? json_boolean(event->verified) : json_null(), "seconds",
			 begun ? json_null() : json_from_msec(event->took), "detail",
			 text_to_json(event->text), "fault",
			 event->fault ? fault_to_json(event->fault) : json_null());
}

static json_t *wait_members(const struct event *event)
{
	return json_pack("{s:o, s:s, s:b}", "step",
			 step_to_json(event->slot->has_step, event->slot->step), "wait",
			 talk_wait_to_text(event->slot->why), "waiting", (int)event->waiting);
}

static json_t *retry_members(const struct event *event)
{
	const struct fault *fault = &event->slot->fault;

	return json_pack("{s:o, s:o, s:o}", "step", step_to_json(fault->has_step, fault->step),
			 "seconds", json_from_msec(event->took), "fault", fault_to_json(fault));
}

static json_t *outcome_members(const struct event *event)
{
	return json_pack("{s:s, s:o, s:b, s:o}", "outcome", outcome_to_text(event->slot->outcome),
			 "seconds", json_from_msec(event->took), "held", (int)event->slot->held,
			 "fault", fault_to_json(&event->slot->fault));
}

/* What only events of this kind say. */
static json_t *kind_members(const struct event *event)
{
	switch (event->kind) {
	case EVENT_STEP:
		return step_members(event);
	case EVENT_WAIT:
		return wait_members(event);
	case EVENT_RETRY:
		return retry_members(event);
	case EVENT_OUTCOME:
		return outcome_members(event);
	case EVENT_STATION:
		return json_pack("{s:o}", "text", text_to_json(event->text));
	case EVENT_ATTACHED:
	case EVENT_IDENTIFIED:
	case EVENT_DETACHED:
		return json_object();
	}
	return NULL;
}

/* Adds the members of MORE, whose reference it takes. Returns 0, or -1 without memory. */
static int add_members(json_t *json, json_t *more)
{
	int r = more ? json_object_update(json, more) : -1;

	json_decref(more);
	return r;
}

char *event_to_json_line(const struct event *event)
{
	char time[WALL_TEXT_MAX];
	json_t *json = json_pack("{s:s, s:s}", "time", wall_to_text(event->time, time), "event",
				 event_kind_to_text(event->kind));

	if (!json || (event->slot && add_members(json, board_slot_to_json(event->slot)) < 0) ||
	    add_members(json, kind_members(event)) < 0) {
		json_decref(json);
		return NULL;
	}
	return json_to_line(json);
}
