/* SPDX-License-Identifier: Apache-2.0 */
/* The options of verbs that use an identity: where its passphrase comes from; and its opening. */
#include "config.h"

#include "station/faces/profile/identity_option.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "station/tools/exit_status.h"
#include "station/tools/option.h"

bool identity_option_take(const char *verb, int option, struct passphrase_source *source)
{
	unsigned fd;

	if (option == IDENTITY_OPTION_FILE) {
		source->file = optarg;
		return true;
	}
	if (option == IDENTITY_OPTION_NONE)
		return source->none = true;
	if (option != IDENTITY_OPTION_FD)
		return false;
	if (option_number(optarg, 1, 1023, &fd) < 0 || fcntl((int)fd, F_GETFD) < 0) {
		fprintf(stderr, "%s: --passphrase-fd %s is not open\n", verb, optarg);
		return false;
	}
	source->fd = (int)fd;
	return true;
}

int identity_ask(const char *verb, const char *name, struct passphrase_source *source, bool new,
		 struct passphrase *ret_passphrase)
{
	char why[PASSPHRASE_WHY_MAX], question[STORE_NAME_MAX + 64];
	char credential[STORE_NAME_MAX + 32];
	int r;

	snprintf(credential, sizeof credential, "muster-identity-%.64s", name);
	snprintf(question, sizeof question, "%s of the identity %.64s",
		 new ? "New passphrase" : "Passphrase", name);
	source->credential = credential;
	r = passphrase_read(source, question, new, ret_passphrase, why);
	source->credential = NULL;
	if (r == 0)
		return -1;
	fprintf(stderr, "%s: %s\n", verb, why);
	return r == -ENOTTY ? EXIT_USAGE : EXIT_FILE;
}

/* Says that there is no identity NAME, and which there are. */
static int tell_none(const char *verb, const struct state *state, const char *name)
{
	struct store_names names;

	fprintf(stderr, "%s: there is no identity %s", verb, name);
	if (store_list(state->identities, &names) == 0) {
		for (size_t i = 0; i < names.count; i++)
			fprintf(stderr, "%s%s", i == 0 ? "; there is " : ", ", names.list[i]);
		free(names.list);
	}
	fputs("\n", stderr);
	return EXIT_FILE;
}

int identity_open(const char *verb, const struct state *state, const char *name,
		  struct passphrase_source *source, struct identity *ret_identity)
{
	struct problems problems = { 0 };
	struct passphrase passphrase;
	struct identity_card card;
	int status, r;

	if (identity_store_look(state->identities, name, &card) == -ENOENT)
		return tell_none(verb, state, name);
	status = identity_ask(verb, name, source, false, &passphrase);
	if (status >= 0)
		return status;
	r = identity_store_open(state->identities, name, passphrase.text, &problems, ret_identity);
	passphrase_done(&passphrase);
	problems_print(&problems, stderr);
	problems_done(&problems);
	if (r == 0)
		return -1;
	if (r != -EINVAL && r != -EACCES)
		fprintf(stderr, "%s: %s: %s\n", verb, name, strerror(-r));
	return r == -EINVAL || r == -EACCES ? EXIT_FILE : EXIT_TROUBLE;
}
