/* SPDX-License-Identifier: Apache-2.0 */
/* What the control socket tells of a bench and its devices. */
#include "tests/sim/list.h"

#include <stdlib.h>

#include "tests/sim/bench.h"
#include "tests/sim/decode.h"
#include "tests/sim/phone.h"
#include "tests/sim/profiles.h"

static const char *phone_text(const struct phone *phone, const char *key)
{
	return dict_text(plist_dict_get_item(phone->values, ""), key);
}

/* The installed profiles, as their list shows them to a host. */
static json_t *profiles_shown(const struct phone *phone)
{
	json_t *profiles = json_array();
	plist_t list = plist_new_dict();
	plist_dict_iter iter = NULL;
	plist_t metadata;
	plist_t profile;
	char *identifier;

	profile_store_list(phone->profiles, list);
	metadata = plist_dict_get_item(list, "ProfileMetadata");
	plist_dict_new_iter(metadata, &iter);
	for (;;) {
		plist_dict_next_item(metadata, iter, &identifier, &profile);
		if (!profile)
			break;
		json_array_append_new(profiles,
				      json_pack("{s:s, s:s?}", "identifier", identifier, "uuid",
						dict_text(profile, "PayloadUUID")));
		free(identifier);
	}
	free(iter);
	plist_free(list);
	return profiles;
}

static json_t *faults_shown(const struct phone *phone)
{
	json_t *faults = json_array();

	for (uint32_t i = 0; i < plist_array_get_size(phone->faults); i++) {
		plist_t fault = plist_array_get_item(phone->faults, i);

		json_array_append_new(faults, json_string(plist_get_string_ptr(fault, NULL)));
	}
	return faults;
}

/* From the last attach to the first Connect, or null where there was none yet. */
static json_t *first_byte_shown(const struct phone *phone)
{
	if (!phone->first_connect_us)
		return json_null();
	return json_integer((json_int_t)(phone->first_connect_us - phone->attached_us));
}

static json_t *phone_shown(const struct phone *phone)
{
	unsigned pairings = 0;

	for (const struct pairing *pairing = phone->pairings; pairing; pairing = pairing->next)
		pairings++;
	return json_pack("{s:s, s:s, s:s?, s:s?, s:b, s:I, s:b, s:i, s:i, s:i, s:o, s:s?, s:o, s:i,"
			 " s:o, s:i, s:s, s:b, s:b}",
			 "udid", phone->udid, "serial", phone->serial, "name",
			 phone_text(phone, "DeviceName"), "product",
			 phone_text(phone, "ProductType"), "attached", phone->handle != 0, "handle",
			 (json_int_t)phone->handle, "locked", phone->locked, "pairings",
			 (int)pairings, "trust_dialogs", (int)phone->trust_dialogs, "installs",
			 (int)phone->installs, "profiles", profiles_shown(phone), "staged",
			 profile_store_staged(phone->profiles), "faults", faults_shown(phone),
			 "connects", (int)phone->connects, "first_byte_us", first_byte_shown(phone),
			 "port", (int)phone->port, "mode", mode_text(phone->mode), "on_bus",
			 phone->on_bus, "imported", phone->cable != NULL);
}

void bench_list(const struct bench *bench, json_t *reply)
{
	json_t *devices = json_array();

	for (const struct phone *phone = bench->phones; phone; phone = phone->next)
		json_array_append_new(devices, phone_shown(phone));
	json_object_set_new(reply, "devices", devices);
	json_object_set_new(reply, "refused", json_integer(bench->refused));
}
