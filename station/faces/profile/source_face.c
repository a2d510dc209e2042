/* SPDX-License-Identifier: Apache-2.0 */
/* What the verbs that ask sources share: the file, which sources are meant, how a refusal ends. */
#include "station/faces/profile/source_face.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "station/graph/cloud.h"
#include "station/tools/option.h"

static int load(const char *verb, const char *file, struct sources **ret_sources)
{
	struct problems problems = { 0 };
	int r = sources_load(file, cloud_words, &problems, ret_sources);

	problems_print(&problems, stderr);
	problems_done(&problems);
	if (r == -ENOMEM)
		fprintf(stderr, "%s: no memory\n", verb);
	return r == 0 ? -1 : r == -EINVAL ? EXIT_FILE : EXIT_TROUBLE;
}

int source_face_open(const char *verb, const char *state_option, const char *from,
		     struct state *ret_state, struct sources **ret_sources)
{
	char why[STATE_WHY_MAX], file[PATH_MAX];
	int r = state_locate(state_option, ret_state);

	if (r < 0) {
		state_explain(ret_state, r, why);
		fprintf(stderr, "%s: %s\n", verb, why);
		return EXIT_TROUBLE;
	}
	signal(SIGPIPE, SIG_IGN);
	snprintf(file, sizeof file, "%s/" SOURCES_FILE, ret_state->dir);
	if (from)
		return load(verb, from, ret_sources);
	if (access(file, F_OK) < 0 && errno == ENOENT) {
		fprintf(stderr,
			"%s: no sources are set up: write %s (man muster-sources), or name a "
			"file with --from\n",
			verb, file);
		return EXIT_FILE;
	}
	return load(verb, file, ret_sources);
}

/* Says that WORD is no source, with the nearest. */
static int refuse_name(const char *verb, const struct sources *sources, const char *word)
{
	const char *names[SOURCES_MAX];

	for (size_t i = 0; i < sources->count; i++)
		names[i] = sources->list[i].name;
	option_unknown_word(verb, "source", word, names, sources->count);
	return EXIT_USAGE;
}

int source_face_choose(const char *verb, const struct sources *sources, char *const *names,
		       int count, struct source_choice *ret_choice)
{
	struct source_choice choice = { .count = 0 };

	for (size_t i = 0; count == 0 && i < sources->count; i++)
		choice.list[choice.count++] = &sources->list[i];
	for (int i = 0; i < count; i++) {
		const struct source *source = sources_find(sources, names[i]);

		if (!source)
			return refuse_name(verb, sources, names[i]);
		if (choice.count < SOURCES_MAX)
			choice.list[choice.count++] = source;
	}
	*ret_choice = choice;
	return -1;
}

int source_face_intune(const char *verb, const struct sources *sources, const char *name,
		       const struct source **ret_source)
{
	const struct source *found = name ? sources_find(sources, name) : NULL;

	if (name && !found)
		return refuse_name(verb, sources, name);
	for (size_t i = 0; !name && i < sources->count; i++) {
		if (!sources->list[i].kind->graph)
			continue;
		if (found) {
			fprintf(stderr,
				"%s: several sources are in Intune; name one with --source\n",
				verb);
			return EXIT_USAGE;
		}
		found = &sources->list[i];
	}
	if (!found || !found->kind->graph) {
		fprintf(stderr, "%s: %s%s is no source in Intune\n", verb, sources->file,
			found ? ": that one" : ": there");
		return EXIT_FILE;
	}
	*ret_source = found;
	return -1;
}

bool source_face_may_ask(void)
{
	return isatty(STDERR_FILENO);
}

enum exit_status source_face_exit(const struct refusal *refusal)
{
	return refusal->kind == REFUSAL_FILE ? EXIT_FILE : EXIT_TROUBLE;
}
