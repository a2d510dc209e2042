/* SPDX-License-Identifier: Apache-2.0 */
/* What a host sees of each named fault: one whole job over the wire, and where it ends. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "tests/sim/bench.h"
#include "tests/sim/certificate.h"
#include "tests/sim/channel.h"
#include "tests/sim/decode.h"
#include "tests/sim/fault_kind.h"
#include "tests/sim/profiles.h"
#include "tests/unit/sim-link.h"
#include "tests/unit/tap.h"

#define IDENTIFIER "org.example.bench"
static const char profile[] = "<plist version=\"1.0\"><dict>"
			      "<key>PayloadType</key><string>Configuration</string>"
			      "<key>PayloadVersion</key><integer>1</integer>"
			      "<key>PayloadIdentifier</key><string>" IDENTIFIER "</string>"
			      "<key>PayloadUUID</key><string>AAAA</string>"
			      "<key>PayloadContent</key><array><dict>"
			      "<key>PayloadType</key><string>com.apple.wifi.managed</string>"
			      "<key>PayloadVersion</key><integer>1</integer>"
			      "<key>PayloadIdentifier</key><string>" IDENTIFIER ".wifi</string>"
			      "<key>PayloadUUID</key><string>BBBB</string>"
			      "<key>SSID_STR</key><string>Bench</string>"
			      "</dict></array></dict></plist>";

/* A host at work on one device. */
struct job {
	struct sim *sim;
	struct phone *phone;
	uint32_t handle; /* as the job began */
	const struct host *host;
	struct link lockdown;
	struct link service;
	char outcome[128]; /* "" while all is well */
};

/* Keeps the first thing that goes wrong: "STEP: WHAT". */
static bool fail(struct job *job, const char *step, const char *what)
{
	const char *where = !job->phone->handle			? ", off the bus"
			    : job->phone->handle != job->handle ? ", another DeviceID"
								: "";

	snprintf(job->outcome, sizeof(job->outcome), "%s: %s%s", step, what, where);
	return false;
}

/* Nothing came though nothing is left to do: what is the matter with LINK? */
static const char *end_of(const struct link *link)
{
	char byte;
	ssize_t n;

	while (sd_event_run(link->sim->event, 0) > 0)
		;
	n = recv(link->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
	return n > 0 ? "what is no TLS" : n < 0 ? "silent" : "closed";
}

/* The next answer. Returns NULL, or what is wrong with it. */
static const char *receive(struct link *link, plist_t *ret_answer)
{
	static const uint32_t most = 16U << 20;
	const char *wrong = NULL;
	uint32_t prefix;
	char *text;

	if (!link_read(link, &prefix, sizeof(prefix)))
		return end_of(link);
	prefix = ntohl(prefix);
	if (prefix == 0 || prefix > most)
		return prefix ? "announces gigabytes" : "announces nothing";
	text = malloc(prefix);
	if (!link_read(link, text, prefix))
		wrong = "only a part";
	else
		*ret_answer = decode_plist(text, prefix, NULL);
	if (!wrong && !*ret_answer)
		wrong = prefix > 100000	 ? "a huge property list"
			: prefix == 135	 ? "a bomb"
			: text[0] == 'T' ? "no property list"
					 : "a broken property list";
	free(text);
	return wrong;
}

/* Asks for what is answered with KEY of TYPE, PLIST_NONE for nothing. Takes REQUEST; RET_ANSWER may
 * be NULL. */
static bool ask(struct job *job, struct link *link, const char *step, plist_t request,
		const char *key, plist_type type, plist_t *ret_answer)
{
	plist_t answer = NULL;
	const char *wrong = link_send(link, request) ? receive(link, &answer) : "not taken";
	const char *error = text_of(answer, "Error");
	plist_t value = answer && key ? plist_dict_get_item(answer, key) : NULL;

	if (!wrong && error[0])
		wrong = error;
	else if (!wrong && key && !value)
		wrong = "without the value";
	else if (!wrong && value && plist_get_node_type(value) != type)
		wrong = "another type";
	if (wrong)
		fail(job, step, wrong);
	if (!wrong && ret_answer)
		*ret_answer = answer;
	else
		plist_free(answer);
	return !wrong;
}

static bool tls(struct job *job, struct link *link, const char *step)
{
	if (link_tls(link, job->host->host, job->host->key))
		return true;
	return fail(job, step, end_of(link));
}

static bool begin_session(struct job *job)
{
	plist_t request = lockdown_request("StartSession");
	plist_t answer;
	bool secret;

	plist_dict_set_item(request, "HostID", plist_new_string(job->host->id));
	if (!ask(job, &job->lockdown, "StartSession", request, "EnableSessionSSL", PLIST_BOOLEAN,
		 &answer))
		return false;
	secret = dict_true(answer, "EnableSessionSSL");
	plist_free(answer);
	if (!secret)
		return fail(job, "StartSession", "no TLS is asked for");
	return tls(job, &job->lockdown, "TLS of the session");
}

static bool begin_service(struct job *job)
{
	plist_t request = lockdown_request("StartService");
	plist_t answer;
	bool secret;

	plist_dict_set_item(request, "Service", plist_new_string("com.apple.mobile.MCInstall"));
	if (!ask(job, &job->lockdown, "StartService", request, "Port", PLIST_UINT, &answer))
		return false;
	secret = dict_true(answer, "EnableServiceSSL");
	job->service = link_open(job->sim, job->handle, (uint16_t)number_of(answer, "Port"));
	plist_free(answer);
	if (job->service.fd < 0)
		return fail(job, "StartService", "the port is closed");
	if (!secret)
		return fail(job, "StartService", "no TLS is asked for");
	return tls(job, &job->service, "TLS of the service");
}

static plist_t service_request_new(const char *type)
{
	plist_t dict = plist_new_dict();

	plist_dict_set_item(dict, "RequestType", plist_new_string(type));
	return dict;
}

static bool install(struct job *job)
{
	plist_t request = service_request_new("InstallProfile");
	plist_t answer, chain;
	char text[64];
	bool done;

	plist_dict_set_item(request, "Payload", plist_new_data(profile, sizeof(profile) - 1));
	if (!ask(job, &job->service, "InstallProfile", request, "Status", PLIST_STRING, &answer))
		return false;
	done = strcmp(text_of(answer, "Status"), "Acknowledged") == 0;
	chain = plist_dict_get_item(answer, "ErrorChain");
	snprintf(text, sizeof(text), "%s, a chain of %u", text_of(answer, "Status"),
		 chain ? plist_array_get_size(chain) : 0);
	plist_free(answer);
	return done || fail(job, "InstallProfile", text);
}

static bool find_profile(struct job *job)
{
	if (!ask(job, &job->service, "GetProfileList", service_request_new("GetProfileList"),
		 "OrderedIdentifiers", PLIST_ARRAY, NULL))
		return false;
	return profile_store_has(job->phone->profiles, IDENTIFIER) ||
	       fail(job, "GetProfileList", "the profile is not there");
}

static bool get_name(struct job *job)
{
	plist_t request = lockdown_request("GetValue");

	plist_dict_set_item(request, "Key", plist_new_string("DeviceName"));
	return ask(job, &job->lockdown, "GetValue", request, "Value", PLIST_STRING, NULL);
}

static bool pair(struct job *job)
{
	plist_t request = lockdown_request("Pair");

	plist_dict_set_item(request, "PairRecord", host_record(job->host));
	return ask(job, &job->lockdown, "Pair", request, "EscrowBag", PLIST_DATA, NULL);
}

/* The whole job. */
static void work(struct job *job)
{
	job->lockdown = link_open(job->sim, job->handle, LOCKDOWN_PORT);
	job->service = (struct link){ .fd = -1 };
	job->outcome[0] = '\0';
	if (ask(job, &job->lockdown, "QueryType", lockdown_request("QueryType"), "Type",
		PLIST_STRING, NULL) &&
	    get_name(job) && pair(job) && begin_session(job) && begin_service(job) && install(job))
		find_profile(job);
	if (!job->outcome[0])
		strcpy(job->outcome, "well");
	link_close(&job->service);
	link_close(&job->lockdown);
}

/* The host for PHONE. Making keys takes its time, so one serves for all with the same identity. */
static const struct host *host_for(const struct phone *phone)
{
	static struct host hosts[IDENTITY_POOL_SIZE];
	unsigned place = (phone->bench->phone_count - 1) % IDENTITY_POOL_SIZE;
	plist_t key;

	/* Another bench has other identities. */
	if (phone->bench->phone_count <= IDENTITY_POOL_SIZE) {
		key = identity_public_key(phone->identity);
		if (hosts[place].key)
			host_done(&hosts[place]);
		hosts[place] = host_new("A", key);
		plist_free(key);
	}
	return &hosts[place];
}

/* A new device on the bench with the fault TEXT, and the host for it. */
static struct job job_new(struct sim *sim, const char *text)
{
	struct job job = { .sim = sim };
	struct phone_setup setup;
	struct fault_order order;
	char problem[PROBLEM_MAX];
	struct phone_plan plan;

	setup_default(&setup);
	plan_init(&plan, &setup);
	if (bench_add(sim->bench, &plan, &job.phone) < 0 ||
	    (text && (fault_read(text, &order, problem) < 0 || fault_set(&order, job.phone) < 0)))
		abort();
	plan_done(&plan);
	job.handle = job.phone->handle;
	job.host = host_for(job.phone);
	return job;
}

static const struct {
	const char *fault;
	const char *want;
} rows[] = {
	{ NULL, "well" },
	{ "trust-after=2", "Pair: PairingDialogResponsePending" },
	{ "trust-never", "Pair: PairingDialogResponsePending" },
	{ "trust-denied", "Pair: UserDeniedPairing" },
	{ "trust-drop", "Pair: PairingDialogResponsePending" },
	{ "passcode-locked", "Pair: PasswordProtected" },
	{ "profile-refused", "InstallProfile: Error, a chain of 2" },
	{ "profile-refused=13000:1", "InstallProfile: Error, a chain of 1" },
	{ "profile-refused=4001:10", "InstallProfile: Error, a chain of 10" },
	{ "approve-after=2", "GetProfileList: the profile is not there" },
	{ "approve-never", "GetProfileList: the profile is not there" },
	{ "lies", "GetProfileList: the profile is not there" },
	{ "slow=1m", "QueryType: silent" },
	{ "drip=1m", "QueryType: silent" },
	{ "hang-at=GetValue", "GetValue: silent" },
	{ "hang-at=InstallProfile", "InstallProfile: silent" },
	{ "hang-after=Pair", "Pair: silent" },
	{ "drop-at=StartService", "StartService: closed" },
	{ "drop-after=InstallProfile", "InstallProfile: closed" },
	{ "drop-at=GetValue:1", "GetValue: closed" },
	{ "vanish-at=GetValue", "GetValue: closed, off the bus" },
	{ "vanish-after=InstallProfile:1m", "InstallProfile: closed, off the bus" },
	{ "reboot-at=StartSession", "StartSession: closed, off the bus" },
	{ "reboot-after=InstallProfile", "InstallProfile: closed, off the bus" },
	{ "reboot-loop", "QueryType: closed, off the bus" },
	{ "service-limit", "StartService: ServiceLimit" },
	{ "huge-length", "QueryType: announces gigabytes" },
	{ "zero-length=InstallProfile", "InstallProfile: announces nothing" },
	{ "half-message", "QueryType: only a part" },
	{ "half-plist=GetValue", "GetValue: a broken property list" },
	{ "bad-plist=StartService", "StartService: no property list" },
	{ "deep-plist", "QueryType: a huge property list" },
	{ "deep-bplist=GetProfileList", "GetProfileList: a huge property list" },
	{ "exploding-plist", "QueryType: a bomb" },
	{ "wrong-types", "QueryType: another type" },
	{ "wrong-types=GetValue", "GetValue: another type" },
	{ "wrong-types=InstallProfile", "InstallProfile: another type" },
	{ "empty-success", "QueryType: without the value" },
	{ "empty-success=Pair", "Pair: without the value" },
	{ "empty-success=GetProfileList", "GetProfileList: without the value" },
	{ "no-tls", "StartSession: no TLS is asked for" },
	{ "no-tls=services", "StartService: no TLS is asked for" },
	{ "tls-silent", "TLS of the session: silent" },
	{ "tls-silent=services", "TLS of the service: silent" },
	{ "tls-refused", "TLS of the session: closed" },
	{ "tls-refused=services", "TLS of the service: closed" },
	{ "tls-closed", "TLS of the session: closed" },
	{ "tls-closed=services", "TLS of the service: closed" },
	{ "tls-garbage", "TLS of the session: what is no TLS" },
	{ "tls-garbage=services", "TLS of the service: what is no TLS" },
};

static void test_rows(struct sim *sim)
{

	sim->hasty = true;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct job job = job_new(sim, rows[i].fault);

		work(&job);
		is_string(job.outcome, rows[i].want, rows[i].fault ? rows[i].fault : "no fault");
	}
}

/* What an answer that was lost was for is done all the same, or is not. */
static void test_points(struct sim *sim)
{
	static const struct {
		const char *fault;
		bool installed;
	} points[] = {
		{ "drop-at=InstallProfile", false },   { "drop-after=InstallProfile", true },
		{ "hang-at=InstallProfile", false },   { "hang-after=InstallProfile", true },
		{ "vanish-at=InstallProfile", false }, { "vanish-after=InstallProfile", true },
		{ "reboot-at=InstallProfile", false }, { "reboot-after=InstallProfile", true },
		{ "bad-plist=InstallProfile", true },  { "lies", false },
	};

	sim->hasty = true;
	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
		struct job job = job_new(sim, points[i].fault);

		work(&job);
		ok(strcmp(job.outcome, "well") != 0, "%s fails", points[i].fault);
		is_number(profile_store_has(job.phone->profiles, IDENTIFIER), points[i].installed,
			  "the profile is installed, or is not");
		is_number(job.phone->installs, points[i].installed, "as it is counted");
	}
}

static bool is_back(void *of)
{
	const struct phone *phone = of;

	return phone->handle != 0;
}

/* What passes by itself, and what comes slowly: the host that goes on has its way. */
static void test_passing(struct sim *sim)
{
	static const char *const faults[] = {
		"drop-at=GetValue:1", "service-limit=1", "vanish-after=Pair:0.001",
		"slow=1ms",	      "drip=0.01ms",	 "reboot-at=StartSession"
	};

	sim->hasty = false;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct job job = job_new(sim, faults[i]);

		job.phone->setup.reboot_time = 1;
		work(&job);
		sim_wait(sim, is_back, job.phone);
		job.handle = job.phone->handle;
		work(&job);
		is_string(job.outcome, "well", faults[i]);
	}
}

/* One byte leaves at once, the next one in its time; that they all come test_passing has shown. */
static void test_drip(struct sim *sim)
{
	struct job job = job_new(sim, "drip=60m");
	char byte;

	sim->hasty = true;
	job.lockdown = link_open(sim, job.handle, LOCKDOWN_PORT);
	link_send(&job.lockdown, lockdown_request("QueryType"));
	ok(link_read(&job.lockdown, &byte, 1), "the first byte is there");
	ok(!link_read(&job.lockdown, &byte, 1), "the next one is not");
	phone_unplug(job.phone);
	is_string(end_of(&job.lockdown), "closed", "and never comes with the cable out");
	link_close(&job.lockdown);
}

static void test_trust_drop(struct sim *sim)
{
	struct job job;
	plist_t request = lockdown_request("Pair");

	sim->hasty = false;
	job = job_new(sim, "trust-drop=1ms");
	job.lockdown = link_open(sim, job.handle, LOCKDOWN_PORT);
	plist_dict_set_item(request, "PairRecord", host_record(job.host));
	is_string(lockdown_error(&job.lockdown, request), "PairingDialogResponsePending",
		  "the dialog is there");
	ok(sim_closed(sim, job.lockdown.fd), "the tap closes the connection");
	link_close(&job.lockdown);
	is_number(job.phone->handle, job.handle, "the device stays on the bus");
	work(&job);
	is_string(job.outcome, "well", "and trusts the host that comes back");
	is_number(job.phone->trust_dialogs, 1, "without another dialog");
}

int main(void)
{
	struct sim sim;

	sim_new(&sim, 0);
	test_rows(&sim);
	test_points(&sim);
	test_passing(&sim);
	test_drip(&sim);
	test_trust_drop(&sim);
	sim_done(&sim);
	return tap_done();
}
