/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile sign, muster profile encrypt: new files made of profiles, by CMS. */
#include "config.h"

#include "station/faces/profile/profile_seal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/cms/certificate.h"
#include "profiles/files/operator_file.h"
#include "profiles/profile/profile_encrypt.h"
#include "profiles/values/moment.h"
#include "station/faces/profile/identity_option.h"
#include "station/faces/profile/library_face.h"
#include "station/faces/new_file.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

#define SIGN	"muster profile sign"
#define ENCRYPT "muster profile encrypt"

static const char sign_usage[] =
	"usage: muster profile sign --identity NAME -o OUT [OPTION]... FILE\n"
	"\n"
	"Signs a profile with an identity of the station and its chain. What is signed are the\n"
	"file's bytes as they are. Devices show Verified only when they trust the chain; a profile\n"
	"of Intune's that is signed already is best left as it is.\n"
	"\n"
	"  --identity NAME         whose key signs (muster identity list)\n"
	"  -o, --output OUT        the new file; - is standard output\n" IDENTITY_OPTIONS_HELP
	"  -h, --help              this\n"
	"\n"
	"Exit status: 0, 2 usage, 3 the file, the identity or the passphrase is wrong, 4 OUT\n"
	"cannot be written.\n";

static const char encrypt_usage[] =
	"usage: muster profile encrypt --to CERTIFICATE -o OUT FILE\n"
	"\n"
	"Encrypts the payloads of a profile for one device. Its name and identifier stay readable.\n"
	"To sign it as well, sign OUT afterwards.\n"
	"\n"
	"  --to CERTIFICATE  of the device, in PEM or DER; the device has its key\n"
	"  -o, --output OUT  the new file; - is standard output\n"
	"  -h, --help        this\n"
	"\n"
	"Exit status: 0, 2 usage, 3 a file is wrong, 4 OUT cannot be written.\n";

struct request {
	const char *verb, *file, *identity, *to, *output;
	struct passphrase_source source;
};

static int tell(const char *verb, struct problems *problems, int r)
{
	problems_print(problems, stderr);
	problems_done(problems);
	if (r == -ENOMEM)
		fprintf(stderr, "%s: no memory\n", verb);
	return r == -ENOMEM ? EXIT_TROUBLE : EXIT_FILE;
}

/* Opens the profile that is to be sealed. Returns -1 to go on, or the exit status. */
static int open_profile(const struct request *request, struct profile **ret_profile)
{
	struct problems problems = { 0 };
	int r = profile_open(request->file, &problems, ret_profile);

	return r < 0 ? tell(request->verb, &problems, r) : -1;
}

/* Says when the certificate of IDENTITY is not valid: a device sees it later than this host does.
 */
static void judge_dates(const struct request *request, const struct identity *identity)
{
	struct certificate certificate;
	char when[MOMENT_TEXT_MAX];
	int64_t now = clock_wall() / 1000;

	certificate_describe(identity->certificate, &certificate);
	if (now <= certificate.until && now >= certificate.from)
		return;
	fprintf(stderr, SIGN ": the certificate of %s %s on %s: devices will show Not Verified\n",
		request->identity, now > certificate.until ? "ended" : "begins only",
		moment_to_text(now > certificate.until ? certificate.until : certificate.from,
			       when));
}

static int sign(const struct request *request, const struct profile *profile,
		const struct identity *identity)
{
	unsigned char *bytes;
	size_t size;
	int status;

	judge_dates(request, identity);
	if (cms_sign(identity, profile->bytes, profile->size, &bytes, &size) < 0) {
		fprintf(stderr, SIGN ": this key cannot sign\n");
		return EXIT_FILE;
	}
	status = new_file_write(SIGN, request->output, bytes, size);
	free(bytes);
	return status;
}

static int run_sign(const char *state_option, struct request *request)
{
	struct profile *profile = NULL;
	struct identity identity;
	struct state state;
	int status = open_profile(request, &profile);

	if (status < 0 && profile->container == PROFILE_SIGNED) {
		fprintf(stderr,
			"%s: is signed already; sign the file before it was signed, or leave it\n",
			request->file);
		status = EXIT_FILE;
	}
	if (status < 0)
		status = library_locate(SIGN, state_option, &state);
	if (status < 0)
		status =
			identity_open(SIGN, &state, request->identity, &request->source, &identity);
	if (status < 0) {
		status = sign(request, profile, &identity);
		identity_done(&identity);
	}
	profile_free(profile);
	return status;
}

static int run_encrypt(const struct request *request)
{
	struct cms_recipient recipient = { .file = request->to };
	struct problems problems = { 0 };
	struct profile *profile = NULL;
	unsigned char *certificate = NULL, *bytes = NULL;
	size_t size;
	int status = open_profile(request, &profile), r;

	if (status >= 0)
		return status;
	r = operator_file_read(request->to, IDENTITY_SIZE_MAX, &problems, &certificate,
			       &recipient.size);
	recipient.bytes = certificate;
	if (r == 0)
		r = profile_encrypt(profile, &recipient, &problems, &bytes, &size);
	status = r < 0 ? tell(ENCRYPT, &problems, r)
		       : new_file_write(ENCRYPT, request->output, bytes, size);
	free(bytes);
	free(certificate);
	profile_free(profile);
	return status;
}

static bool take(struct request *request, int option)
{
	switch (option) {
	case 'i':
		request->identity = optarg;
		return true;
	case 't':
		request->to = optarg;
		return true;
	case 'o':
		request->output = optarg;
		return true;
	default:
		return option != OPTION_WRONG &&
		       identity_option_take(request->verb, option, &request->source);
	}
}

/* Reads the options of USAGE; NEED is what must be said of WHAT. Returns -1 to go on, or the exit
 * status. */
static int read_request(int argc, char **argv, const struct option *longs, const char *usage,
			struct request *request)
{
	int option;

	optind = 0;
	while ((option = option_next(request->verb, argc, argv, ":ho:", longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return EXIT_PASSED;
		}
		if (!take(request, option))
			return EXIT_USAGE;
	}
	request->file = argc - optind == 1 ? argv[optind] : NULL;
	if (request->file && request->output && (request->identity || request->to))
		return -1;
	fprintf(stderr, "%s: needs %s; see %s --help\n", request->verb,
		!request->file			   ? "one FILE"
		: !request->output		   ? "-o OUT"
		: strcmp(request->verb, SIGN) == 0 ? "--identity NAME"
						   : "--to CERTIFICATE",
		request->verb);
	return EXIT_USAGE;
}

int profile_sign_verb(const char *state_option, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "identity", required_argument, NULL, 'i' },
		{ "output", required_argument, NULL, 'o' },
		IDENTITY_OPTIONS,
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct request request = { .verb = SIGN };
	int status = read_request(argc, argv, longs, sign_usage, &request);

	return status >= 0 ? status : run_sign(state_option, &request);
}

int profile_encrypt_verb(const char *state_option, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "to", required_argument, NULL, 't' },
		{ "output", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct request request = { .verb = ENCRYPT };
	int status = read_request(argc, argv, longs, encrypt_usage, &request);

	(void)state_option; /* nothing of the station's is used */
	return status >= 0 ? status : run_encrypt(&request);
}
