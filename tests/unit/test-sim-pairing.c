/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a simulated device trusts: dialogs, taps, locks, and the certificates of a pair record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-event.h>

#include "tests/sim/certificate.h"
#include "tests/sim/pairing.h"
#include "tests/sim/person.h"
#include "tests/sim/phone.h"
#include "tests/unit/sim-keys.h"
#include "tests/unit/tap.h"

/* A limit for waits that end by an event; longer than any timer here. */
#define LIMIT_USEC 10000000

#define PENDING "PairingDialogResponsePending"

static struct phone *make_phone(struct identity_pool *pool)
{
	struct phone *phone = calloc(1, sizeof(*phone));

	phone->identity = identity_pool_get(pool, 0);
	phone->setup.setup_done = true;
	phone->setup.trust_after = -1;
	return phone;
}

static void drop_phone(struct phone *phone)
{
	person_sees_unplug(phone);
	pairings_free(phone->pairings);
	plist_free(phone->cloud_configuration);
	free(phone);
}

/* Takes RECORD. */
static plist_t new_request(plist_t record)
{
	plist_t request = plist_new_dict();

	if (record)
		plist_dict_set_item(request, "PairRecord", record);
	return request;
}

/* The error of a Pair; "bag" when there is an escrow bag of 32 bytes. Takes RECORD. */
static const char *pair_record(struct phone *phone, sd_event *event, plist_t record)
{
	plist_t request = new_request(record);
	plist_t bag = NULL;
	uint64_t len = 0;
	const char *error = pairing_pair(phone, event, request, &bag);

	if (!error) {
		plist_get_data_ptr(bag, &len);
		error = len == 32 ? "bag" : "odd bag";
	}
	plist_free(bag);
	plist_free(request);
	return error;
}

static const char *pair(struct phone *phone, sd_event *event, const struct host *host)
{
	return pair_record(phone, event, host_record(host));
}

static const char *with(const struct host *host,
			const char *(*call)(struct phone *phone, plist_t request),
			struct phone *phone)
{
	plist_t request = new_request(host_record(host));
	const char *error = call(phone, request);

	plist_free(request);
	return error;
}

static const char *validate(struct phone *phone, plist_t request)
{
	return pairing_validate(phone, request);
}

/* Runs the loop until the person has acted. */
static void run_person(sd_event *event, struct phone *phone)
{
	while (phone->person && sd_event_run(event, LIMIT_USEC) > 0)
		;
}

static void test_dialog(struct identity_pool *pool, sd_event *event, const struct host *one,
			const struct host *two)
{
	struct phone *phone = make_phone(pool);

	is_string(pair(phone, event, one), PENDING, "the first Pair raises a dialog");
	is_string(pair(phone, event, one), PENDING, "the same keys again");
	is_number(phone->trust_dialogs, 1, "raise no other");
	is_string(pair(phone, event, two), PENDING, "other keys");
	is_number(phone->trust_dialogs, 2, "do");
	phone->setup.trust_after = 5;
	is_string(pair(phone, event, one), PENDING, "and so do the first ones then");
	is_number(phone->trust_dialogs, 3, "a third one");
	run_person(event, phone);
	ok(phone->trust_tapped && !phone->trust_asked, "Trust is tapped");
	phone->setup.trust_after = -1;
	is_string(pair(phone, event, two), PENDING, "that was not for the others' keys");
	phone->setup.trust_after = 0;
	is_string(pair(phone, event, one), "bag", "a quick person");
	ok(pairing_by_host(phone, one->id) && !pairing_by_host(phone, two->id), "one is trusted");
	phone->setup.trust_after = -1;
	is_string(pair(phone, event, one), "bag", "who is trusted is not asked about");
	drop_phone(phone);
}

static void test_tap_is_kept(struct identity_pool *pool, sd_event *event, const struct host *one)
{
	struct phone *phone = make_phone(pool);

	phone->setup.trust_after = 5;
	pair(phone, event, one);
	run_person(event, phone);
	is_string(pair(phone, event, one), "bag", "the next Pair after the tap succeeds");
	is_number(phone->trust_dialogs, 1, "with one dialog");
	drop_phone(phone);
}

static void test_denial(struct identity_pool *pool, sd_event *event, const struct host *one,
			const struct host *two)
{
	struct phone *phone = make_phone(pool);

	phone->setup.trust_denied = true;
	phone->setup.trust_after = 5;
	is_string(pair(phone, event, one), PENDING, "first the question");
	run_person(event, phone);
	is_string(pair(phone, event, one), "UserDeniedPairing", "then no");
	is_string(pair(phone, event, two), "UserDeniedPairing", "no to all");
	is_number(phone->trust_dialogs, 1, "without asking again");
	person_sees_unplug(phone);
	is_string(pair(phone, event, one), PENDING, "asked again after a new plug");
	phone->setup.trust_after = 0;
	person_sees_unplug(phone);
	is_string(pair(phone, event, one), "UserDeniedPairing", "a quick no");
	drop_phone(phone);
}

static void test_lock(struct identity_pool *pool, sd_event *event, const struct host *one)
{
	struct phone *phone = make_phone(pool);

	phone->locked = true;
	phone->setup.unlock_after = 5;
	phone->setup.trust_after = 0;
	is_string(pair(phone, event, one), "PasswordProtected", "locked");
	run_person(event, phone);
	is_string(pair(phone, event, one), "bag", "unlocked after the first refusal");
	phone->locked = true;
	phone->setup.unlock_after = -1;
	person_sees_lock(phone, event);
	ok(!phone->person && phone->locked, "nobody comes to unlock");
	drop_phone(phone);
}

static void test_setup_assistant(struct identity_pool *pool, sd_event *event,
				 const struct host *one)
{
	struct phone *phone = make_phone(pool);

	phone->setup.setup_done = false;
	is_string(pair(phone, event, one), "bag", "Setup Assistant asks nobody");
	is_number(phone->trust_dialogs, 0, "no dialog");
	drop_phone(phone);
	phone = make_phone(pool);
	phone->setup.supervised = true;
	phone->cloud_configuration = plist_new_dict();
	plist_dict_set_item(phone->cloud_configuration, "AllowPairing", plist_new_bool(0));
	is_string(pair(phone, event, one), "MCProtected", "its organisation forbids pairing");
	drop_phone(phone);
}

/* A record with KEY replaced by NODE; NULL leaves it out. */
static plist_t altered(const struct host *host, const char *key, plist_t node)
{
	plist_t record = host_record(host);

	plist_dict_remove_item(record, key);
	if (node)
		plist_dict_set_item(record, key, node);
	return record;
}

static void test_records(struct identity_pool *pool, sd_event *event, const struct host *one,
			 const struct host *two)
{
	struct phone *phone = make_phone(pool);
	X509 *other = make_certificate(one->key, one->key);
	char huge[CERTIFICATE_MAX + 2];

	memset(huge, 'A', sizeof(huge));
	phone->setup.setup_done = false;
	is_string(pair_record(phone, event, NULL), "MissingPairRecord", "no record");
	is_string(pair_record(phone, event, plist_new_string("x")), "MissingPairRecord",
		  "a record that is a string");
	is_string(pair_record(phone, event, altered(one, "HostID", NULL)), "MissingHostID",
		  "no HostID");
	is_string(pair_record(phone, event, altered(one, "HostID", plist_new_string(""))),
		  "InvalidPairRecord", "an empty HostID");
	is_string(pair_record(phone, event, altered(one, "SystemBUID", NULL)), "InvalidPairRecord",
		  "no SystemBUID");
	is_string(pair_record(phone, event, altered(one, "RootCertificate", NULL)),
		  "InvalidPairRecord", "no root");
	is_string(
		pair_record(phone, event, altered(one, "HostCertificate", plist_new_data("x", 1))),
		"InvalidPairRecord", "a host certificate that is none");
	is_string(pair_record(phone, event,
			      altered(one, "HostCertificate", plist_new_data(huge, sizeof(huge)))),
		  "InvalidPairRecord", "a huge one");
	is_string(pair_record(phone, event, altered(one, "HostCertificate", plist_new_uint(1))),
		  "InvalidPairRecord", "a number for one");
	is_string(pair_record(phone, event, altered(one, "DeviceCertificate", new_pem_node(other))),
		  "InvalidPairRecord", "a device certificate for another key");
	is_string(pair_record(phone, event,
			      altered(one, "DeviceCertificate", new_pem_node(two->device))),
		  "InvalidPairRecord", "one that another root signed");
	ok(!phone->pairings, "nobody is trusted by all that");
	X509_free(other);
	drop_phone(phone);
}

static void test_certificates(struct identity_pool *pool, sd_event *event, const struct host *one,
			      const struct host *two)
{
	struct phone *phone = make_phone(pool);
	unsigned char *root = NULL, *host = NULL, *other = NULL;
	size_t root_len = (size_t)i2d_X509(one->root, &root);
	size_t host_len = (size_t)i2d_X509(one->host, &host);
	size_t other_len = (size_t)i2d_X509(two->root, &other);

	phone->setup.setup_done = false;
	pair(phone, event, one);
	ok(pairing_by_certificate(phone, root, root_len) != NULL, "known by its root certificate");
	ok(pairing_by_certificate(phone, host, host_len) != NULL, "known by its host certificate");
	ok(!pairing_by_certificate(phone, other, other_len), "another's is not known");
	ok(!pairing_by_certificate(phone, host, host_len - 1), "nor a part of it");
	ok(!pairing_by_certificate(phone, NULL, 0), "nor none");
	OPENSSL_free(root);
	OPENSSL_free(host);
	OPENSSL_free(other);
	drop_phone(phone);
}

static void test_unpair(struct identity_pool *pool, sd_event *event, const struct host *one,
			const struct host *two)
{
	struct phone *phone = make_phone(pool);
	plist_t empty = new_request(NULL);

	phone->setup.setup_done = false;
	pair(phone, event, one);
	pair(phone, event, two);
	is_string(with(one, validate, phone), NULL, "a trusted host is valid");
	is_string(pairing_validate(phone, empty), "MissingPairRecord", "nobody is not");
	is_string(with(one, pairing_unpair, phone), NULL, "unpaired");
	is_string(with(one, validate, phone), "InvalidHostID", "not valid any more");
	is_string(with(one, pairing_unpair, phone), "InvalidHostID", "nor to be unpaired again");
	is_string(with(two, validate, phone), NULL, "the other one stays");
	pair(phone, event, two);
	ok(phone->pairings && !phone->pairings->next, "a host that pairs again replaces itself");
	plist_free(empty);
	drop_phone(phone);
}

int main(void)
{
	struct identity_pool *pool = identity_pool_new();
	plist_t key = identity_public_key(identity_pool_get(pool, 0));
	struct host one = host_new("11111111-AAAA-4000-8000-000000000001", key);
	struct host two = host_new("22222222-AAAA-4000-8000-000000000002", key);
	sd_event *event = NULL;

	if (sd_event_new(&event) < 0)
		return 1;
	test_dialog(pool, event, &one, &two);
	test_tap_is_kept(pool, event, &one);
	test_denial(pool, event, &one, &two);
	test_lock(pool, event, &one);
	test_setup_assistant(pool, event, &one);
	test_records(pool, event, &one, &two);
	test_certificates(pool, event, &one, &two);
	test_unpair(pool, event, &one, &two);
	ok(identity_pool_get(pool, 0) == identity_pool_get(pool, IDENTITY_POOL_SIZE),
	   "phones share keys");
	host_done(&one);
	host_done(&two);
	plist_free(key);
	sd_event_unref(event);
	identity_pool_free(pool);
	return tap_done();
}
