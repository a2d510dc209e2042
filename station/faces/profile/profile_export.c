/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile export: writes the very bytes of a profile of the library. */
#include "config.h"

#include "station/faces/profile/profile_export.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "station/faces/profile/library_face.h"
#include "station/faces/new_file.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

#define VERB "muster profile export"

static const char usage[] =
	"usage: muster profile export NAME|DIGEST -o FILE|-\n"
	"\n"
	"Writes a profile of the library as it was taken in, byte for byte. A file that is there\n"
	"already is not overwritten; - is standard output.\n"
	"\n"
	"  -o, --output FILE  where to\n"
	"  -h, --help         this\n"
	"\n"
	"Exit status: 0, 2 usage, 3 no such profile, or it is damaged, 4 FILE cannot be written.\n";

static int export(const char *state_option, const char *word, const char *output)
{
	const struct library_entry *entry;
	struct library library;
	struct state state;
	unsigned char *bytes = NULL;
	size_t size;
	int status = library_open(VERB, state_option, &state, &library), r;

	if (status >= 0)
		return status;
	status = library_mean(VERB, &library, word, &entry);
	if (status < 0) {
		r = library_bytes(state.profiles, entry, &bytes, &size);
		if (r < 0) {
			fprintf(stderr, VERB ": %s: %s\n", word,
				r == -EBADMSG ? "the bytes in the library were changed"
					      : strerror(-r));
			status = EXIT_FILE;
		} else {
			status = new_file_write(VERB, output, bytes, size);
		}
	}
	free(bytes);
	library_done(&library);
	return status;
}

int profile_export(const char *state_option, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "output", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *output = NULL;
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, ":ho:", longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return EXIT_PASSED;
		}
		if (option != 'o')
			return EXIT_USAGE;
		output = optarg;
	}
	if (argc - optind != 1 || !output) {
		fputs(argc - optind != 1 ? VERB ": which profile? It takes one name or digest\n"
					 : VERB ": where to? Give -o FILE, or -o - for standard "
						"output\n",
		      stderr);
		return EXIT_USAGE;
	}
	return export(state_option, argv[optind], output);
}
