/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be thought of a host: each thing a line, with the remedy. */
#include "station/rules/doctor.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What a station works with: a full bench of results is a few megabytes, an app some hundred. */
#define DISK_FAIL (64ULL << 20)
#define DISK_WARN (1ULL << 30)
#define FILES_MIN 1000
/* Descriptors of muster-mux: eight for each of a bench's devices, and some. */
#define OPEN_FILES_FAIL 256
#define OPEN_FILES_WARN 4096
/* What a full bench of uevents needs in one burst; 184 fit into Debian's default. */
#define RECEIVE_MIN (1ULL << 20)
/* The clock of a file system may be a little ahead, in milliseconds. */
#define CLOCK_SLACK 60000

const char *grade_to_text(enum grade grade)
{
	static const char *const texts[] = { "ok", "warn", "fail" };

	return texts[grade];
}

void check_say(struct check *check, enum grade grade, const char *format, ...)
{
	va_list args;

	check->grade = grade;
	va_start(args, format);
	vsnprintf(check->text, sizeof check->text, format, args);
	va_end(args);
}

void check_advise(struct check *check, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(check->remedy, sizeof check->remedy, format, args);
	va_end(args);
}

enum grade doctor_worst(const struct check *checks, size_t count)
{
	enum grade worst = GRADE_OK;

	for (size_t i = 0; i < count; i++)
		if (checks[i].grade > worst)
			worst = checks[i].grade;
	return worst;
}

static void judge_udevd(const struct host *host, struct check *check)
{
	if (host->has_udevd) {
		check_say(check, GRADE_OK, "udevd runs");
		return;
	}
	check_say(check, GRADE_WARN,
		  "no udevd: ports are not known, slots are numbered by arrival");
	check_advise(check, "run the station on the host itself, not in a container");
}

static void judge_buffer(const struct host *host, struct check *check)
{
	if (host->receive_max == 0 || host->receive_max >= RECEIVE_MIN) {
		check_say(check, GRADE_OK, "bursts of USB events have room");
		return;
	}
	check_say(check, GRADE_WARN,
		  "the kernel lets us keep %" PRIu64 " KiB of USB events: a large hub that comes "
		  "back makes more, and the bus is looked through anew then",
		  host->receive_max / 1024);
	check_advise(check, "echo net.core.rmem_max=4194304 | sudo tee /etc/sysctl.d/muster.conf; "
			    "sudo sysctl --system");
}

static void judge_state(const struct host *host, struct check *check)
{
	if (!host->state_why[0]) {
		check_say(check, GRADE_OK, "%s can be written to", host->state);
		return;
	}
	check_say(check, GRADE_FAIL, "%s cannot be written to: %.200s", host->state,
		  host->state_why);
	check_advise(check, "run as the station's user, or give --state DIR");
}

static void judge_ledger(const struct host *host, struct check *check)
{
	if (host->ledger_why[0]) {
		check_say(check, GRADE_FAIL, "%s", host->ledger_why);
		check_advise(check, "mend it, or put it aside; without it no result is safe");
	} else if (host->has_ledger) {
		check_say(check, GRADE_OK, "the ledger can be read and written");
	} else {
		check_say(check, GRADE_OK, "there is no ledger yet; the first run makes it");
	}
}

static void judge_disk(const struct host *host, struct check *check)
{
	if (!host->disk_known) {
		check_say(check, GRADE_WARN, "the free space cannot be asked for");
		return;
	}
	check_say(check, GRADE_OK, "%" PRIu64 " MiB are free", host->disk_free >> 20);
	if (host->disk_free < DISK_WARN)
		check->grade = GRADE_WARN;
	if (host->disk_free < DISK_FAIL)
		check->grade = GRADE_FAIL;
	if (host->files_free < FILES_MIN)
		check_say(check, GRADE_FAIL, "only %" PRIu64 " more files can be made",
			  host->files_free);
	if (check->grade != GRADE_OK)
		check_advise(check, "make room where %s is", host->state);
}

static void judge_clock(const struct host *host, struct check *check)
{
	if (host->program_time && host->now + CLOCK_SLACK < host->program_time) {
		check_say(check, GRADE_FAIL,
			  "the clock is wrong: it is before the time when muster was installed");
		check_advise(check, "sudo timedatectl set-ntp true, or set it by hand");
	} else if (host->ledger_time && host->now + CLOCK_SLACK < host->ledger_time) {
		check_say(check, GRADE_WARN,
			  "the clock has been set back: the ledger was written later than now");
		check_advise(check, "set the clock before the next batch; what is held for 12 "
				    "hours goes by it");
	} else {
		check_say(check, GRADE_OK, "the clock is later than all that it stamped");
	}
}

static void judge_open_files(const struct host *host, struct check *check)
{
	if (host->open_files == 0 || host->open_files >= OPEN_FILES_WARN) {
		check_say(check, GRADE_OK, "a process may open enough files");
		return;
	}
	check_say(check, host->open_files < OPEN_FILES_FAIL ? GRADE_FAIL : GRADE_WARN,
		  "a process may open %" PRIu64 " files: enough for about %" PRIu64 " devices",
		  host->open_files, host->open_files / 8);
	check_advise(check, "raise the hard limit: LimitNOFILE= of the unit, or ulimit -H -n");
}

static void judge_programs(const struct host *host, struct check *check)
{
	if (!host->missing[0]) {
		check_say(check, GRADE_OK, "muster's own programs are there");
		return;
	}
	check_say(check, GRADE_FAIL, "not found: %s", host->missing);
	check_advise(check, "install muster whole, or run it from its build tree");
}

static void judge_versions(const struct host *host, struct check *check)
{
	const char *usbmuxd = host->usbmuxd_version, *library = host->library_version;

	check_say(check, GRADE_OK, "usbmuxd %s, libimobiledevice %s",
		  *usbmuxd ? usbmuxd : "(not known)", *library ? library : "(not known)");
	/* The first fix of CVE-2025-66004 in Debian 12. */
	if (strcmp(usbmuxd, "1.1.1-2") != 0)
		return;
	check_say(check, GRADE_WARN,
		  "usbmuxd %s lets every local user write files (CVE-2025-66004)", usbmuxd);
	check_advise(check, "sudo apt-get update; sudo apt-get install usbmuxd");
}

static void judge_refresh(const struct host *host, struct check *check)
{
	if (!host->has_sources) {
		check_say(check, GRADE_OK,
			  "no sources.yaml: profiles come into the library by hand");
		return;
	}
	if (!host->unit_closed || host->has_refresher) {
		check_say(check, GRADE_OK, "profiles that are about to expire are downloaded anew");
		return;
	}
	check_say(check, GRADE_WARN,
		  "there is a sources.yaml, but muster.service may reach nothing beyond this host: "
		  "no profile is downloaded anew");
	check_advise(check, "sudo systemctl enable --now muster-refresh.timer");
}

static const struct {
	const char *name;
	void (*judge)(const struct host *host, struct check *check);
} rules[] = {
	{ "udevd", judge_udevd },	{ "udev.buffer", judge_buffer },
	{ "state", judge_state },	{ "ledger", judge_ledger },
	{ "disk", judge_disk },		{ "clock", judge_clock },
	{ "files", judge_open_files },	{ "programs", judge_programs },
	{ "versions", judge_versions }, { "refresh", judge_refresh },
};

size_t doctor_judge_host(const struct host *host, struct check out[static CHECKS_MAX])
{
	size_t count = sizeof rules / sizeof rules[0];

	for (size_t i = 0; i < count; i++) {
		out[i] = (struct check){ .name = rules[i].name };
		rules[i].judge(host, &out[i]);
	}
	return count;
}
