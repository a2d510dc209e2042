/* SPDX-License-Identifier: Apache-2.0 */
/* A Mac's report as Enroll.command writes it, read as a stranger's word. */
#include "station/faces/handover/mac_report_json.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "profiles/values/address.h"

/* The number of the form; a later one may have other keys. */
#define FORM 1
/* Keys of a report, the form's number included. */
#define KEYS 11

/* Reads KEY of REPORT, cleaned; false when it is no text. */
static bool take(const json_t *report, const char *key, char out[static CLEAN_MAX + 1])
{
	const json_t *value = json_object_get(report, key);

	if (!json_is_string(value))
		return false;
	clean_text(json_string_value(value), json_string_length(value), out);
	return true;
}

/* Reads the profiles' identifiers; false when they are no array of texts, or too many. */
static bool take_profiles(const json_t *report, struct mac_report *out)
{
	const json_t *list = json_object_get(report, "profiles"), *value;
	size_t i;

	if (!json_is_array(list) || json_array_size(list) > MAC_REPORT_PROFILES)
		return false;
	json_array_foreach (list, i, value) {
		if (!json_is_string(value))
			return false;
		clean_text(json_string_value(value), json_string_length(value), out->profiles[i]);
	}
	out->profile_count = (unsigned)json_array_size(list);
	return true;
}

/* Reads the digest of the profile that lay on the stick. */
static bool take_digest(const json_t *report, struct mac_report *out)
{
	char digest[CLEAN_MAX + 1];

	if (!take(report, "profile_sha256", digest) || strlen(digest) != HANDOVER_DIGEST - 1 ||
	    strspn(digest, "0123456789abcdef") != HANDOVER_DIGEST - 1)
		return false;
	memcpy(out->profile_sha256, digest, HANDOVER_DIGEST);
	return true;
}

/* Reads the members of REPORT. Returns NULL, or what is wrong. */
static const char *take_all(const json_t *report, struct mac_report *out)
{
	char serial[CLEAN_MAX + 1], mdm[CLEAN_MAX + 1], server[CLEAN_MAX + 1], text[CLEAN_MAX + 1];

	if (!json_is_object(report))
		return "is no report of Enroll.command";
	if (json_integer_value(json_object_get(report, "muster-handover")) != FORM)
		return "is no report of this muster's Enroll.command";
	if (json_object_size(report) != KEYS || !take(report, "product", out->product) ||
	    !take(report, "os", out->os) || !take(report, "build", out->build) ||
	    !take(report, "serial", serial) || !take(report, "mdm", mdm) ||
	    !take(report, "server", server) || !take(report, "dep", text) ||
	    !take(report, "time", text) || !take_profiles(report, out))
		return "lacks a part of a report, or has more than one has";
	if (!take_digest(report, out))
		return "does not name its profile's digest";
	/* An S in front would be a barcode's; a Mac reads none. */
	if (mac_serial_read(serial, &out->serial) != MAC_SERIAL_FINE || out->serial.barcode)
		return "names no serial number of a Mac";
	out->enrolled = mac_enrolled_from_text(mdm);
	address_host(server, out->host);
	return NULL;
}

int mac_report_from_json(const char *text, size_t size, struct mac_report *ret_report,
			 const char **ret_why)
{
	struct mac_report report = { 0 };
	json_t *json = NULL;
	const char *why = "is larger than any report";

	if (size <= MAC_REPORT_MAX) {
		json = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
		why = json ? take_all(json, &report) : "is not JSON: it was cut short or changed";
	}
	json_decref(json);
	if (why) {
		*ret_why = why;
		return -EINVAL;
	}
	*ret_report = report;
	return 0;
}
