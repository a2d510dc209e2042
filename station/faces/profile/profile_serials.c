/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile serials: serial numbers for Intune, as files or uploaded. */
#include "station/faces/profile/profile_serials.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "station/faces/profile/serial_list.h"
#include "station/faces/profile/source_face.h"
#include "station/graph/upload.h"
#include "station/ledger/ledger.h"
#include "station/tools/option.h"

#define VERB "muster profile serials"

static const char usage[] =
	"usage: muster profile serials [--batch NAME] [--csv PREFIX] [--upload] [--source NAME]\n"
	"                              [--platform ios|macos] [--from FILE] [--dry-run] [FILE]...\n"
	"\n"
	"Collects serial numbers: the devices that this station has seen, or the rows\n"
	"serial[,details] of the FILEs, which have no headings. Shows them, or:\n"
	"  --csv PREFIX     writes them as PREFIX-1.csv ..., which Intune's portal imports:\n"
	"                   no headings, at most 5000 rows a file\n"
	"  --upload         uploads them by Microsoft Graph, assigned to the source's profile\n"
	"  --batch NAME     only devices of this batch\n"
	"  --source NAME    the source in Intune, when there are several\n"
	"  --platform WORD  ios (default) or macos: what an upload is for\n"
	"  --from FILE      read the sources there\n"
	"  --dry-run        with --upload: sign in and look, but upload nothing\n"
	"\n"
	"Direct enrollment needs no serial numbers, unless its certificates come by ACME:\n"
	"then upload them before the profile is exported (muster profile refresh).\n"
	"\n"
	"Exit status: 0 done, 2 usage, 3 a file is wrong, 4 refused, or this host is in\n"
	"trouble, 5 no serial number.\n";

struct request {
	const char *batch, *csv, *source, *from, *platform;
	bool upload, only_look, help;
};

static int take_platform(const char *word, struct request *request)
{
	static const char *const words[] = { "ios", "macos" };

	request->platform = strcmp(word, words[0]) == 0 ? "ios" : "macOS";
	if (strcmp(word, words[0]) == 0 || strcmp(word, words[1]) == 0)
		return 0;
	option_unknown_word(VERB, "platform", word, words, 2);
	return -EINVAL;
}

static int take_option(int option, struct request *request)
{
	switch (option) {
	case 'b':
		request->batch = optarg;
		return 0;
	case 'c':
		request->csv = optarg;
		return 0;
	case 's':
		request->source = optarg;
		return 0;
	case 'f':
		request->from = optarg;
		return 0;
	case 'p':
		return take_platform(optarg, request);
	case 'u':
		request->upload = true;
		return 0;
	case 'n':
		request->only_look = true;
		return 0;
	case 'h':
		request->help = true;
		return 0;
	default: /* OPTION_WRONG */
		return -EINVAL;
	}
}

static int read_command_line(int argc, char **argv, struct request *ret_request)
{
	static const struct option longs[] = {
		{ "batch", required_argument, NULL, 'b' },
		{ "csv", required_argument, NULL, 'c' },
		{ "upload", no_argument, NULL, 'u' },
		{ "source", required_argument, NULL, 's' },
		{ "platform", required_argument, NULL, 'p' },
		{ "from", required_argument, NULL, 'f' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct request request = { .platform = "ios" };
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1)
		if (take_option(option, &request) < 0)
			return -EINVAL;
	if (request.batch && optind < argc) {
		fputs(VERB ": --batch is for the devices of the ledger, not for a FILE\n", stderr);
		return -EINVAL;
	}
	*ret_request = request;
	return 0;
}

/* Fills LIST from the files, or from the ledger without any. Returns -1 to go on or the exit
 * status. */
static int collect(const struct request *request, const char *state_option, char *const *files,
		   int count, struct serial_list *list)
{
	struct problems problems = { 0 };
	char why[LEDGER_WHY_MAX];
	struct state state;
	int r = 0;

	for (int i = 0; i < count && r != -ENOMEM; i++)
		r = serial_list_read(list, files[i], &problems);
	problems_print(&problems, stderr);
	if (problems.count > 0) {
		problems_done(&problems);
		return EXIT_FILE;
	}
	if (count == 0) {
		r = state_locate(state_option, &state);
		if (r < 0)
			state_explain(&state, r, why);
		if (r == 0 && (r = serial_list_recall(list, state.ledger, request->batch)) < 0)
			ledger_explain(state.ledger, r, why);
		if (r < 0)
			fprintf(stderr, VERB ": %s\n", why);
	}
	return r < 0 ? EXIT_TROUBLE : -1;
}

static void tell_refused(const char *serial, void *userdata)
{
	(void)userdata;
	fprintf(stderr, VERB ": Intune did not take %s\n", serial);
}

static int do_upload(const struct request *request, const char *state_option,
		     const struct serial_list *list)
{
	struct upload upload = { .serials = list->list,
				 .count = list->count,
				 .platform = request->platform,
				 .may_ask = source_face_may_ask(),
				 .only_look = request->only_look,
				 .each_refused = tell_refused };
	struct sources *sources = NULL;
	const struct source *source;
	struct refusal refusal;
	struct state state;
	int status = source_face_open(VERB, state_option, request->from, &state, &sources);

	if (status < 0)
		status = source_face_intune(VERB, sources, request->source, &source);
	if (status < 0 && upload_serials(source, &upload, &refusal) < 0) {
		fprintf(stderr, VERB ": %s: %s\n", source->name, refusal.text);
		status = (int)source_face_exit(&refusal);
	}
	if (status < 0)
		printf("%s: %s %zu serial numbers for the profile %s, %u taken\n", source->name,
		       request->only_look ? "would upload" : "uploaded", list->count,
		       source->profile, upload.taken);
	if (status < 0)
		status = request->only_look || upload.taken == list->count ? EXIT_PASSED
									   : EXIT_TROUBLE;
	sources_free(sources);
	return status;
}

static int do_csv(const struct request *request, const struct serial_list *list)
{
	int files = serial_list_write(list, request->csv);

	if (files < 0) {
		fprintf(stderr, VERB ": %s-….csv: %s\n", request->csv, strerror(-files));
		return files == -EEXIST ? EXIT_FILE : EXIT_TROUBLE;
	}
	printf("%zu serial numbers in %s-1.csv%s\n", list->count, request->csv,
	       files > 1 ? " and following" : "");
	return EXIT_PASSED;
}

/* Does what was asked for with LIST. */
static int use(const struct request *request, const char *state_option,
	       const struct serial_list *list)
{
	int status = EXIT_PASSED;

	if (list->count == 0) {
		fputs(VERB ": no serial number\n", stderr);
		return EXIT_NOTHING;
	}
	if (request->csv)
		status = do_csv(request, list);
	if (request->upload && status == EXIT_PASSED)
		status = do_upload(request, state_option, list);
	if (!request->csv && !request->upload)
		for (size_t i = 0; i < list->count; i++)
			printf("%s,%s\n", list->list[i].number, list->list[i].details);
	return status;
}

int profile_serials(const char *state_option, int argc, char **argv)
{
	struct serial_list list = { .count = 0 };
	struct request request;
	int status;

	if (read_command_line(argc, argv, &request) < 0)
		return EXIT_USAGE;
	if (request.help) {
		fputs(usage, stdout);
		return EXIT_PASSED;
	}
	status = collect(&request, state_option, argv + optind, argc - optind, &list);
	if (status < 0)
		status = use(&request, state_option, &list);
	serial_list_done(&list);
	return status;
}
