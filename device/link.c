/* SPDX-License-Identifier: Apache-2.0 */
/* The connection to one device: lockdown in clear or in a session, and the services it starts. */
#include "device/link.h"

#include <stdio.h>
#include <string.h>

#include "device/pair_record.h"

/* How the worker calls itself in every request. */
#define LABEL "muster"
/* Tries to connect, and the wait before the second; each later one is twice as long: 3 s in all. */
#define CONNECT_TRIES	 5
#define CONNECT_PAUSE_MS 200
/* Tries to begin a session, and the wait between them. */
#define SESSION_TRIES	 3
#define SESSION_PAUSE_MS 300

void link_drop(struct link *link)
{
	if (link->lockdown)
		lockdownd_client_free(link->lockdown);
	link->lockdown = NULL;
}

static struct fault find_device(struct link *link)
{
	idevice_error_t error;

	if (link->device)
		return fault_none();
	ask_begin();
	error = idevice_new_with_options(&link->device, link->udid.text, IDEVICE_LOOKUP_USBMUX);
	return ask_device(error, "finding the device in usbmuxd");
}

/* Connects in clear, once. */
static struct fault connect_once(struct link *link)
{
	struct fault fault = find_device(link);

	if (fault_is_set(&fault))
		return fault;
	ask_begin();
	fault = ask_lockdown(lockdownd_client_new(link->device, &link->lockdown, LABEL),
			     "connecting to lockdown");
	if (fault.kind == FAULT_LINK_LOST)
		fault.kind = FAULT_LINK_REFUSED;
	return fault;
}

static struct fault connect_clear(struct link *link)
{
	int pause = CONNECT_PAUSE_MS;
	struct fault fault;

	for (int try = 1;; try++) {
		fault = connect_once(link);
		if (!fault_is_set(&fault) || try == CONNECT_TRIES)
			return fault;
		conversation_pause(link->talk, pause);
		pause *= 2;
	}
}

/* One try at a session. The library's call connects, asks for the version, reads the record, begins
 * the session and, if the device wants it, TLS. */
static struct fault begin_once(struct link *link)
{
	unsigned before = tls_witness_count(link->witness);
	struct fault fault;

	link_drop(link);
	ask_begin();
	fault = ask_lockdown(
		lockdownd_client_new_with_handshake(link->device, &link->lockdown, LABEL),
		"beginning a session");
	if (fault_is_set(&fault)) {
		/* The record that was there a moment ago could not be read, and the library asked
		 * for a new pairing: nothing was saved, and the record is still good. */
		if (fault.kind == FAULT_TRUST_MISSED)
			fault.kind = FAULT_LINK_LOST;
		/* The library says the same of an answer that makes no sense and of none at all;
		 * and devices drop connections more often than they babble. */
		if (fault.kind == FAULT_ANSWER_MALFORMED)
			fault.kind = FAULT_LINK_LOST;
		return fault;
	}
	if (tls_witness_saw(link->witness, before))
		return fault_none();
	/* Not even to end the session: that would be said in clear. */
	return fault_new(FAULT_LINK_NOT_PRIVATE, "the device began a session without TLS");
}

struct fault link_begin_session(struct link *link)
{
	struct fault fault;

	link->in_session = true;
	for (int try = 1;; try++) {
		fault = begin_once(link);
		if (!ask_breaks_connection(&fault) || fault.kind == FAULT_ANSWER_LATE ||
		    try == SESSION_TRIES)
			return fault;
		conversation_pause(link->talk, SESSION_PAUSE_MS);
	}
}

void link_end_session(struct link *link)
{
	link_drop(link);
	link->in_session = false;
}

static struct fault connect_again(struct link *link)
{
	enum pair_record_state state;
	struct fault fault;

	if (!link->in_session)
		return connect_clear(link);
	/* Somebody may have deleted the record since. */
	fault = pair_record_look(&link->udid, &state);
	if (fault_is_set(&fault))
		return fault;
	if (state != PAIR_RECORD_KEPT)
		return fault_new(FAULT_RECORD_UNUSABLE, "the pair record has vanished");
	return link_begin_session(link);
}

struct fault link_open(struct link *link, struct conversation *talk, const struct udid *udid,
		       uint32_t handle)
{
	*link = (struct link){ .talk = talk, .udid = *udid, .handle = handle };
	link->witness = tls_witness_new();
	if (!link->witness)
		return fault_new(FAULT_HOST_TROUBLE, "no memory");
	return connect_clear(link);
}

struct fault link_clear(struct link *link, lockdownd_client_t *ret_lockdown)
{
	struct fault fault = link->lockdown ? fault_none() : connect_clear(link);

	if (!fault_is_set(&fault))
		*ret_lockdown = link->lockdown;
	return fault;
}

enum question_verb {
	QUESTION_GET,
	QUESTION_SET,
	QUESTION_START,
};

struct question {
	enum question_verb verb;
	const char *domain;
	const char *key; /* or the service's name */
	const char *text;
	plist_t value;				/* the answer of GET */
	lockdownd_service_descriptor_t service; /* the answer of START */
};

static lockdownd_error_t put(struct link *link, struct question *question)
{
	ask_begin();
	switch (question->verb) {
	case QUESTION_GET:
		return lockdownd_get_value(link->lockdown, question->domain, question->key,
					   &question->value);
	case QUESTION_SET:
		/* The library takes the value. */
		return lockdownd_set_value(link->lockdown, question->domain, question->key,
					   plist_new_string(question->text));
	case QUESTION_START:
		return lockdownd_start_service(link->lockdown, question->key, &question->service);
	}
	return LOCKDOWN_E_INVALID_ARG;
}

static struct fault ask(struct link *link, struct question *question)
{
	const char *what = question->key ? question->key : "all values";

	conversation_pause(link->talk, 0);
	for (;;) {
		bool is_new = !link->lockdown;
		struct fault fault = is_new ? connect_again(link) : fault_none();

		if (fault_is_set(&fault))
			return fault;
		fault = ask_lockdown(put(link, question), what);
		if (link->in_session)
			fault = ask_of_private(fault);
		if (!ask_breaks_connection(&fault))
			return fault;
		/* Ending the session of a device that is late would mean to wait for it once more.
		 */
		if (fault.kind == FAULT_ANSWER_LATE)
			return fault;
		link_drop(link);
		if (is_new)
			return fault;
	}
}

struct fault link_get(struct link *link, const char *domain, const char *key, plist_t *ret_value)
{
	struct question question = { .verb = QUESTION_GET, .domain = domain, .key = key };
	struct fault fault = ask(link, &question);

	if (!fault_is_set(&fault))
		*ret_value = question.value;
	return fault;
}

struct fault link_set(struct link *link, const char *key, const char *text)
{
	struct question question = { .verb = QUESTION_SET, .key = key, .text = text };

	return ask(link, &question);
}

/* Connects to a started SERVICE. The library's own switch to TLS is left off, because it swallows
 * its failure, and thrown here. */
static struct fault connect_service(struct link *link, lockdownd_service_descriptor_t service,
				    const char *name, property_list_service_client_t *ret_client)
{
	struct lockdownd_service_descriptor plain = *service;
	property_list_service_client_t client = NULL;
	struct fault fault;

	if (service->port == 0)
		return fault_new(FAULT_ANSWER_MALFORMED, "%s has no port", name);
	plain.ssl_enabled = 0;
	ask_begin();
	fault = ask_service(property_list_service_client_new(link->device, &plain, &client), name);
	if (fault_is_set(&fault))
		return fault;
	if (service->ssl_enabled) {
		ask_begin();
		fault = ask_service(property_list_service_enable_ssl(client), name);
	} else if (!link->told_clear) {
		say_note(link->talk, NOTE_LINK, "service-in-clear");
		link->told_clear = true;
	}
	if (fault_is_set(&fault)) {
		property_list_service_client_free(client);
		return fault;
	}
	*ret_client = client;
	return fault_none();
}

struct fault link_start(struct link *link, const char *service,
			property_list_service_client_t *ret_client)
{
	struct question question = { .verb = QUESTION_START, .key = service };
	struct fault fault = ask(link, &question);

	if (!fault_is_set(&fault))
		fault = connect_service(link, question.service, service, ret_client);
	if (question.service)
		lockdownd_service_descriptor_free(question.service);
	return fault;
}

struct fault link_version_fits(const char *version)
{
	int major, minor;

	/* As the library reads it. */
	if (sscanf(version, "%d.%d", &major, &minor) < 2)
		return fault_new(FAULT_ANSWER_MALFORMED, "ProductVersion is \"%s\"", version);
	if (major < OLDEST_MAJOR)
		return fault_new(FAULT_SERVICE_MISSING,
				 "its system %s is older than %d.0, the oldest that can be served",
				 version, OLDEST_MAJOR);
	return fault_none();
}
