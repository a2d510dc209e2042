/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover stick: the profile, its instructions and Enroll.command on a USB stick. */
#include "station/faces/handover/handover_stick.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "profiles/files/digest.h"
#include "profiles/files/operator_file.h"
#include "station/faces/handover/handover_profile.h"
#include "station/faces/handover/handover_sheet.h"
#include "station/faces/handover/handover_volume.h"
#include "station/faces/profile/library_face.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"
#include "station/tools/programs.h"
#include "station/tools/stick_files.h"
#include "station/tools/text_stream.h"

#define VERB "muster handover stick"

/* Largest Enroll.command that is shipped. */
#define SCRIPT_MAX (64U << 10)

static const char usage[] =
	"usage: muster handover stick [--profile NAME|FILE] [--dry-run] DEVICE|DIR\n"
	"\n"
	"Writes an enrollment profile to a USB stick, into its folder \"" HANDOVER_FOLDER
	"\", with\n"
	"instructions to read and to print, and Enroll.command: double-clicked on a Mac, it opens\n"
	"the profile and the place in System Settings where a person installs it, waits for that,\n"
	"and writes what the Mac says of its enrollment back to the stick (muster handover\n"
	"collect). What is written is synced, and read back from the stick.\n"
	"\n"
	"DEVICE is the stick's (/dev/sdb1), DIR the folder where it is mounted. Only a mounted,\n"
	"removable USB volume that Macs can write (FAT32, exFAT) is written to, never a disk of\n"
	"this computer.\n"
	"\n"
	"  --profile NAME|FILE  which profile; default: the only one in the library that enrolls\n"
	"                       Macs\n"
	"  --dry-run            say what would be written, and write nothing\n"
	"  -h, --help           this\n"
	"\n"
	"Exit status: 0, 2 usage, or no volume that may be written to, 3 the profile has expired\n"
	"or cannot be used, 4 the stick could not be written.\n";

#define FILES 5
/* What goes to the stick; Enroll.command comes last: who sees it sees the rest. */
struct cargo {
	struct handover_profile profile;
	char name[VOLUME_NAME_MAX]; /* of the profile's file */
	char *texts[2], *settings;
	unsigned char *script;
	struct stick_file files[FILES];
};

static void cargo_done(struct cargo *cargo)
{
	handover_profile_done(&cargo->profile);
	free(cargo->texts[0]);
	free(cargo->texts[1]);
	free(cargo->settings);
	free(cargo->script);
}

/* What Enroll.command is to know: one "key=value" a line. Returns the caller's text or NULL. */
static char *make_settings(const struct handover_profile *profile, const char *file)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	fprintf(out, "file=%s\nsha256=%s\nname=%s\n", file, profile->profile->sha256,
		profile->name);
	/* Of a profile that is fetched only then the server is not known before. */
	fprintf(out, "host=%s\n", profile->final ? profile->host : "");
	if (profile->expiry.end.at != EXPIRY_NEVER)
		fprintf(out, "expires=%" PRId64 "\n", profile->expiry.end.at);
	return text_stream_end(out, &text);
}

/* Reads the shipped script. Returns 0 or negative errno, with a message. */
static int read_script(unsigned char **ret_script, size_t *ret_size)
{
	struct problems problems = { 0 };
	char path[PATH_MAX];
	int r = program_mac_file("Enroll.command", path);

	if (r < 0)
		fputs(VERB ": Enroll.command is not installed beside muster\n", stderr);
	else
		r = operator_file_read(path, SCRIPT_MAX, &problems, ret_script, ret_size);
	problems_print(&problems, stderr);
	problems_done(&problems);
	return r;
}

static struct stick_file text_file(const char *name, const char *text)
{
	return (struct stick_file){ name, text, strlen(text), false };
}

/* Makes all that is written for CARGO->profile. Returns -1, or, with a message, the exit status. */
static int load(struct cargo *cargo)
{
	const struct profile *profile = cargo->profile.profile;
	size_t size = 0;

	volume_name(cargo->profile.name, ".mobileconfig", cargo->name);
	if (read_script(&cargo->script, &size) < 0)
		return EXIT_TROUBLE;
	cargo->texts[0] = handover_stick_text(&cargo->profile, cargo->name);
	cargo->texts[1] = handover_stick_html(&cargo->profile, cargo->name);
	cargo->settings = make_settings(&cargo->profile, cargo->name);
	if (!cargo->texts[0] || !cargo->texts[1] || !cargo->settings) {
		fputs(VERB ": no memory\n", stderr);
		return EXIT_TROUBLE;
	}
	cargo->files[0] = (struct stick_file){ cargo->name, profile->bytes, profile->size, false };
	cargo->files[1] = text_file("profile.txt", cargo->settings);
	cargo->files[2] = text_file("Read me.txt", cargo->texts[0]);
	cargo->files[3] = text_file("Read me.html", cargo->texts[1]);
	cargo->files[4] = (struct stick_file){ "Enroll.command", cargo->script, size, true };
	return -1;
}

static void print_plan(const struct cargo *cargo, const struct volume *volume, bool dry)
{
	char until[HANDOVER_UNTIL_MAX], digest[65];

	printf("%s %s, good %s, %s %s/%s (%s on %s):\n", dry ? "Would write" : "Wrote",
	       cargo->profile.name, handover_until(&cargo->profile, until),
	       dry ? "to" : "synced and read back, to", volume->mount, HANDOVER_FOLDER,
	       volume->format, volume->disk);
	for (size_t i = 0; i < FILES; i++) {
		digest_to_text(cargo->files[i].bytes, cargo->files[i].size, digest);
		printf("  %-32s %7zu bytes  sha256 %.16s\n", cargo->files[i].name,
		       cargo->files[i].size, digest);
	}
}

/* Writes FILES into the open folder. Returns 0 or negative errno, and the file it failed at. */
static int write_files(int folder, const struct stick_file *files, const char **ret_name)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < FILES; i++) {
		*ret_name = files[i].name;
		r = stick_write(folder, &files[i]);
	}
	for (size_t i = 0; r == 0 && i < FILES; i++) {
		*ret_name = files[i].name;
		r = stick_read_back(folder, &files[i]);
	}
	return r;
}

static int write_volume(const struct volume *volume, const struct stick_file *files)
{
	const char *name = HANDOVER_FOLDER;
	int top = handover_volume_open(volume), folder, results, r = top;

	if (top >= 0) {
		folder = r = stick_open_folder(top, HANDOVER_FOLDER);
		close(top);
	}
	if (r >= 0) {
		results = r = stick_open_folder(folder, HANDOVER_RESULTS);
		if (results >= 0)
			close(results);
		if (r >= 0)
			r = write_files(folder, files, &name);
		close(folder);
	}
	if (r >= 0)
		return EXIT_PASSED;
	fprintf(stderr, VERB ": %s/%s: %s\n", volume->mount, name,
		r == -EIO      ? "what is read back is not what was written; use another stick"
		: r == -ESTALE ? "another volume is there now"
			       : strerror(-r));
	return EXIT_TROUBLE;
}

static int write_stick(const struct mounts_host *host, const char *word, struct cargo *cargo,
		       bool dry)
{
	enum volume_fault fault;
	struct volume volume;
	int status = handover_volume_find(VERB, host, word, &volume);

	if (status >= 0)
		return status;
	fault = volume_judge(&volume);
	if (fault != VOLUME_FINE) {
		fprintf(stderr, VERB ": nothing is written to %s: %s\n", volume.mount,
			volume_sentence(fault));
		return EXIT_USAGE;
	}
	status = load(cargo);
	if (status < 0)
		status = dry ? EXIT_PASSED : write_volume(&volume, cargo->files);
	if (status != EXIT_PASSED)
		return status;
	print_plan(cargo, &volume, dry);
	if (!dry)
		puts("Eject the stick before it is pulled out. A person at each Mac does the rest.");
	return EXIT_PASSED;
}

int handover_stick_on(const struct mounts_host *host, const char *state_option, int argc,
		      char **argv)
{
	static const struct option longs[] = {
		{ "profile", required_argument, NULL, 'p' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *profile = NULL;
	struct cargo cargo = { .script = NULL };
	struct state state;
	bool dry = false;
	int option, status;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return EXIT_PASSED;
		}
		if (option == OPTION_WRONG)
			return EXIT_USAGE;
		if (option == 'p')
			profile = optarg;
		dry |= option == 'n';
	}
	if (argc - optind != 1) {
		fputs(VERB ": which stick? It takes one device or folder\n", stderr);
		return EXIT_USAGE;
	}
	status = library_locate(VERB, state_option, &state);
	if (status < 0)
		status = handover_profile_open(VERB, &state, profile, &cargo.profile);
	if (status < 0)
		status = write_stick(host, argv[optind], &cargo, dry);
	cargo_done(&cargo);
	return status;
}

int handover_stick(const char *state_option, int argc, char **argv)
{
	return handover_stick_on(&mounts_this_host, state_option, argc, argv);
}
