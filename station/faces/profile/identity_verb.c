/* SPDX-License-Identifier: Apache-2.0 */
/* muster identity new|import|export|list|remove: keys with certificates that sign and supervise. */
#include "config.h"

#include "station/faces/profile/identity_verb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/library/library.h"
#include "profiles/files/operator_file.h"
#include "station/faces/profile/identity_list.h"
#include "station/faces/profile/identity_option.h"
#include "station/faces/profile/library_face.h"
#include "station/faces/new_file.h"
#include "station/faces/yes.h"
#include "station/tools/clock.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

#define VERB "muster identity"

/* How long the certificate of a new identity is valid, in days: devices are supervised for their
 * life, and cannot be given another certificate without being erased. */
#define DAYS_DEFAULT 3650
#define DAYS_MAX     9125

static const char usage[] =
	"usage: muster identity new [--organization TEXT] [--days N] [PASSPHRASE] NAME\n"
	"       muster identity import --name NAME [PASSPHRASE] FILE...\n"
	"       muster identity export [--certificate] -o FILE|- NAME\n"
	"       muster identity list [--json]\n"
	"       muster identity remove [--yes] NAME\n"
	"\n"
	"An identity is a key with its certificate. It is kept in the state directory as PKCS#12\n"
	"under its passphrase, readable by nobody else.\n"
	"\n"
	"new     makes a key, and a certificate that it signs itself\n"
	"import  takes one from PKCS#12 (.p12, .pfx), or key and certificates in PEM or DER, as\n"
	"        Apple Configurator and others write them; the passphrase is that of the files\n"
	"export  writes the PKCS#12 as it is kept, under the same passphrase\n"
	"list    says which there are\n"
	"remove  takes one out for good\n"
	"\n"
	"  --organization TEXT     whose it is; without this its name\n"
	"  --days N                how long the new certificate is valid (3650)\n"
	"  --name NAME             what the imported one is called\n"
	"  --certificate           only the certificates, in PEM\n"
	"  -o, --output FILE       the new file; - is standard output\n"
	"  --json                  the list as JSON\n"
	"  --yes                   do not ask\n" IDENTITY_OPTIONS_HELP
	"  -h, --help              this\n"
	"\n"
	"Exit status: 0, 1 you said no, 2 usage, 3 a file or a passphrase is wrong, or there is no\n"
	"such identity, 4 the state directory cannot be used, 5 there is none to list.\n";

struct request {
	const char *word, *organization, *name, *output;
	unsigned days;
	bool certificate, json, yes;
	struct passphrase_source source;
	int count;
	char **operands;
};

static int refuse(const char *word, const char *what)
{
	fprintf(stderr, VERB " %s: %s\n", word, what);
	return EXIT_USAGE;
}

static int judge_name(const struct request *request, const char *name)
{
	if (library_judge_name(name) == 0)
		return -1;
	fprintf(stderr,
		VERB " %s: \"%s\" cannot be a name: it has letters, digits, and ._- but not in "
		     "front\n",
		request->word, name);
	return EXIT_USAGE;
}

/* Keeps IDENTITY as NAME. */
static int keep(struct state *state, const char *name, const struct identity *identity,
		const struct passphrase *passphrase)
{
	char why[STATE_WHY_MAX];
	int r = state_make(state);

	if (r < 0) {
		state_explain(state, r, why);
		fprintf(stderr, VERB ": %s\n", why);
		return EXIT_TROUBLE;
	}
	r = identity_store_put(state->identities, name, identity, passphrase->text);
	if (r == 0) {
		printf("%s: is kept in %s\n", name, state->identities);
		return EXIT_PASSED;
	}
	fprintf(stderr, VERB ": %s: %s\n", name,
		r == -EEXIST ? "there is one of that name, and it stays" : strerror(-r));
	return r == -EEXIST ? EXIT_FILE : EXIT_TROUBLE;
}

static int run_new(struct state *state, struct request *request)
{
	const char *name = request->operands[0];
	struct passphrase passphrase;
	struct identity identity;
	int status;

	if (request->count != 1)
		return refuse("new", "what is it to be called? It takes one NAME");
	status = judge_name(request, name);
	if (status < 0)
		status = identity_ask(VERB " new", name, &request->source, true, &passphrase);
	if (status >= 0)
		return status;
	if (identity_new(request->organization ? request->organization : name, clock_wall() / 1000,
			 request->days, &identity) == 0) {
		status = keep(state, name, &identity, &passphrase);
		identity_done(&identity);
	} else {
		fprintf(stderr, VERB " new: no certificate can be made for \"%s\"\n",
			request->organization ? request->organization : name);
		status = EXIT_FILE;
	}
	passphrase_done(&passphrase);
	return status;
}

/* Adds every file that was named. Returns as identity_add. */
static int add_files(const struct request *request, const struct passphrase *passphrase,
		     struct identity *identity, struct problems *problems)
{
	int r = 0;

	for (int i = 0; i < request->count && r == 0; i++) {
		const char *file = request->operands[i];
		unsigned char *bytes;
		size_t size;

		r = operator_file_read(file, IDENTITY_SIZE_MAX, problems, &bytes, &size);
		if (r < 0)
			break;
		r = identity_add(identity, file, bytes, size, passphrase->text, problems);
		explicit_bzero(bytes, size);
		free(bytes);
	}
	return r == 0 ? identity_match(identity, request->operands[0], problems) : r;
}

static int run_import(struct state *state, struct request *request)
{
	struct problems problems = { 0 };
	struct identity identity = { 0 };
	struct passphrase passphrase;
	int status, r;

	if (!request->name || request->count == 0)
		return refuse("import", "needs --name NAME and the files of the identity");
	status = judge_name(request, request->name);
	if (status < 0)
		status = identity_ask(VERB " import", request->name, &request->source, false,
				      &passphrase);
	if (status >= 0)
		return status;
	r = add_files(request, &passphrase, &identity, &problems);
	problems_print(&problems, stderr);
	problems_done(&problems);
	status = r == 0		? keep(state, request->name, &identity, &passphrase)
		 : r == -ENOMEM ? EXIT_TROUBLE
				: EXIT_FILE;
	identity_done(&identity);
	passphrase_done(&passphrase);
	return status;
}

static int tell_missing(const char *name, int r)
{
	fprintf(stderr, VERB ": %s: %s\n", name,
		r == -ENOENT ? "there is no such identity" : strerror(-r));
	return r == -ENOENT ? EXIT_FILE : EXIT_TROUBLE;
}

static int run_export(struct state *state, struct request *request)
{
	enum identity_part part = request->certificate ? IDENTITY_CERTIFICATES : IDENTITY_PKCS12;
	unsigned char *bytes;
	size_t size;
	int r, status;

	if (request->count != 1 || !request->output)
		return refuse("export", "needs one NAME and -o FILE");
	r = identity_store_read(state->identities, request->operands[0], part, &bytes, &size);
	if (r < 0)
		return tell_missing(request->operands[0], r);
	status = new_file_write(VERB " export", request->output, bytes, size);
	explicit_bzero(bytes, size);
	free(bytes);
	return status;
}

static int run_list(struct state *state, struct request *request)
{
	if (request->count != 0)
		return refuse("list", "takes no name");
	return identity_list(state->identities, request->json);
}

static int run_remove(struct state *state, struct request *request)
{
	const char *name = request->operands[0];
	struct identity_card card;
	char question[512];
	int r, status = -1;

	if (request->count != 1)
		return refuse("remove", "needs one NAME");
	r = identity_store_look(state->identities, name, &card);
	if (r == -ENOENT)
		return tell_missing(name, r);
	if (!request->yes) {
		snprintf(question, sizeof question,
			 "Remove the identity %s? Devices that it supervises can be erased then, "
			 "but not managed any more.",
			 name);
		status = yes_ask(VERB " remove", question);
	}
	if (status >= 0)
		return status;
	r = store_drop(state->identities, name);
	return r < 0 ? tell_missing(name, r) : EXIT_PASSED;
}

static const struct identity_word {
	const char *word;
	int (*run)(struct state *state, struct request *request);
} words[] = {
	{ "new", run_new },   { "import", run_import }, { "export", run_export },
	{ "list", run_list }, { "remove", run_remove },
};
#define WORDS (sizeof words / sizeof words[0])

static bool take(struct request *request, int option)
{
	switch (option) {
	case 'O':
		request->organization = optarg;
		return true;
	case 'd':
		if (option_number(optarg, 1, DAYS_MAX, &request->days) == 0)
			return true;
		fprintf(stderr, VERB ": --days must be a number from 1 to %d, not \"%s\"\n",
			DAYS_MAX, optarg);
		return false;
	case 'n':
		request->name = optarg;
		return true;
	case 'c':
		return request->certificate = true;
	case 'o':
		request->output = optarg;
		return true;
	case 'j':
		return request->json = true;
	case 'y':
		return request->yes = true;
	default:
		return option != OPTION_WRONG &&
		       identity_option_take(VERB, option, &request->source);
	}
}

/* Reads what stands behind the word ARGV[0]. Returns -1 to go on, or the exit status. */
static int read_request(int argc, char **argv, struct request *request)
{
	static const struct option longs[] = {
		{ "organization", required_argument, NULL, 'O' },
		{ "days", required_argument, NULL, 'd' },
		{ "name", required_argument, NULL, 'n' },
		{ "certificate", no_argument, NULL, 'c' },
		{ "output", required_argument, NULL, 'o' },
		{ "json", no_argument, NULL, 'j' },
		{ "yes", no_argument, NULL, 'y' },
		IDENTITY_OPTIONS,
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, ":ho:", longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return EXIT_PASSED;
		}
		if (!take(request, option))
			return EXIT_USAGE;
	}
	request->count = argc - optind;
	request->operands = argv + optind;
	return -1;
}

int identity_verb(const char *state_option, int argc, char **argv)
{
	struct request request = { .days = DAYS_DEFAULT, .word = argc > 1 ? argv[1] : "" };
	const char *names[WORDS];
	struct state state;
	int status;

	if (argc < 2) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return EXIT_PASSED;
	}
	for (size_t i = 0; i < WORDS; i++) {
		names[i] = words[i].word;
		if (strcmp(argv[1], words[i].word) != 0)
			continue;
		status = read_request(argc - 1, argv + 1, &request);
		if (status < 0)
			status = library_locate(VERB, state_option, &state);
		return status < 0 ? words[i].run(&state, &request) : status;
	}
	option_unknown_word(VERB, "word", argv[1], names, WORDS);
	return EXIT_USAGE;
}
