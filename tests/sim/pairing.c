/* SPDX-License-Identifier: Apache-2.0 */
/* Which hosts a simulated device trusts: Pair, ValidatePair, Unpair. */
#include "tests/sim/pairing.h"

#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/certificate.h"
#include "tests/sim/decode.h"
#include "tests/sim/person.h"
#include "tests/sim/phone.h"

/* Longest HostID and SystemBUID: both are UUIDs of 36 characters, some clients' are odd. */
#define HOST_ID_MAX 128

void pairings_free(struct pairing *pairing)
{
	while (pairing) {
		struct pairing *next = pairing->next;

		free(pairing->host_id);
		free(pairing->system_buid);
		plist_free(pairing->root_certificate);
		plist_free(pairing->host_certificate);
		free(pairing);
		pairing = next;
	}
}

static bool is_host_id(const char *text)
{
	return text && text[0] != '\0' && strlen(text) <= HOST_ID_MAX;
}

static plist_t record_of(plist_t request)
{
	plist_t record = plist_dict_get_item(request, "PairRecord");

	return record && plist_get_node_type(record) == PLIST_DICT ? record : NULL;
}

/* The host of the request's PairRecord, if the record is whole and made for this device. */
static const char *read_host(const struct phone *phone, plist_t request,
			     struct pairing **ret_pairing)
{
	plist_t record = record_of(request);
	const char *host_id = dict_text(record, "HostID");
	const char *buid = dict_text(record, "SystemBUID");
	plist_t root, host;
	struct pairing *pairing;

	if (!record)
		return "MissingPairRecord";
	if (!host_id)
		return "MissingHostID";
	root = plist_dict_get_item(record, "RootCertificate");
	host = plist_dict_get_item(record, "HostCertificate");
	if (!is_host_id(host_id) || !is_host_id(buid) ||
	    !identity_fits_record(phone->identity, root, host,
				  plist_dict_get_item(record, "DeviceCertificate")))
		return "InvalidPairRecord";
	pairing = calloc(1, sizeof(*pairing));
	if (!pairing)
		return "SavePairRecordFailed";
	pairing->host_id = strdup(host_id);
	pairing->system_buid = strdup(buid);
	pairing->root_certificate = plist_copy(root);
	pairing->host_certificate = plist_copy(host);
	if (!pairing->host_id || !pairing->system_buid ||
	    RAND_bytes(pairing->escrow_bag, sizeof(pairing->escrow_bag)) != 1) {
		pairings_free(pairing);
		return "SavePairRecordFailed";
	}
	*ret_pairing = pairing;
	return NULL;
}

static bool same_keys(const struct pairing *a, const struct pairing *b)
{
	return strcmp(a->host_id, b->host_id) == 0 &&
	       plist_compare_node_value(a->root_certificate, b->root_certificate) &&
	       plist_compare_node_value(a->host_certificate, b->host_certificate);
}

static struct pairing **find_host(struct phone *phone, const char *host_id)
{
	struct pairing **place = &phone->pairings;

	while (*place && strcmp((*place)->host_id, host_id) != 0)
		place = &(*place)->next;
	return place;
}

/* Trusts the host from now on, in place of an older one of its id. */
static void trust(struct phone *phone, struct pairing *pairing)
{
	struct pairing **place = find_host(phone, pairing->host_id);
	struct pairing *old = *place;

	pairing->next = old ? old->next : NULL;
	*place = pairing;
	if (old) {
		old->next = NULL;
		pairings_free(old);
	}
}

/* Brings up a dialog for HOST unless the one of the same keys is there or answered. */
static void ask_person(struct phone *phone, sd_event *event, const struct pairing *host)
{
	if (phone->asking && same_keys(phone->asking, host))
		return;
	pairings_free(phone->asking);
	phone->asking = calloc(1, sizeof(*phone->asking));
	if (!phone->asking)
		return;
	phone->asking->host_id = strdup(host->host_id);
	phone->asking->root_certificate = plist_copy(host->root_certificate);
	phone->asking->host_certificate = plist_copy(host->host_certificate);
	if (phone->asking->host_id) {
		person_sees_dialog(phone, event);
	} else {
		pairings_free(phone->asking);
		phone->asking = NULL;
	}
}

static bool pairing_is_forbidden(const struct phone *phone)
{
	plist_t allow;

	if (!phone->setup.supervised || !phone->cloud_configuration)
		return false;
	allow = plist_dict_get_item(phone->cloud_configuration, "AllowPairing");
	return allow && !dict_true(phone->cloud_configuration, "AllowPairing");
}

/* Why HOST is not trusted yet; NULL when it is to be. */
static const char *judge(struct phone *phone, sd_event *event, const struct pairing *host)
{
	const struct pairing *known = pairing_by_host(phone, host->host_id);

	if (known && same_keys(known, host))
		return NULL;
	if (phone->locked) {
		person_sees_lock(phone, event);
		return "PasswordProtected";
	}
	if (pairing_is_forbidden(phone))
		return "MCProtected";
	if (!phone->setup.setup_done)
		return NULL;
	if (phone->trust_refused)
		return "UserDeniedPairing";
	ask_person(phone, event, host);
	if (phone->trust_refused)
		return "UserDeniedPairing";
	return phone->trust_tapped ? NULL : "PairingDialogResponsePending";
}

const char *pairing_pair(struct phone *phone, sd_event *event, plist_t request, plist_t *ret_bag)
{
	struct pairing *host;
	const char *error = read_host(phone, request, &host);

	if (error)
		return error;
	error = judge(phone, event, host);
	if (error) {
		pairings_free(host);
		return error;
	}
	trust(phone, host);
	pairings_free(phone->asking);
	phone->asking = NULL;
	phone->trust_tapped = false;
	*ret_bag = plist_new_data((const char *)host->escrow_bag, sizeof(host->escrow_bag));
	return NULL;
}

/* The trusted host that REQUEST's PairRecord names, with the same certificates if it has any. */
static const char *find_record(const struct phone *phone, plist_t request,
			       const struct pairing **ret_pairing)
{
	plist_t record = record_of(request);
	const char *host_id = dict_text(record, "HostID");
	const struct pairing *known;
	plist_t root;

	if (!record)
		return "MissingPairRecord";
	if (!host_id)
		return "MissingHostID";
	known = pairing_by_host(phone, host_id);
	root = plist_dict_get_item(record, "RootCertificate");
	if (!known || (root && !plist_compare_node_value(root, known->root_certificate)))
		return "InvalidHostID";
	*ret_pairing = known;
	return NULL;
}

const char *pairing_validate(const struct phone *phone, plist_t request)
{
	const struct pairing *known;

	return find_record(phone, request, &known);
}

const char *pairing_unpair(struct phone *phone, plist_t request)
{
	const struct pairing *known;
	const char *error = find_record(phone, request, &known);
	struct pairing **place, *gone;

	if (error)
		return error;
	place = find_host(phone, known->host_id);
	gone = *place;
	*place = gone->next;
	gone->next = NULL;
	pairings_free(gone);
	return NULL;
}

const struct pairing *pairing_by_host(const struct phone *phone, const char *host_id)
{
	for (const struct pairing *pairing = phone->pairings; pairing; pairing = pairing->next) {
		if (strcmp(pairing->host_id, host_id) == 0)
			return pairing;
	}
	return NULL;
}

bool pairing_has_certificate(const struct pairing *pairing, const unsigned char *der, size_t len)
{
	return certificate_is(pairing->root_certificate, der, len) ||
	       certificate_is(pairing->host_certificate, der, len);
}

const struct pairing *pairing_by_certificate(const struct phone *phone, const unsigned char *der,
					     size_t len)
{
	if (!der)
		return NULL;
	for (const struct pairing *pairing = phone->pairings; pairing; pairing = pairing->next) {
		if (pairing_has_certificate(pairing, der, len))
			return pairing;
	}
	return NULL;
}
