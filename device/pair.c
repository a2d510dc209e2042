/* SPDX-License-Identifier: Apache-2.0 */
/* The step pair: a private session with the device, trusted by it before or from now on. */
#include "device/pair.h"

#include <stdio.h>
#include <string.h>

#include "device/pair_record.h"
#include "device/patience.h"
#include "device/value.h"

/* How often the connection may break while the person decides: devices drop it the moment Trust is
 * tapped. */
#define DROPS_MAX     5
#define DROP_PAUSE_MS 500
/* The device trusts a saved record only; losing it costs the person another tap. */
#define SAVE_TRIES    3
#define SAVE_PAUSE_MS 200

struct pairing {
	struct link *link;
	int keys_fd;
	struct pair_record *offer; /* what the device is being asked to trust, through all polls */
	bool is_new;
	int drops;
};

static struct fault get_keys(struct pairing *pairing, struct host_keys *ret_keys)
{
	if (pairing->keys_fd >= 0) {
		if (host_keys_read(pairing->keys_fd, ret_keys) == 0) {
			say_note(pairing->link->talk, NOTE_KEYS, "pool");
			return fault_none();
		}
		fprintf(stderr, "muster-worker: the host keys given are unusable, making some\n");
	}
	if (host_keys_make(ret_keys) < 0)
		return fault_new(FAULT_HOST_TROUBLE, "could not make host keys");
	say_note(pairing->link->talk, NOTE_KEYS, "made");
	return fault_none();
}

/* Makes the record from what the device gives in clear. */
static struct fault make_record(struct pairing *pairing, const struct host_keys *keys)
{
	struct link *link = pairing->link;
	plist_t device_key = NULL, wifi = NULL;
	struct fault fault = link_get(link, NULL, "DevicePublicKey", &device_key);
	uint64_t len = 0;

	if (!fault_is_set(&fault) && !device_key)
		fault = fault_new(FAULT_ANSWER_MISSING, "no DevicePublicKey");
	if (!fault_is_set(&fault) && plist_get_node_type(device_key) != PLIST_DATA)
		fault = fault_new(FAULT_ANSWER_MALFORMED, "DevicePublicKey is no data");
	if (!fault_is_set(&fault)) {
		const char *pem = plist_get_data_ptr(device_key, &len);
		struct fault unknown = link_get(link, NULL, "WiFiAddress", &wifi);
		bool has_wifi = wifi && plist_get_node_type(wifi) == PLIST_STRING;

		if (fault_is_set(&unknown) && ask_breaks_connection(&unknown))
			fault = unknown;
		else
			fault = pair_record_make(keys, pem, len,
						 has_wifi ? plist_get_string_ptr(wifi, NULL) : NULL,
						 &pairing->offer);
	}
	plist_free(device_key);
	plist_free(wifi);
	return fault;
}

static struct fault make_offer(struct pairing *pairing)
{
	struct host_keys keys = { 0 };
	struct fault fault;

	link_end_session(pairing->link);
	fault = get_keys(pairing, &keys);
	if (!fault_is_set(&fault))
		fault = make_record(pairing, &keys);
	host_keys_free(&keys);
	return fault;
}

/* Pair, once. RET_BAG (the caller's) is the escrow bag. */
static struct fault ask_trust(struct pairing *pairing, plist_t *ret_bag)
{
	const struct pair_record *offer = pairing->offer;
	struct lockdownd_pair_record record = {
		.device_certificate = offer->certificates.device,
		.host_certificate = offer->certificates.host,
		.root_certificate = offer->certificates.root,
		.host_id = (char *)offer->host_id,
		.system_buid = offer->system_buid,
	};
	plist_t options, answer = NULL, bag;
	lockdownd_client_t lockdown;
	char reason[CLEAN_MAX + 1] = "Pair";
	lockdownd_error_t error;
	bool has_reason;
	struct fault fault = link_clear(pairing->link, &lockdown);

	if (fault_is_set(&fault))
		return fault;
	options = plist_new_dict();
	plist_dict_set_item(options, "ExtendedPairingErrors", plist_new_bool(1));
	ask_begin();
	error = lockdownd_pair_with_options(lockdown, &record, options, &answer);
	plist_free(options);
	has_reason = value_text(answer, "Error", reason);
	fault = ask_lockdown(error, reason);
	if (has_reason && fault.kind == FAULT_LINK_LOST)
		fault.kind =
			FAULT_PAIRING_REFUSED; /* for a reason that the library has no number for */
	bag = value_item(answer, "EscrowBag", PLIST_DATA);
	if (!fault_is_set(&fault) && !bag)
		fault = fault_new(FAULT_ANSWER_MISSING, "no escrow bag");
	if (!fault_is_set(&fault))
		*ret_bag = plist_copy(bag);
	plist_free(answer);
	return fault;
}

static struct fault save(struct pairing *pairing, plist_t bag)
{
	uint64_t len = 0;
	const char *bytes = plist_get_data_ptr(bag, &len);
	struct fault fault;

	for (int try = 1;; try++) {
		fault = pair_record_save(pairing->offer, bytes, len, &pairing->link->udid,
					 pairing->link->handle);
		if (!fault_is_set(&fault) || try == SAVE_TRIES)
			return fault;
		conversation_pause(pairing->link->talk, SAVE_PAUSE_MS);
	}
}

/* Asks for trust in the offer and, when it is given, has the record kept. */
static struct fault offer(struct pairing *pairing)
{
	plist_t bag = NULL;
	struct fault fault;

	for (;;) {
		fault = ask_trust(pairing, &bag);
		if (!ask_breaks_connection(&fault) || fault.kind == FAULT_ANSWER_LATE ||
		    ++pairing->drops > DROPS_MAX)
			break;
		link_drop(pairing->link);
		conversation_pause(pairing->link->talk, DROP_PAUSE_MS);
	}
	if (!fault_is_set(&fault))
		fault = save(pairing, bag);
	plist_free(bag);
	return fault;
}

/* The device does not know this record, or knows another under its name. */
static bool is_stale(const struct fault *fault)
{
	return fault->kind == FAULT_RECORD_UNUSABLE || fault->kind == FAULT_TLS_FAILED;
}

/* Uses the record that is kept, or ends with an offer made and RET_OFFERED set. */
static struct fault use_record(struct pairing *pairing, bool *ret_offered)
{
	struct link *link = pairing->link;
	enum pair_record_state state;
	struct fault fault = pair_record_look(&link->udid, &state);

	if (fault_is_set(&fault))
		return fault;
	fault = state == PAIR_RECORD_KEPT
			? link_begin_session(link)
			: fault_new(FAULT_RECORD_UNUSABLE, "usbmuxd keeps no pair record");
	if (!is_stale(&fault) || pairing->is_new)
		return fault;
	if (state != PAIR_RECORD_NONE) {
		fault = pair_record_delete(&link->udid);
		if (fault_is_set(&fault))
			return fault;
	}
	fault = make_offer(pairing);
	if (fault_is_set(&fault))
		return fault;
	/* Another program may have paired while the keys were made. */
	fault = pair_record_look(&link->udid, &state);
	if (!fault_is_set(&fault) && state == PAIR_RECORD_KEPT) {
		pair_record_free(pairing->offer);
		pairing->offer = NULL;
		return link_begin_session(link);
	}
	*ret_offered = !fault_is_set(&fault);
	return fault;
}

static struct fault attempt(void *subject)
{
	struct pairing *pairing = subject;
	bool offered = pairing->offer != NULL;
	struct fault fault = fault_none();

	if (!offered)
		fault = use_record(pairing, &offered);
	if (fault_is_set(&fault) || !offered)
		return fault;
	fault = offer(pairing);
	if (fault_is_set(&fault))
		return fault;
	pair_record_free(pairing->offer);
	pairing->offer = NULL;
	pairing->is_new = true;
	return link_begin_session(pairing->link);
}

struct fault pair_run(struct link *link, int keys_fd, bool *ret_new)
{
	struct pairing pairing = { .link = link, .keys_fd = keys_fd };
	struct fault fault = with_patience(link->talk, attempt, &pairing);

	pair_record_free(pairing.offer);
	*ret_new = pairing.is_new;
	return fault;
}
