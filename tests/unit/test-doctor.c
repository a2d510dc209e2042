/* SPDX-License-Identifier: Apache-2.0 */
/* The doctor's rules: a good host, Debian's own set-up, and each defect by itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/rules/doctor.h"
#include "tests/unit/tap.h"

#define HOUR 3600000LL

/* A host on which nothing is to be done. */
static struct host good(void)
{
	struct host host = {
		.has_restarter = true,
		.has_udevd = true,
		.receive_max = 4 << 20,
		.has_ledger = true,
		.disk_known = true,
		.disk_free = 50ULL << 30,
		.files_free = 1000000,
		.now = 1000 * HOUR,
		.program_time = 900 * HOUR,
		.ledger_time = 999 * HOUR,
		.open_files = 65536,
		.usbmuxd_version = "1.1.1-2+deb12u1",
		.usbmuxd = { .answer = ANSWER_YES,
			     .installed = true,
			     .has_unit = true,
			     .exec = "/usr/sbin/usbmuxd --user usbmux --foreground --no-preflight",
			     .running =
				     "/usr/sbin/usbmuxd --user usbmux --foreground --no-preflight",
			     .restart = "always",
			     .open_files = "65536",
			     .has_socket = true,
			     .socket_mode = 0660,
			     .may_connect = true,
			     .has_records = true,
			     .records_mode = 0700 },
	};

	snprintf(host.state, sizeof host.state, "/var/lib/muster");
	return host;
}

static struct check checks[2 * CHECKS_MAX];

static size_t judge(const struct host *host)
{
	size_t count = doctor_judge_usbmuxd(host, checks);

	return count + doctor_judge_host(host, checks + count);
}

static const struct check *find(size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(checks[i].name, name) == 0)
			return &checks[i];
	return NULL;
}

/* Of HOST exactly the check NAME is not ok, but of GRADE, with a remedy and WORDS in its text. */
static void expect_one(const struct host *host, const char *name, enum grade grade,
		       const char *words)
{
	size_t count = judge(host);
	const struct check *check = find(count, name);
	unsigned others = 0;

	for (size_t i = 0; i < count; i++)
		others += &checks[i] != check && checks[i].grade != GRADE_OK;
	ok(check && check->grade == grade && check->remedy[0] && strstr(check->text, words) &&
		   others == 0,
	   "%s is %s: %s (%u others)", name, grade_to_text(grade), check ? check->text : "absent",
	   others);
}

static void test_good(void)
{
	struct host host = good();
	size_t count = judge(&host);

	for (size_t i = 0; i < count; i++)
		ok(checks[i].grade == GRADE_OK && checks[i].text[0] && !checks[i].remedy[0],
		   "%s: %s", checks[i].name, checks[i].text);
	is_number(doctor_worst(checks, count), GRADE_OK, "a good host is well");
	is_number((long long)count, 19, "and all of it was looked at");
}

#define DEFECT(name, grade, words, ...)                       \
	do {                                                  \
		struct host host = good();                    \
		struct host_usbmuxd *usbmuxd = &host.usbmuxd; \
		(void)usbmuxd;                                \
		__VA_ARGS__;                                  \
		expect_one(&host, name, grade, words);        \
	} while (0)
#define SET(field, text) snprintf(field, sizeof(field), "%s", text)

static void test_usbmuxd_defects(void)
{
	DEFECT("usbmuxd", GRADE_FAIL, "not installed", usbmuxd->installed = false);
	DEFECT("usbmuxd", GRADE_FAIL, "masked", usbmuxd->masked = true);
	DEFECT("usbmuxd", GRADE_WARN, "no systemd unit", usbmuxd->has_unit = false);
	DEFECT("usbmuxd.start", GRADE_WARN, "last device",
	       SET(usbmuxd->running, "usbmuxd --systemd -p"));
	DEFECT("usbmuxd.start", GRADE_WARN, "last device", SET(usbmuxd->running, "usbmuxd -pz"));
	DEFECT("usbmuxd.start", GRADE_WARN, "last device",
	       SET(usbmuxd->running, "usbmuxd --ud --no-pre"));
	DEFECT("usbmuxd.start", GRADE_WARN, "last device", usbmuxd->running[0] = '\0',
	       SET(usbmuxd->exec, "usbmuxd --enable-exit -p"));
	DEFECT("usbmuxd.restart", GRADE_WARN, "crashes", SET(usbmuxd->restart, ""));
	DEFECT("usbmuxd.restart", GRADE_WARN, "crashes", SET(usbmuxd->restart, "on-failure"));
	DEFECT("usbmuxd.preflight", GRADE_WARN, "pairs by itself",
	       SET(usbmuxd->running, "usbmuxd -f --user usbmux"));
	DEFECT("usbmuxd.files", GRADE_WARN, "1024", SET(usbmuxd->open_files, ""));
	DEFECT("usbmuxd.files", GRADE_WARN, "512", SET(usbmuxd->open_files, "512"));
	DEFECT("usbmuxd.socket", GRADE_FAIL, "every local user", usbmuxd->socket_mode = 0666);
	DEFECT("usbmuxd.socket", GRADE_FAIL, "may not use", usbmuxd->may_connect = false);
	DEFECT("usbmuxd.socket", GRADE_WARN, "not listen", usbmuxd->has_socket = false);
	DEFECT("usbmuxd.records", GRADE_WARN, "2775", usbmuxd->records_mode = 02775);
	DEFECT("usbmuxd.records", GRADE_FAIL, "3 pair records", usbmuxd->records_mode = 0755,
	       usbmuxd->open_records = 3);
	DEFECT("usbmuxd.answer", GRADE_FAIL, "hangs", usbmuxd->answer = ANSWER_SILENT);
	DEFECT("usbmuxd.answer", GRADE_FAIL, "No such file", usbmuxd->answer = ANSWER_AWAY,
	       SET(usbmuxd->answer_why, "No such file"));
	DEFECT("usbmuxd.hang", GRADE_WARN, "by hand", host.has_restarter = false);
}

static void test_host_defects(void)
{
	DEFECT("udevd", GRADE_WARN, "no udevd", host.has_udevd = false);
	DEFECT("udev.buffer", GRADE_WARN, "208 KiB", host.receive_max = 212992);
	DEFECT("state", GRADE_FAIL, "Permission denied", SET(host.state_why, "Permission denied"));
	DEFECT("ledger", GRADE_FAIL, "damaged", SET(host.ledger_why, "it is damaged"));
	DEFECT("disk", GRADE_WARN, "900 MiB", host.disk_free = 900ULL << 20);
	DEFECT("disk", GRADE_FAIL, "10 MiB", host.disk_free = 10ULL << 20);
	DEFECT("disk", GRADE_FAIL, "5 more files", host.files_free = 5);
	DEFECT("clock", GRADE_FAIL, "before", host.now = 899 * HOUR);
	DEFECT("clock", GRADE_WARN, "set back", host.now = 998 * HOUR);
	DEFECT("files", GRADE_WARN, "1024", host.open_files = 1024);
	DEFECT("files", GRADE_FAIL, "64", host.open_files = 64);
	DEFECT("programs", GRADE_FAIL, "muster-mux", SET(host.missing, "muster-mux"));
	DEFECT("refresh", GRADE_WARN, "downloaded anew", host.has_sources = true,
	       host.unit_closed = true);
	DEFECT("versions", GRADE_WARN, "CVE-2025-66004", SET(host.usbmuxd_version, "1.1.1-2"));
}

/* Debian 12's own usbmuxd, with a device. */
static void test_stock(void)
{
	static const struct {
		const char *name;
		enum grade grade;
	} want[] = {
		{ "usbmuxd", GRADE_OK },	   { "usbmuxd.start", GRADE_WARN },
		{ "usbmuxd.restart", GRADE_WARN }, { "usbmuxd.preflight", GRADE_WARN },
		{ "usbmuxd.files", GRADE_WARN },   { "usbmuxd.socket", GRADE_FAIL },
		{ "usbmuxd.records", GRADE_FAIL }, { "usbmuxd.answer", GRADE_OK },
		{ "usbmuxd.hang", GRADE_WARN },
	};
	struct host host = good();
	size_t count;

	SET(host.usbmuxd.exec, "/usr/sbin/usbmuxd --user usbmux --systemd");
	SET(host.usbmuxd.running, "/usr/sbin/usbmuxd --user usbmux --systemd");
	SET(host.usbmuxd.restart, "");
	SET(host.usbmuxd.open_files, "");
	host.usbmuxd.socket_mode = 0666;
	host.usbmuxd.records_mode = 02775;
	host.usbmuxd.open_records = 1;
	host.has_restarter = false;
	count = doctor_judge_usbmuxd(&host, checks);
	is_number((long long)count, sizeof want / sizeof want[0], "all of Debian's usbmuxd");
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		ok(strcmp(checks[i].name, want[i].name) == 0 && checks[i].grade == want[i].grade,
		   "%s: %s", want[i].name, grade_to_text(checks[i].grade));
}

/* Sources are of use when the station, or a timer beside it, reaches the network. */
static void test_refresh(void)
{
	struct host host = good();
	size_t count;

	host.has_sources = true;
	count = judge(&host);
	is_number(find(count, "refresh")->grade, GRADE_OK, "a station that reaches the network");
	host.unit_closed = true;
	host.has_refresher = true;
	count = judge(&host);
	is_number(find(count, "refresh")->grade, GRADE_OK, "a timer that does it for the station");
}

static void test_special(void)
{
	struct host host = good();
	size_t count;

	/* The drop-in is there, but the daemon is older. */
	SET(host.usbmuxd.running, "/usr/sbin/usbmuxd --user usbmux");
	count = judge(&host);
	ok(strstr(find(count, "usbmuxd.preflight")->remedy, "old options"),
	   "a usbmuxd from before the drop-in is told from one without");

	/* Comes with the first device: away is how it should be. */
	host = good();
	SET(host.usbmuxd.exec, "/usr/sbin/usbmuxd --user usbmux --systemd");
	host.usbmuxd.running[0] = '\0';
	host.usbmuxd.answer = ANSWER_AWAY;
	count = judge(&host);
	is_number(find(count, "usbmuxd.answer")->grade, GRADE_WARN,
		  "one that comes with the first device may be away");

	/* On another computer. */
	host = good();
	SET(host.usbmuxd.elsewhere, "bench:27015");
	host.usbmuxd.installed = false;
	count = doctor_judge_usbmuxd(&host, checks);
	ok(count == 1 && strcmp(checks[0].name, "usbmuxd.answer") == 0,
	   "of one that is elsewhere only the answer is judged");

	/* A file system without inodes, a clock that is a little behind. */
	host = good();
	host.files_free = UINT64_MAX;
	host.ledger_time = host.now + 1000;
	host.receive_max = 0;
	is_number(doctor_worst(checks, judge(&host)), GRADE_OK, "what is not known is no defect");

	host = good();
	SET(host.usbmuxd.exec, "/opt/usb-muxd-p/usbmuxd -U p-z");
	SET(host.usbmuxd.running, host.usbmuxd.exec);
	count = judge(&host);
	ok(find(count, "usbmuxd.preflight")->grade == GRADE_WARN &&
		   find(count, "usbmuxd.start")->grade == GRADE_OK,
	   "only options are options");
}

int main(void)
{
	test_good();
	test_usbmuxd_defects();
	test_host_defects();
	test_stock();
	test_refresh();
	test_special();
	return tap_done();
}
