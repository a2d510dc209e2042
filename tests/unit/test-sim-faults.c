/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the table of named faults: how each is written, and what each sets. */
#include "tests/sim/faults.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/fault_kind.h"
#include "tests/sim/records.h"
#include "tests/unit/sim-host.h"
#include "tests/unit/tap.h"

static const struct {
	const char *text;
	bool counted;
	const char *problem; /* NULL: good */
	int ms;
	unsigned count;
} written[] = {
	{ "trust-denied", false, NULL, 0, 0 },
	{ "trust-denied=3", false, NULL, 3000, 0 },
	{ "trust-after=250ms", false, NULL, 250, 0 },
	{ "trust-never", false, NULL, -1, 0 },
	{ "trust-drop", false, NULL, 500, 0 },
	{ "passcode-locked", false, NULL, -1, 0 },
	{ "vanish-at=GetValue", false, NULL, -1, 0 },
	{ "vanish-at=GetValue:2", false, NULL, 2000, 0 },
	{ "hang-at=*", false, NULL, 0, 0 },
	{ "drip", false, NULL, 1000, 0 },
	{ "mux-restart=2", false, NULL, 2000, 0 },
	{ "trust-denied=2", true, NULL, 0, 2 },
	{ "trust-denied=5=2", true, NULL, 5000, 2 },
	{ "hang-at=Pair:3=2", true, NULL, 0, 2 },
	{ "approve-after=5=1", true, NULL, 5000, 1 },
	{ "mux-silent=1.5s", true, NULL, 1500, 1 },

	{ "trust-after", false, "fault 'trust-after' is written trust-after=SECONDS", 0, 0 },
	{ "trust-after=1:2", false, "fault 'trust-after' is written trust-after=SECONDS", 0, 0 },
	{ "profile-refused=1", false,
	  "fault 'profile-refused' is written profile-refused[=CODE[:DEPTH]]", 0, 0 },
	{ "profile-refused=4001:11", false,
	  "fault 'profile-refused' is written profile-refused[=CODE[:DEPTH]]", 0, 0 },
	{ "profile-refused=4001:0", false,
	  "fault 'profile-refused' is written profile-refused[=CODE[:DEPTH]]", 0, 0 },
	{ "profile-refused=100000", false,
	  "fault 'profile-refused' is written profile-refused[=CODE[:DEPTH]]", 0, 0 },
	{ "passcode-locked=x", false,
	  "fault 'passcode-locked' is written passcode-locked[=SECONDS]", 0, 0 },
	{ "lies=1", false, "fault 'lies' is written lies", 0, 0 },
	{ "hang-at", false, "fault 'hang-at' is written hang-at=REQUEST[:TIMES]", 0, 0 },
	{ "hang-at=Pair:", false, "fault 'hang-at' is written hang-at=REQUEST[:TIMES]", 0, 0 },
	{ "hang-at=Pair:0", false, "fault 'hang-at' is written hang-at=REQUEST[:TIMES]", 0, 0 },
	{ "hang-at=Pair:1:1", false, "fault 'hang-at' is written hang-at=REQUEST[:TIMES]", 0, 0 },
	{ "hang-at=Pare", false, "unknown request 'Pare'; did you mean 'Pair'?", 0, 0 },
	{ "drip=", false, "fault 'drip' is written drip[=SECONDS]", 0, 0 },
	{ "half-plist=InstalProfile", false,
	  "unknown request 'InstalProfile'; did you mean 'InstallProfile'?", 0, 0 },
	{ "vanish-at=pair:x", false, "unknown request 'pair'; did you mean 'Pair'?", 0, 0 },
	{ "vanish-at=Pair:x", false, "fault 'vanish-at' is written vanish-at=REQUEST[:SECONDS]", 0,
	  0 },
	{ "service-limit=0", false, "fault 'service-limit' is written service-limit[=TIMES]", 0,
	  0 },
	{ "service-limit=1:1", false, "fault 'service-limit' is written service-limit[=TIMES]", 0,
	  0 },
	{ "no-tls=service", false, "fault 'no-tls' is written no-tls[=session|services]", 0, 0 },
	{ "mux-restart", false, "fault 'mux-restart' is written mux-restart=SECONDS", 0, 0 },
	{ "trust-dinied", false, "unknown fault 'trust-dinied'; did you mean 'trust-denied'?", 0,
	  0 },
	{ "on-fire", false, "unknown fault 'on-fire'", 0, 0 },
	{ "trust-after=000000000000000000000000000000000000000000000000000000000000000002", false,
	  "fault 'trust-after' is written trust-after=SECONDS", 0, 0 },
	{ "trust-denied", true,
	  "fault 'trust-denied' lacks the number of devices: NAME[=ARG]=COUNT", 0, 0 },
	{ "trust-denied=0", true,
	  "fault 'trust-denied=0' lacks the number of devices: NAME[=ARG]=COUNT", 0, 0 },
	{ "trust-after=5", true, "fault 'trust-after' is written trust-after=SECONDS=COUNT", 0, 0 },
	{ "trust-denied=2=x", true,
	  "fault 'trust-denied=2=x' lacks the number of devices: NAME[=ARG]=COUNT", 0, 0 },
	{ "truss-denied=2", true, "unknown fault 'truss-denied'; did you mean 'trust-denied'?", 0,
	  0 },
	{ "mux-silent=1=2", true, "fault 'mux-silent' is written mux-silent=SECONDS", 0, 0 },
	{ "", true, "unknown fault ''", 0, 0 },
};

static void test_written(void)
{
	for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
		struct fault_order order = { .ms = 0 };
		unsigned count = 0;
		char problem[PROBLEM_MAX] = "";
		int r = written[i].counted
				? fault_read_counted(written[i].text, &order, &count, problem)
				: fault_read(written[i].text, &order, problem);

		is_number(r, written[i].problem ? -EINVAL : 0, written[i].text);
		is_string(problem, written[i].problem ? written[i].problem : "", "its problem");
		is_number(order.ms, written[i].ms, "its argument");
		is_number(count, written[i].count, "its count");
	}
}

static void test_scope(void)
{
	struct fault_order order;
	char problem[PROBLEM_MAX];

	is_number(fault_read_of(false, "lies", &order, problem), 0, "a device's fault for one");
	is_number(fault_read_of(true, "mux-silent=1", &order, problem), 0, "the bench's for it");
	is_number(fault_read_of(false, "mux-silent=1", &order, problem), -EINVAL, "not crosswise");
	is_string(problem, "fault 'mux-silent' is the bench's, not a device's", "and says so");
	is_number(fault_read_of(true, "lies", &order, problem), -EINVAL, "nor the other way");
	is_string(problem, "fault 'lies' is a device's, not the bench's", "and says so");
}

/* How often a rule at POINT for NAME does ACTION, three at most; its last deed in RET_DEED. */
static unsigned acts(struct phone *phone, enum rule_point point, const char *name,
		     enum rule_action action, struct rule_deed *ret_deed)
{
	unsigned times = 0;
	const struct rule *rule;

	while (times < 3 && (rule = rules_match(phone->rules, point, name)) &&
	       rule->deed.action == action) {
		*ret_deed = rule->deed;
		times++;
	}
	return times;
}

static bool does(struct phone *phone, enum rule_point point, const char *name,
		 enum rule_action action, unsigned times)
{
	struct rule_deed deed;

	return acts(phone, point, name, action, &deed) == times;
}

static bool is_refused(struct phone *phone, unsigned code, unsigned depth)
{
	struct rule_deed deed = { .answer = NULL };
	plist_t chain;

	if (acts(phone, RULE_BEFORE, "InstallProfile", RULE_ANSWER, &deed) != 3)
		return false;
	chain = plist_dict_get_item(deed.answer, "ErrorChain");
	return chain && plist_array_get_size(chain) == depth &&
	       number_of(plist_array_get_item(chain, depth - 1), "ErrorCode") == code;
}

static bool is_answered(struct phone *phone, const char *request, const char *key,
			const char *value, unsigned times)
{
	struct rule_deed deed = { .answer = NULL };

	return acts(phone, RULE_BEFORE, request, RULE_ANSWER, &deed) == times &&
	       strcmp(text_of(deed.answer, key), value) == 0;
}

static bool is_spoiled(struct phone *phone, enum spoil spoil)
{
	struct rule_deed deed = { .spoil = SPOIL_NOT };

	return acts(phone, RULE_AFTER, "QueryType", RULE_SPOIL, &deed) == 3 && deed.spoil == spoil;
}

static bool is_away(struct phone *phone, enum rule_point point, int away)
{
	struct rule_deed deed = { .away = -2 };

	return acts(phone, point, "Pair", RULE_VANISH, &deed) == 1 && deed.away == away;
}

static bool has_record(struct phone *phone, bool readable)
{
	const char *bytes;
	size_t length;
	plist_t record = NULL;
	bool fits;

	if (records_read(phone->bench->records, phone->udid, &bytes, &length))
		return false;
	plist_from_xml(bytes, (uint32_t)length, &record);
	fits = readable ? text_of(record, "HostID")[0] &&
				  plist_dict_get_item(record, "HostPrivateKey") &&
				  plist_dict_get_item(record, "RootCertificate")
			: !record;
	plist_free(record);
	return fits;
}

/* P is the phone that has the fault. */
#define ROW(text, holds)                                   \
	do {                                               \
		struct phone *p = with(bench, text);       \
		ok((holds), "%s does what it says", text); \
	} while (0)

/* Which rows of the table were set by some test. */
static bool tried[64];

static struct phone *new_phone(struct bench *bench)
{
	struct phone_setup setup;
	struct phone_plan plan;
	struct phone *phone;

	setup_default(&setup);
	plan_init(&plan, &setup);
	if (bench_add(bench, &plan, &phone) < 0)
		abort();
	plan_done(&plan);
	return phone;
}

/* A new phone on BENCH with this fault. */
static struct phone *with(struct bench *bench, const char *text)
{
	struct phone *phone = new_phone(bench);
	struct fault_order order;
	char problem[PROBLEM_MAX] = "";
	plist_t first;

	ok(fault_read(text, &order, problem) == 0 && fault_set(&order, phone) == 0, "%s is set%s",
	   text, problem);
	tried[order.kind - fault_kinds] = true;
	first = plist_array_get_size(phone->faults) == 1 ? plist_array_get_item(phone->faults, 0)
							 : NULL;
	is_string(plist_get_string_ptr(first, NULL), text, "and told of");
	return phone;
}

static void test_person(struct bench *bench)
{
	ROW("trust-after=2", p->setup.trust_after == 2000);
	ROW("trust-never", p->setup.trust_after == -1);
	ROW("trust-denied", p->setup.trust_denied && p->setup.trust_after == 0);
	ROW("trust-denied=1", p->setup.trust_denied && p->setup.trust_after == 1000);
	ROW("trust-drop", p->setup.trust_drops && p->setup.trust_after == 500);
	ROW("passcode-locked", p->locked && p->setup.unlock_after == -1);
	ROW("passcode-locked=1", p->locked && p->setup.unlock_after == 1000);
	ROW("approve-after=3", p->setup.approve_after == 3000);
	ROW("approve-never", p->setup.approve_after == -1);
	ROW("profile-refused", is_refused(p, 4023, 2));
	ROW("profile-refused=13000", is_refused(p, 13000, 2));
	ROW("profile-refused=4001:1", is_refused(p, 4001, 1));
	ROW("profile-refused=4001:10", is_refused(p, 4001, 10));
	ROW("lies", is_answered(p, "InstallProfile", "Status", "Acknowledged", 3));
}

static void test_actions(struct bench *bench)
{
	ROW("slow=20ms", p->setup.request_latency == 20);
	ROW("drip", p->setup.drip == 1000);
	ROW("hang-at=Pair", does(p, RULE_BEFORE, "Pair", RULE_HANG, 3));
	ROW("hang-at=Pair:2", does(p, RULE_BEFORE, "Pair", RULE_HANG, 2));
	ROW("hang-after=Pair", does(p, RULE_AFTER, "Pair", RULE_HANG, 3));
	ROW("drop-at=Install:1", does(p, RULE_BEFORE, "Install", RULE_CLOSE, 1));
	ROW("drop-after=Pair", does(p, RULE_AFTER, "Pair", RULE_CLOSE, 3));
	ROW("vanish-at=Pair", is_away(p, RULE_BEFORE, -1));
	ROW("vanish-after=Pair:5", is_away(p, RULE_AFTER, 5000));
	ROW("reboot-at=Pair", does(p, RULE_BEFORE, "Pair", RULE_REBOOT, 1));
	ROW("reboot-after=Pair:2", does(p, RULE_AFTER, "Pair", RULE_REBOOT, 2));
	ROW("reboot-loop", does(p, RULE_BEFORE, "QueryType", RULE_REBOOT, 3));
	ROW("service-limit", is_answered(p, "StartService", "Error", "ServiceLimit", 3));
	ROW("service-limit=2", is_answered(p, "StartService", "Error", "ServiceLimit", 2));
	ROW("hang-at=MobileGestalt", does(p, RULE_BEFORE, "MobileGestalt", RULE_HANG, 3));
	ROW("hang-at=Shutdown", does(p, RULE_BEFORE, "Shutdown", RULE_HANG, 3));
}

static void test_spoils(struct bench *bench)
{
	ROW("huge-length", is_spoiled(p, SPOIL_HUGE_LENGTH));
	ROW("zero-length", is_spoiled(p, SPOIL_ZERO_LENGTH));
	ROW("half-message", is_spoiled(p, SPOIL_HALF_MESSAGE));
	ROW("half-plist", is_spoiled(p, SPOIL_HALF_PLIST));
	ROW("bad-plist", is_spoiled(p, SPOIL_BAD_PLIST));
	ROW("deep-plist", is_spoiled(p, SPOIL_DEEP_PLIST));
	ROW("deep-bplist", is_spoiled(p, SPOIL_DEEP_BPLIST));
	ROW("exploding-plist", is_spoiled(p, SPOIL_EXPLODING));
	ROW("wrong-types", is_spoiled(p, SPOIL_WRONG_TYPES));
	ROW("empty-success", is_spoiled(p, SPOIL_EMPTY_SUCCESS));
	ROW("bad-plist=Pair:1", does(p, RULE_AFTER, "Pair", RULE_SPOIL, 1));
	ROW("bad-plist=Pair", does(p, RULE_AFTER, "QueryType", RULE_SPOIL, 0));
}

static void test_tls(struct bench *bench)
{
	ROW("no-tls", !p->setup.session_tls && p->setup.service_tls);
	ROW("no-tls=session", !p->setup.session_tls);
	ROW("no-tls=services", p->setup.session_tls && !p->setup.service_tls);
	ROW("tls-silent", p->session_handshake == HANDSHAKE_SILENT && !p->service_handshake);
	ROW("tls-refused=services", p->service_handshake == HANDSHAKE_REFUSED);
	ROW("tls-closed", p->session_handshake == HANDSHAKE_CLOSED);
	ROW("tls-garbage=services",
	    p->service_handshake == HANDSHAKE_GARBAGE && !p->session_handshake);
}

static void test_mux_side(struct bench *bench)
{
	ROW("serial-empty", strcmp(phone_usb_serial(p), "") == 0);
	ROW("serial-odd", strpbrk(phone_usb_serial(p), "\n\033/") != NULL);
	ROW("serial-double", strcmp(phone_usb_serial(p), bench->phones->udid) == 0);
	ROW("record-refused", p->record_refused);
	ROW("record-garbled", has_record(p, false));
	ROW("record-foreign", has_record(p, true));
}

/* The faults that five new devices get when any are wanted, by this seed; the caller's. */
static char *any_by(struct bench *bench, uint64_t seed)
{
	struct phone *phones[5];
	uint64_t state;
	struct fault_order order;
	char problem[PROBLEM_MAX];
	char *text = NULL;
	size_t length = 0;
	FILE *to = open_memstream(&text, &length);

	for (size_t i = 0; i < 5; i++)
		phones[i] = new_phone(bench);
	state = bench->dice.state;
	bench->dice.state = seed;
	is_number(fault_read("any", &order, problem), 0, "any fault");
	is_number(bench_spread(bench, &order, 5), 5, "for five devices");
	bench->dice.state = state; /* what is added next is none of those */
	for (size_t i = 0; i < 5; i++)
		fprintf(to, "%s\n",
			plist_get_string_ptr(plist_array_get_item(phones[i]->faults, 0), NULL));
	fclose(to);
	return text;
}

static void test_all_tried(void)
{
	for (const struct fault_kind *kind = fault_kinds; kind->name; kind++)
		ok(tried[kind - fault_kinds] || !kind->set || strcmp(kind->name, "any") == 0,
		   "%s was tried", kind->name);
}

static void test_any(struct bench *bench)
{
	char *first = any_by(bench, 1), *same = any_by(bench, 1), *other = any_by(bench, 2);

	is_string(same, first, "the same seed has the same faults");
	ok(strcmp(other, first) != 0, "another has others");
	free(first);
	free(same);
	free(other);
}

static void test_described(void)
{
	char *text = NULL;
	size_t length = 0;
	FILE *to = open_memstream(&text, &length);

	faults_describe(to);
	fclose(to);
	for (const struct fault_kind *kind = fault_kinds; kind->name; kind++)
		ok(strstr(text, kind->name), "--help has %s", kind->name);
	ok(strstr(text, "  vanish-at=REQUEST[:SECONDS] "), "and how it is written");
	free(text);
}

int main(void)
{
	struct sim sim;

	test_written();
	test_scope();
	sim_new(&sim, 0);
	test_person(sim.bench);
	test_actions(sim.bench);
	test_spoils(sim.bench);
	test_tls(sim.bench);
	test_mux_side(sim.bench);
	test_any(sim.bench);
	sim_done(&sim);
	test_all_tried();
	test_described();
	return tap_done();
}
