/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be thought of this host's usbmuxd: how it lives, what it does by itself, who may use
 * it. */
#include <stdlib.h>
#include <string.h>

#include "station/rules/doctor.h"

/* One remedy for what the drop-in cures. */
#define DROP_IN                                                                              \
	"install muster's drop-in (sudo make install), then: sudo systemctl daemon-reload; " \
	"sudo systemctl restart usbmuxd"
/* The drop-in's LimitNOFILE is 65536; systemd's default of 1024 is used up by a full bench. */
#define OPEN_FILES_MIN 4096

/*
 * Whether COMMAND, words with blanks between, has the option LONG_FORM ("--systemd"), which may be
 * cut short, or its letter among others ("-vz").
 */
static bool has_option(const char *command, const char *long_form, char letter)
{
	while (*command) {
		size_t len = strcspn(command, " ");
		bool dash = len > 1 && command[0] == '-', two = dash && command[1] == '-';

		if (two && len > 3 && len <= strlen(long_form) &&
		    strncmp(command, long_form, len) == 0)
			return true;
		if (dash && !two && memchr(command, letter, len))
			return true;
		command += len;
		command += strspn(command, " ");
	}
	return false;
}

/* What counts is how the one that runs was started; without one, how it would be. */
static const char *command_of(const struct host_usbmuxd *usbmuxd)
{
	return usbmuxd->running[0] ? usbmuxd->running : usbmuxd->exec;
}

/* The one that runs is not the one that its unit would start. */
static bool is_stale(const struct host_usbmuxd *usbmuxd, const char *long_form, char letter)
{
	return usbmuxd->running[0] && usbmuxd->exec[0] &&
	       has_option(usbmuxd->running, long_form, letter) !=
		       has_option(usbmuxd->exec, long_form, letter);
}

static bool ends_by_itself(const char *command)
{
	return has_option(command, "--systemd", 's') || has_option(command, "--enable-exit", 'z') ||
	       has_option(command, "--udev", 'u');
}

static void judge_installed(const struct host *host, struct check *check)
{
	const struct host_usbmuxd *usbmuxd = &host->usbmuxd;

	if (!usbmuxd->installed) {
		check_say(check, GRADE_FAIL, "usbmuxd is not installed");
		check_advise(check, "sudo apt-get install usbmuxd");
	} else if (usbmuxd->masked) {
		check_say(check, GRADE_FAIL, "usbmuxd.service is masked: it cannot be started");
		check_advise(check, "sudo systemctl unmask usbmuxd");
	} else if (!usbmuxd->has_unit) {
		check_say(check, GRADE_WARN, "usbmuxd has no systemd unit: nobody starts it again");
		check_advise(check, "install the distribution's package, then muster's drop-in");
	} else {
		check_say(check, GRADE_OK, "usbmuxd is installed");
	}
}

static void judge_start(const struct host *host, struct check *check)
{
	const struct host_usbmuxd *usbmuxd = &host->usbmuxd;
	const char *command = command_of(usbmuxd);

	if (!*command) {
		check_say(check, GRADE_WARN, "how usbmuxd is started is not known");
	} else if (ends_by_itself(command)) {
		check_say(check, GRADE_WARN,
			  "usbmuxd ends when the last device is unplugged, and may miss the next "
			  "one that is plugged in");
		check_advise(check, DROP_IN);
	} else {
		check_say(check, GRADE_OK, "usbmuxd stays when the last device is unplugged");
	}
}

static void judge_restart(const struct host *host, struct check *check)
{
	const struct host_usbmuxd *usbmuxd = &host->usbmuxd;

	if (strcmp(usbmuxd->restart, "always") == 0) {
		check_say(check, GRADE_OK, "usbmuxd is started again whenever it ends");
		return;
	}
	check_say(
		check, GRADE_WARN,
		"a usbmuxd that crashes is not started again until the next device is plugged in");
	check_advise(check, DROP_IN);
}

static void judge_preflight(const struct host *host, struct check *check)
{
	const struct host_usbmuxd *usbmuxd = &host->usbmuxd;
	const char *command = command_of(usbmuxd);

	if (*command && has_option(command, "--no-preflight", 'p')) {
		check_say(check, GRADE_OK, "usbmuxd leaves the pairing to muster");
		return;
	}
	check_say(
		check, GRADE_WARN,
		"usbmuxd pairs by itself with each new device: it raises a Trust dialog, and does "
		"not show devices that are slow to answer it");
	if (is_stale(usbmuxd, "--no-preflight", 'p'))
		check_advise(check, "it runs with old options: sudo systemctl daemon-reload; sudo "
				    "systemctl restart usbmuxd");
	else
		check_advise(check, DROP_IN);
}

static void judge_limits(const struct host *host, struct check *check)
{
	const char *limit = host->usbmuxd.open_files;

	/* "65536", "1024:65536", "infinity" */
	if (strcmp(limit, "infinity") == 0 || strtoul(limit, NULL, 10) >= OPEN_FILES_MIN) {
		check_say(check, GRADE_OK, "usbmuxd may open enough files");
		return;
	}
	check_say(check, GRADE_WARN, "usbmuxd may open %s files, and ends when it needs one more",
		  *limit ? limit : "1024");
	check_advise(check, DROP_IN);
}

static void judge_socket(const struct host *host, struct check *check)
{
	const struct host_usbmuxd *usbmuxd = &host->usbmuxd;

	if (!usbmuxd->has_socket) {
		check_say(check, GRADE_WARN, "usbmuxd does not listen now");
		check_advise(check,
			     usbmuxd->has_unit ? "sudo systemctl start usbmuxd" : "start it");
	} else if (!usbmuxd->may_connect) {
		check_say(check, GRADE_FAIL, "you may not use usbmuxd's socket (mode %04o)",
			  usbmuxd->socket_mode);
		check_advise(check, "sudo adduser \"$USER\" muster, then log in again");
	} else if (usbmuxd->socket_mode & 0006) {
		check_say(check, GRADE_FAIL,
			  "every local user may use usbmuxd (socket mode %04o): read each pair "
			  "record, delete it, stop the daemon",
			  usbmuxd->socket_mode);
		check_advise(check, DROP_IN);
	} else {
		check_say(check, GRADE_OK, "usbmuxd's socket is for its group only");
	}
}

static void judge_records(const struct host *host, struct check *check)
{
	const struct host_usbmuxd *usbmuxd = &host->usbmuxd;

	if (!usbmuxd->has_records) {
		check_say(check, GRADE_OK, "there are no pair records yet");
	} else if ((usbmuxd->records_mode & 0077) == 0) {
		check_say(check, GRADE_OK, "pair records are usbmuxd's alone");
	} else if (usbmuxd->open_records > 0) {
		check_say(
			check, GRADE_FAIL,
			"others may read %u pair records in /var/lib/lockdown: whoever has one is "
			"trusted by the device",
			usbmuxd->open_records);
		check_advise(check, "sudo chmod 0700 /var/lib/lockdown; for good: " DROP_IN);
	} else {
		check_say(check, GRADE_WARN,
			  "others may look into /var/lib/lockdown (mode %04o), where pair records "
			  "come to lie",
			  usbmuxd->records_mode);
		check_advise(check, DROP_IN);
	}
}

static void judge_answer(const struct host *host, struct check *check)
{
	const struct host_usbmuxd *usbmuxd = &host->usbmuxd;

	switch (usbmuxd->answer) {
	case ANSWER_YES:
		check_say(check, GRADE_OK, "usbmuxd answers");
		return;
	case ANSWER_SILENT:
		check_say(check, GRADE_FAIL,
			  "usbmuxd hangs: it takes connections, but answers nobody");
		check_advise(check, "sudo systemctl kill --signal=KILL usbmuxd; sudo systemctl "
				    "restart usbmuxd");
		return;
	case ANSWER_AWAY:
		/* One that comes with the first device is not there before. */
		check_say(check, ends_by_itself(usbmuxd->exec) ? GRADE_WARN : GRADE_FAIL,
			  "usbmuxd cannot be reached: %.200s", usbmuxd->answer_why);
		check_advise(check, usbmuxd->elsewhere[0]
					    ? "start it there, or correct USBMUXD_SOCKET_ADDRESS"
					    : "sudo systemctl start usbmuxd");
		return;
	case ANSWER_UNKNOWN:
		check_say(check, GRADE_WARN, "usbmuxd could not be asked: %.200s",
			  usbmuxd->answer_why);
		return;
	}
}

static void judge_restarter(const struct host *host, struct check *check)
{
	if (host->has_restarter) {
		check_say(check, GRADE_OK, "a usbmuxd that hangs can be restarted for the station");
		return;
	}
	check_say(check, GRADE_WARN, "a usbmuxd that hangs has to be restarted by hand");
	check_advise(check, "sudo make install; sudo systemctl enable --now muster-usbmuxd.path");
}

static const struct {
	const char *name;
	bool remote; /* to be known of a usbmuxd that is elsewhere, too */
	void (*judge)(const struct host *host, struct check *check);
} rules[] = {
	{ "usbmuxd", false, judge_installed },
	{ "usbmuxd.start", false, judge_start },
	{ "usbmuxd.restart", false, judge_restart },
	{ "usbmuxd.preflight", false, judge_preflight },
	{ "usbmuxd.files", false, judge_limits },
	{ "usbmuxd.socket", false, judge_socket },
	{ "usbmuxd.records", false, judge_records },
	{ "usbmuxd.answer", true, judge_answer },
	{ "usbmuxd.hang", false, judge_restarter },
};
#define RULES (sizeof rules / sizeof rules[0])

size_t doctor_judge_usbmuxd(const struct host *host, struct check out[static CHECKS_MAX])
{
	const struct host_usbmuxd *usbmuxd = &host->usbmuxd;
	size_t count = 0;

	for (size_t i = 0; i < RULES; i++) {
		if (usbmuxd->elsewhere[0] && !rules[i].remote)
			continue;
		/* The one of a disk image cannot be asked. */
		if (rules[i].judge == judge_answer && usbmuxd->answer == ANSWER_UNKNOWN &&
		    !usbmuxd->answer_why[0])
			continue;
		/* Of one that is not there nothing else is to be said. */
		if (count > 0 && !usbmuxd->elsewhere[0] && !usbmuxd->installed)
			break;
		out[count] = (struct check){ .name = rules[i].name };
		rules[i].judge(host, &out[count++]);
	}
	return count;
}
