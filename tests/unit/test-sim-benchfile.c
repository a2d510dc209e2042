/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of bench files: every mistake with its place, and the devices of a good one. */
#define _GNU_SOURCE
#include "tests/sim/benchfile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/unit/tap.h"

/* What loading TEXT says, without the path before each line; the caller's. */
static char *load(const char *text, struct bench **ret_bench)
{
	char path[] = "/tmp/muster-bench-XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");
	struct phone_setup setup;
	char *said = NULL;
	size_t length = 0;
	FILE *problems = open_memstream(&said, &length);
	sd_event *event = NULL;
	int r;

	fputs(text, file);
	fclose(file);
	sd_event_new(&event);
	bench_new(event, 1, ret_bench);
	sd_event_unref(event);
	setup_default(&setup);
	setup.request_latency = 7;
	r = benchfile_load(path, *ret_bench, &setup, problems);
	fclose(problems);
	unlink(path);
	ok((r == 0) == (length == 0), "a failure says something, a success nothing");
	for (char *at = said; (at = strstr(at, path)) != NULL;)
		memmove(at, at + strlen(path) + 1, strlen(at + strlen(path) + 1) + 1);
	return said;
}

static const struct {
	const char *text;
	const char *problems;
} wrong[] = {
	{ "", "1:1: the file is empty\n" },
	{ "[1, 2]\n", "1:1: the file: keys with values are expected\n" },
	{ "{}\n", "1:1: 'devices' is missing\n" },
	{ "devices: 5\n", "1:10: devices: a list is expected\n" },
	{ "device: []\n", "1:1: unknown key 'device'; only 'devices' and 'faults' are known\n" },
	{ "devices:\n  - 5\n", "2:5: device: keys with values are expected\n" },
	{ "devices:\n  - { count: 0 }\n", "2:14: count: '0' is not 1 to 1000\n" },
	{ "devices:\n  - { count: 1001 }\n", "2:14: count: '1001' is not 1 to 1000\n" },
	{ "devices:\n  - { count: [2] }\n", "2:14: count: a single text is expected\n" },
	{ "devices:\n  - { count: 2, serial: F2LABCDEFGHI }\n",
	  "2:5: 2 devices cannot have one udid or serial\n" },
	{ "devices:\n  - { name: A, name: B }\n", "2:16: key 'name' is there twice\n" },
	{ "devices:\n  - { mode: deep }\n", "2:7: mode: 'deep' is not normal, recovery or dfu\n" },
	{ "devices:\n  - { nam: A }\n", "2:7: unknown key 'nam'; did you mean 'name'?\n" },
	{ "devices:\n  - { setup: { trust-after: soon } }\n",
	  "2:16: trust-after: 'soon' is not a time such as 500ms or 5s, or never\n" },
	{ "devices:\n  - { faults: trust-denied }\n", "2:15: faults: a list is expected\n" },
	{ "devices:\n  - { faults: [ trust-dnied, [], trust-after ] }\n",
	  "2:17: unknown fault 'trust-dnied'; did you mean 'trust-denied'?\n"
	  "2:30: fault: a single text is expected\n"
	  "2:34: fault 'trust-after' is written trust-after=SECONDS\n" },
	{ "devices:\n  - { name: \"a\\0b\" }\n", "2:13: name: a single text is expected\n" },
	{ "devices:\n  - { serial: F2LABCDEFGHI }\n  - { serial: F2LABCDEFGHI }\n",
	  "3:5: a device before it has this udid or serial\n" },
	{ "devices:\n  - { faults: [ mux-silent=1 ] }\n",
	  "2:17: fault 'mux-silent' is the bench's, not a device's\n" },
	{ "devices: []\nfaults: mux-silent=1\n", "2:9: faults: a list is expected\n" },
	{ "devices: []\nfaults: [ lies, mux-silnt=1, [] ]\n",
	  "2:11: fault 'lies' is a device's, not the bench's\n"
	  "2:17: unknown fault 'mux-silnt'; did you mean 'mux-silent'?\n"
	  "2:30: fault: a single text is expected\n" },
	{ "faults: []\n", "1:1: 'devices' is missing\n" },
	{ "devices: [\n", "2:1: did not find expected node content\n" },
};

static void test_wrong(void)
{
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct bench *bench;
		char *said = load(wrong[i].text, &bench);

		is_string(said, wrong[i].problems, "the problems of a wrong file");
		bench_free(bench);
		free(said);
	}
}

static void test_all_at_once(void)
{
	struct bench *bench;
	char *said = load("devices:\n"
			  "  - count: many\n"
			  "    udid: 1234\n"
			  "    serial: lower\n"
			  "    os: new\n"
			  "    colour: blue\n"
			  "    setup: { supervised: 1, trust: never }\n"
			  "    faults: [ on-fire ]\n"
			  "  - { unplugged: perhaps }\n"
			  "extra: 1\n",
			  &bench);
	unsigned lines = 0;

	for (const char *at = said; *at; at++)
		lines += *at == '\n';
	is_number(lines, 10, "ten mistakes are all named");
	ok(!bench->phones, "and no device was made");
	bench_free(bench);
	free(said);
}

static const char *name_of(const struct phone *phone)
{
	return plist_get_string_ptr(
		plist_dict_get_item(plist_dict_get_item(phone->values, ""), "DeviceName"), NULL);
}

static void test_good(void)
{
	struct bench *bench;
	char *said =
		load("devices:\n"
		     "  - count: 3\n"
		     "    name: \"Cart {n} iPad\"\n"
		     "    product: iPad12,1\n"
		     "    os: \"17.5\"\n"
		     "    setup: { supervised: true, trust-after: 250ms, service-tls: false }\n"
		     "  - serial: F2LABCDEFGHI\n"
		     "    udid: 00008110-001A2B3C4D5E6F70\n"
		     "    unplugged: true\n"
		     "    faults: [ trust-denied, passcode-locked=30 ]\n"
		     "faults: [ mux-restart=1, mux-backlog=2 ]\n",
		     &bench);
	const struct phone *phone = bench->phones;

	is_string(said, "", "a good file has no problems");
	is_number(bench->phone_count, 4, "four devices");
	is_string(name_of(phone->next->next), "Cart 3 iPad", "the name counts");
	ok(phone->setup.supervised && phone->setup.trust_after == 250 && !phone->setup.service_tls,
	   "the set-up is as the file says");
	is_number(phone->setup.request_latency, 7, "and where it is silent, as the command line");
	is_number(phone->product_id, 0x12ab, "an iPad looks like one on USB");
	ok(phone->handle, "it is plugged in");
	phone = bench_phone(bench, "00008110-001A2B3C4D5E6F70");
	ok(phone && phone->ecid == 0x1a2b3c4d5e6f70, "the UDID gives the ECID");
	ok(phone && !phone->handle && !phone->plugged, "the last is not plugged in");
	ok(bench->armed, "the bench's own faults are to come");
	ok(phone && phone->setup.trust_denied && phone->locked, "and has its faults");
	bench_free(bench);
	free(said);
}

static void test_spread(void)
{
	struct fault_order order;
	char problem[PROBLEM_MAX];
	struct bench *bench;
	char *said = load("devices: [ { faults: [ trust-denied ] }, { count: 3 } ]\n", &bench);

	fault_read("approve-after=5", &order, problem);
	is_number(bench_spread(bench, &order, 2), 2, "two devices get a fault");
	is_number(bench->phones->setup.approve_after, 0, "but not one that has one");
	is_number(bench->phones->next->next->setup.approve_after, 5000, "the next ones do");
	is_number(bench_spread(bench, &order, 2), 1, "then there is one left");
	is_number(bench_spread(bench, &order, 2), 0, "then none");
	bench_free(bench);
	free(said);
}

static void test_unreadable(void)
{
	char *said = NULL;
	size_t length = 0;
	FILE *problems = open_memstream(&said, &length);

	ok(benchfile_load("/nonexistent/bench.yaml", NULL, NULL, problems) < 0, "no such file");
	fclose(problems);
	is_string(said, "/nonexistent/bench.yaml:1:1: No such file or directory\n", "and says so");
	free(said);
}

int main(void)
{
	test_wrong();
	test_all_at_once();
	test_good();
	test_spread();
	test_unreadable();
	return tap_done();
}
