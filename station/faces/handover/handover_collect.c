/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover collect: what Macs wrote to a stick, taken into the ledger. */
#include "station/faces/handover/handover_collect.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/files/digest.h"
#include "station/faces/fault_json.h"
#include "station/faces/handover/handover_profile.h"
#include "station/faces/handover/handover_volume.h"
#include "station/faces/handover/handover_write.h"
#include "station/faces/json_text.h"
#include "station/faces/profile/library_face.h"
#include "station/faces/handover/mac_report_json.h"
#include "station/faces/result_json.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"
#include "station/tools/report_folder.h"
#include "station/tools/stick_files.h"

#define VERB "muster handover collect"

static const char usage[] =
	"usage: muster handover collect [--profile FILE] [--batch NAME] [--json] DEVICE|DIR\n"
	"\n"
	"Reads what Enroll.command wrote to the stick at each Mac, and writes a result for each\n"
	"into the ledger. A result is verified only when the Mac itself reports that it is\n"
	"enrolled where the profile enrolls, by the library's own copy of the profile. A report\n"
	"that was collected before adds nothing. The stick stays as it is.\n"
	"\n"
	"DEVICE is the stick's (/dev/sdb1), DIR the folder where it is mounted, or a copy of it.\n"
	"\n"
	"  --profile FILE  the profile that was on the stick, if it is not in the library\n"
	"  --batch NAME    these Macs belong together\n"
	"  --json          the collected reports as JSON\n"
	"  -h, --help      this\n"
	"\n"
	"Exit status: 0 every Mac is enrolled and verified, 1 some is not, 2 usage, 3 a report or\n"
	"--profile cannot be read, 4 the stick or the ledger cannot be used, 5 no report.\n";

struct collection {
	const struct state *state;
	const char *file; /* of --profile, or NULL */
	const char *batch;
	json_t *list; /* of --json, or NULL */
	unsigned count, verified, spoilt;
};

/* What the report of FOLDER/NAME says. Returns 0 and both results, or -EINVAL, told. */
static int read_report(const struct report_folder *folder, const char *name,
		       struct mac_report *ret_report, char ret_sha256[static 65])
{
	char shown[CLEAN_MAX + 1], *text;
	const char *why = "";
	size_t size;
	int r = stick_read(folder->fd, name, MAC_REPORT_MAX, &text, &size);

	if (r < 0) {
		why = r == -EFBIG    ? "is larger than any report"
		      : r == -EINVAL ? "is no file"
				     : strerror(-r);
	} else {
		digest_to_text((const unsigned char *)text, size, ret_sha256);
		r = mac_report_from_json(text, size, ret_report, &why);
		free(text);
	}
	if (r < 0) {
		clean_string(name, shown);
		fprintf(stderr, VERB ": %s %s; it is left out\n", shown, why);
		return -EINVAL;
	}
	return 0;
}

/* Judges REPORT by our own copy of its profile, and fills HANDOVER. Returns 0 or negative errno. */
static int judge(const struct collection *collection, const struct mac_report *report,
		 struct handover *handover)
{
	struct handover_profile profile;
	struct mac_expected expected = { .known = false, .host = "", .identifier = "" };
	int r = handover_profile_by_digest(collection->state, collection->file,
					   report->profile_sha256, &profile);

	if (r < 0 && r != -ENOENT)
		return r;
	if (r == 0) {
		expected = handover_profile_expected(&profile);
		clean_string(profile.name, handover->profile);
	}
	handover->standing = mac_report_judge(report, &expected);
	if (r == 0)
		handover_profile_done(&profile);
	clean_string(report->serial.text, handover->serial);
	clean_string(report->product, handover->product);
	clean_string(report->os, handover->os);
	clean_string(report->build, handover->build);
	clean_string(report->host, handover->note);
	strcpy(handover->profile_sha256, report->profile_sha256);
	clean_string(collection->batch, handover->batch);
	handover_sign(handover);
	return 0;
}

static void tell(struct collection *collection, const struct handover *handover, bool known)
{
	bool verified = handover_is_verified(handover->standing);

	collection->count++;
	collection->verified += verified;
	if (!collection->list) {
		printf("%-14s %s%s%s%s\n", handover->serial,
		       handover_standing_sentence(handover->standing),
		       handover->note[0] ? ": " : "", handover->note,
		       known ? " (collected before)" : "");
		return;
	}
	json_array_append_new(
		collection->list,
		json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:b, s:b}", "serial", handover->serial,
			  "standing", handover_standing_to_text(handover->standing), "outcome",
			  text_to_json(outcome_to_text(handover_outcome(handover->standing))),
			  "report_sha256", handover->report_sha256, "profile",
			  text_to_json(handover->profile), "server", text_to_json(handover->note),
			  "verified", verified, "known", known));
}

/* Takes the report of FOLDER/NAME. Returns -1 to go on, or the exit status, told. */
static int collect(struct collection *collection, const struct report_folder *folder,
		   const char *name)
{
	struct handover handover = { .way = HANDOVER_STICK };
	char why[CALL_WHY_MAX];
	struct mac_report report;
	int r;

	if (read_report(folder, name, &report, handover.report_sha256) < 0) {
		collection->spoilt++;
		return -1;
	}
	r = judge(collection, &report, &handover);
	if (r == -EINVAL)
		return EXIT_FILE; /* its problems have been told */
	if (r < 0) {
		fprintf(stderr, VERB ": the profile of %s: %s\n", report.serial.text, strerror(-r));
		return EXIT_TROUBLE;
	}
	r = handover_write(collection->state, &handover, why);
	if (r < 0 && r != -EEXIST) {
		fprintf(stderr, VERB ": %s\n", why);
		return EXIT_TROUBLE;
	}
	tell(collection, &handover, r == -EEXIST);
	return -1;
}

static int end(struct collection *collection)
{
	char *line = NULL;

	if (collection->list) {
		line = json_to_line(json_pack("{s:s, s:O}", "schema", JSON_SCHEMA, "handovers",
					      collection->list));
		fputs(line ? line : "", stdout);
		free(line);
		if (!line)
			return EXIT_TROUBLE;
	}
	if (collection->spoilt > 0)
		return EXIT_FILE;
	if (collection->count == 0) {
		fputs(VERB ": no Mac has written a report on it yet\n", stderr);
		return EXIT_NOTHING;
	}
	return collection->verified == collection->count ? EXIT_PASSED : EXIT_NOT_PASSED;
}

static int collect_all(struct collection *collection, const char *top)
{
	struct report_folder folder;
	int r = report_folder_open(top, &folder), status = -1;

	if (r < 0) {
		fprintf(stderr, VERB ": %s: %s\n", top,
			r == -ENOENT  ? "it has no folder Enroll/results: muster handover stick "
					"did not write it"
			: r == -E2BIG ? "it has more reports than one stick can"
				      : strerror(-r));
		return EXIT_TROUBLE;
	}
	for (size_t i = 0; status < 0 && i < folder.count; i++)
		status = collect(collection, &folder, folder.names[i]);
	report_folder_close(&folder);
	return status < 0 ? end(collection) : status;
}

/* The folder that WORD means. Returns -1 and RET_VOLUME, or the exit status. */
static int find_top(const char *word, struct volume *ret_volume)
{
	if (strncmp(word, "/dev/", 5) == 0)
		return handover_volume_find(VERB, &mounts_this_host, word, ret_volume);
	if (snprintf(ret_volume->mount, sizeof ret_volume->mount, "%s", word) <
	    (int)sizeof ret_volume->mount)
		return -1;
	fputs(VERB ": the folder's name is too long\n", stderr);
	return EXIT_USAGE;
}

/* Returns -1 and the index of the operand in optind, or the exit status. */
static int read_command_line(int argc, char **argv, struct collection *collection, bool *ret_json)
{
	static const struct option longs[] = {
		{ "profile", required_argument, NULL, 'p' },
		{ "batch", required_argument, NULL, 'b' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return EXIT_PASSED;
		}
		if (option == OPTION_WRONG)
			return EXIT_USAGE;
		if (option == 'p')
			collection->file = optarg;
		if (option == 'b')
			collection->batch = optarg;
		*ret_json |= option == 'j';
	}
	if (argc - optind == 1)
		return -1;
	fputs(VERB ": which stick? It takes one device or folder\n", stderr);
	return EXIT_USAGE;
}

int handover_collect(const char *state_option, int argc, char **argv)
{
	struct collection collection = { .batch = "" };
	struct volume volume;
	struct state state;
	bool as_json = false;
	int status = read_command_line(argc, argv, &collection, &as_json);

	if (status < 0)
		status = library_locate(VERB, state_option, &state);
	if (status < 0)
		status = find_top(argv[optind], &volume);
	if (status >= 0)
		return status;
	collection.state = &state;
	collection.list = as_json ? json_array() : NULL;
	status = collect_all(&collection, volume.mount);
	json_decref(collection.list);
	return status;
}
