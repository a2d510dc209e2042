/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover record: a Mac's result by a person's word. */
#include "station/faces/handover/handover_record.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "station/faces/handover/handover_write.h"
#include "station/faces/profile/library_face.h"
#include "station/rules/mac_serial.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

#define VERB "muster handover record"

static const char usage[] =
	"usage: muster handover record [--enrolled] [--asset A] [--note TEXT] [--profile NAME]\n"
	"                              [--batch NAME] SERIAL\n"
	"\n"
	"Writes into the ledger that the Mac with this serial number was handed its profile.\n"
	"SERIAL is typed, or read by a barcode scanner; the S that barcodes on boxes have in\n"
	"front is left out. Nothing proves it: the result says \"verified\": false.\n"
	"\n"
	"  --enrolled      you have seen on the Mac that it is enrolled\n"
	"  --asset A       its asset tag\n"
	"  --note TEXT     anything else\n"
	"  --profile NAME  which profile it was\n"
	"  --batch NAME    these Macs belong together\n"
	"  -h, --help      this\n"
	"\n"
	"Exit status: 0, 2 usage, 4 it could not be written: a station holds the state directory\n"
	"and does not answer, or the disk is full.\n";

struct request {
	struct handover handover;
	bool help;
};

/* Takes what stands in optarg as NAME, clean as it is. */
static bool take_text(const char *name, char out[static CLEAN_MAX + 1])
{
	clean_string(optarg, out);
	if (*optarg && strcmp(out, optarg) == 0)
		return true;
	fprintf(stderr, VERB ": --%s must be a text of up to %d bytes that can be printed\n", name,
		CLEAN_MAX);
	return false;
}

static bool take_option(int option, struct request *request)
{
	struct handover *handover = &request->handover;

	switch (option) {
	case 'e':
		handover->standing = HANDOVER_TOLD;
		return true;
	case 'a':
		return take_text("asset", handover->asset);
	case 'n':
		return take_text("note", handover->note);
	case 'p':
		return take_text("profile", handover->profile);
	case 'b':
		return take_text("batch", handover->batch);
	case 'h':
		return request->help = true;
	default: /* a wrong one, which has been told */
		return false;
	}
}

static bool take_serial(const char *typed, struct handover *handover)
{
	struct mac_serial serial;
	char shown[CLEAN_MAX + 1];
	enum mac_serial_fault fault = mac_serial_read(typed, &serial);

	if (fault != MAC_SERIAL_FINE) {
		clean_string(typed, shown);
		fprintf(stderr, VERB ": \"%.40s\": %s\n", shown, mac_serial_sentence(fault));
		return false;
	}
	if (serial.barcode)
		fprintf(stderr, VERB ": taken as %s, without the barcode's S\n", serial.text);
	clean_string(serial.text, handover->serial);
	return true;
}

/* Returns -1 to go on, or the exit status. */
static int read_command_line(int argc, char **argv, struct request *request)
{
	static const struct option longs[] = {
		{ "enrolled", no_argument, NULL, 'e' },
		{ "asset", required_argument, NULL, 'a' },
		{ "note", required_argument, NULL, 'n' },
		{ "profile", required_argument, NULL, 'p' },
		{ "batch", required_argument, NULL, 'b' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1)
		if (!take_option(option, request))
			return EXIT_USAGE;
	if (request->help) {
		fputs(usage, stdout);
		return EXIT_PASSED;
	}
	if (argc - optind != 1) {
		fputs(VERB ": which Mac? It takes one serial number\n", stderr);
		return EXIT_USAGE;
	}
	return take_serial(argv[optind], &request->handover) ? -1 : EXIT_USAGE;
}

int handover_record(const char *state_option, int argc, char **argv)
{
	struct request request = { .handover = { .way = HANDOVER_RECORD,
						 .standing = HANDOVER_GIVEN } };
	const struct handover *handover = &request.handover;
	char why[CALL_WHY_MAX];
	struct state state;
	int status = read_command_line(argc, argv, &request);

	if (status < 0)
		status = library_locate(VERB, state_option, &state);
	if (status >= 0)
		return status;
	handover_sign(&request.handover);
	if (handover_write(&state, handover, why) < 0) {
		fprintf(stderr, VERB ": %s\n", why);
		return EXIT_TROUBLE;
	}
	printf("%s: %s, not verified\n", handover->serial,
	       handover_standing_sentence(handover->standing));
	return EXIT_PASSED;
}
