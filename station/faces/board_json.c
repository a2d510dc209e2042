/* SPDX-License-Identifier: Apache-2.0 */
/* The board as JSON: what the control socket answers, and "muster devices --json" prints. */
#include "station/faces/board_json.h"

#include "station/faces/fault_json.h"
#include "station/faces/json_text.h"
#include "station/faces/result_json.h"

json_t *board_slot_to_json(const struct board_slot *slot)
{
	static const enum note_key keys[] = { NOTE_SERIAL, NOTE_ECID,  NOTE_PRODUCT,
					      NOTE_OS,	   NOTE_BUILD, NOTE_NAME };
	json_t *json =
		json_pack("{s:s, s:o, s:o, s:s, s:o, s:o, s:o, s:s}", "slot", slot->name, "port",
			  text_to_json(slot->port), "mode",
			  slot->mode ? json_string(slot->mode) : json_null(), "state",
			  slot_state_to_text(slot->state), "udid", text_to_json(slot->udid.text),
			  "blueprint", text_to_json(slot->blueprint), "job",
			  slot->job ? json_integer(slot->job) : json_null(), "sentence",
			  board_slot_sentence(slot));

	for (size_t i = 0; json && i < sizeof keys / sizeof keys[0]; i++) {
		if (json_object_set_new(json, note_key_to_text(keys[i]),
					text_to_json(slot->note[keys[i]])) < 0) {
			json_decref(json);
			return NULL;
		}
	}
	return json;
}

/* The rest, which only a board says: how far the job is. */
static json_t *progress_to_json(const struct board_slot *slot, msec_t now)
{
	bool waits = slot->state == SLOT_WAITING;
	bool under_way = slot->has_step && slot->state != SLOT_ENDED;

	return json_pack("{s:o, s:o, s:o, s:o, s:{s:i, s:i}, s:o, s:b, s:o, s:b, s:o}", "step",
			 step_to_json(slot->has_step, slot->step), "what", text_to_json(slot->what),
			 "step_seconds",
			 under_way ? json_from_msec(now - slot->step_since) : json_null(),
			 "state_seconds", json_from_msec(now - slot->since), "steps", "ended",
			 (int)slot->steps_ended, "total", (int)slot->steps_total, "wait",
			 waits ? json_string(talk_wait_to_text(slot->why)) : json_null(), "slow",
			 (int)slot->slow, "outcome", text_to_json(outcome_to_text(slot->outcome)),
			 "held", (int)slot->held, "fault", fault_to_json(&slot->fault));
}

static json_t *device_to_json(const struct board_slot *slot, msec_t now)
{
	json_t *device = board_slot_to_json(slot);
	json_t *progress = progress_to_json(slot, now);

	if (!device || !progress || json_object_update(device, progress) < 0) {
		json_decref(device);
		device = NULL;
	}
	json_decref(progress);
	return device;
}

static json_t *devices_to_json(const struct board *board)
{
	json_t *devices = json_array();

	for (unsigned i = 0; devices && i < board->slot_count; i++) {
		const struct board_slot *slot = &board->slots[i];

		if (slot->state == SLOT_EMPTY)
			continue;
		if (json_array_append_new(devices, device_to_json(slot, board->now)) < 0) {
			json_decref(devices);
			return NULL;
		}
	}
	return devices;
}

static json_t *totals_to_json(const struct board *board)
{
	return json_pack("{s:i, s:i, s:i, s:i}", outcome_to_text(OUTCOME_PASSED),
			 (int)board->passed, outcome_to_text(OUTCOME_FAILED), (int)board->failed,
			 outcome_to_text(OUTCOME_SET_ASIDE), (int)board->set_aside,
			 outcome_to_text(OUTCOME_REMOVED), (int)board->removed);
}

static json_t *profile_to_json(const struct shelf_profile *profile)
{
	char ends[WALL_TEXT_MAX];

	return json_pack("{s:s, s:s, s:s, s:o, s:b}", "name", profile->name, "sha256",
			 profile->sha256, "life", expiry_state_to_text(profile->state), "expires",
			 profile->ends == EXPIRY_NEVER
				 ? json_null()
				 : text_to_json(wall_to_text(profile->ends * 1000, ends)),
			 "allowed", (int)profile->allowed);
}

static json_t *profiles_to_json(const struct board *board)
{
	json_t *profiles = json_array();

	for (unsigned i = 0; profiles && i < board->profile_count; i++) {
		if (json_array_append_new(profiles, profile_to_json(&board->profiles[i])) < 0) {
			json_decref(profiles);
			return NULL;
		}
	}
	return profiles;
}

static json_t *station_to_json(const struct board *board)
{
	return json_pack("{s:{s:b, s:o, s:i, s:o}, s:o, s:o, s:o, s:o, s:o, s:o}", "usbmuxd", "up",
			 (int)board->usbmuxd_up, "why", text_to_json(board->usbmuxd_why),
			 "restarts", (int)board->usbmuxd_restarts, "notice",
			 text_to_json(board->usbmuxd_notice), "batch", text_to_json(board->batch),
			 "trouble", text_to_json(board->trouble), "notice",
			 text_to_json(board->notice), "profiles", profiles_to_json(board), "expect",
			 board->expect ? json_integer(board->expect) : json_null(), "totals",
			 totals_to_json(board));
}

json_t *board_to_json(const struct board *board)
{
	return json_pack("{s:s, s:o, s:o}", "schema", JSON_SCHEMA, "station",
			 station_to_json(board), "devices", devices_to_json(board));
}

char *board_to_json_text(const struct board *board)
{
	return json_to_line(board_to_json(board));
}

char *board_station_to_json_line(const struct board *board)
{
	return json_to_line(
		json_pack("{s:s, s:o}", "event", "board", "station", station_to_json(board)));
}

char *board_slot_to_json_line(const struct board_slot *slot, msec_t now)
{
	json_t *line = json_pack("{s:s}", "event", "slot");
	json_t *device = device_to_json(slot, now);

	if (!line || !device || json_object_update(line, device) < 0) {
		json_decref(line);
		line = NULL;
	}
	json_decref(device);
	return json_to_line(line);
}
