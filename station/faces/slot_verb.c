/* SPDX-License-Identifier: Apache-2.0 */
/* muster slot list|name|learn: what the bench's ports are called, and how well each does. */
#include "station/faces/slot_verb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "device/facts/clean.h"
#include "station/faces/slot_learn.h"
#include "station/faces/slot_list.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"

/* What the health of slots is told from: long enough for a batch or two, short enough to forget a
 * cable that was changed. */
#define DAYS_DEFAULT 30
#define DAYS_MAX     3650

static const char usage[] =
	"usage: muster slot list [--json] [--days N]\n"
	"       muster slot name PORT NAME [--dry-run]\n"
	"       muster slot learn [--count N] [--replace] [--dry-run]\n"
	"\n"
	"list   shows every slot: its port, speed, jobs, how often devices left in mid-job or were\n"
	"       enumerated anew, the faults, and whether the slot or a device is bad\n"
	"name   calls a port (\"1-4.2\", as list and devices show it) by a name\n"
	"learn  asks to plug one device into each port in turn, and numbers them so\n"
	"\n"
	"Names are kept in slots.yaml in the state directory. They are changed while no station\n"
	"runs, and used from its next start on.\n"
	"\n"
	"  --json      the list as JSON\n"
	"  --days N    what happened in the last N days (30)\n"
	"  --count N   end when N slots are learned; else q, or the end of input, ends it\n"
	"  --replace   forget the names that are there\n"
	"  --dry-run   show what would be written, write nothing\n"
	"  -h, --help  this\n"
	"\n"
	"Exit status: 0, 2 usage, 3 slots.yaml is wrong, 4 this host is in trouble or a station\n"
	"runs, 5 no slot is known or none was learned.\n"
	"\n"
	"Example: muster slot name 1-4.2 \"left 3\"\n";

struct request {
	const char *verb; /* "muster slot name" */
	bool json, replace, dry_run;
	unsigned days, count;
};

static int tell_trouble(const struct request *request, const char *what)
{
	fprintf(stderr, "%s: %s\n", request->verb, what);
	return EXIT_TROUBLE;
}

/* Reads slots.yaml; RET_SLOTS is NULL when there is none. Returns -1 to go on, or the exit status.
 */
static int load(const struct request *request, const struct state *state,
		struct slots_file **ret_slots)
{
	struct problems problems = { 0 };
	int r = 0;

	*ret_slots = NULL;
	if (access(state->slots, F_OK) == 0)
		r = slots_file_load(state->slots, &problems, ret_slots);
	problems_print(&problems, stderr);
	problems_done(&problems);
	if (r == 0)
		return -1;
	return r == -EINVAL ? EXIT_FILE : tell_trouble(request, strerror(-r));
}

static void show(const struct slots_file *slots)
{
	for (size_t i = 0; i < slots->slot_count; i++) {
		const struct slots_file_slot *slot = &slots->slots[i];

		printf("%-12s  %s%s%s%s\n", slot->name, slot->ports[0],
		       slot->port_count > 1 ? ", " : "", slot->port_count > 1 ? slot->ports[1] : "",
		       slot->disabled ? "  disabled" : "");
	}
}

static int save(const struct request *request, const struct state *state,
		const struct slots_file *slots)
{
	int r;

	if (request->dry_run) {
		show(slots);
		return EXIT_PASSED;
	}
	r = slots_file_save(slots, state->slots);
	if (r < 0) {
		fprintf(stderr, "%s: %s: %s\n", request->verb, state->slots, strerror(-r));
		return EXIT_TROUBLE;
	}
	fprintf(stderr, "%s: written to %s\n", request->verb, state->slots);
	return EXIT_PASSED;
}

/* Why NAME cannot be that of the slot OWN (NULL: a new one) with PORT; NULL when it can. */
static const char *refuse_name(const struct slots_file *slots, const char *name, const char *port,
			       const struct slots_file_slot *own)
{
	char cleaned[CLEAN_MAX + 1];

	clean_string(name, cleaned);
	if (*name == '\0' || strcmp(cleaned, name) != 0)
		return "is no name that can be printed";
	if (strlen(name) > SLOTS_FILE_NAME_MAX)
		return "is too long for a screen: at most 31 bytes";
	if (port_is_valid(name) && strcmp(name, port) != 0)
		return "is what another port is called";
	for (size_t i = 0; i < slots->slot_count; i++)
		if (&slots->slots[i] != own && strcasecmp(slots->slots[i].name, name) == 0)
			return "is the name of another slot already";
	return NULL;
}

/* Adds a slot with PORT behind the last one. Returns it, or NULL when there is no room. */
static struct slots_file_slot *add_slot(struct slots_file *slots, const char *port)
{
	struct slots_file_slot *slot = &slots->slots[slots->slot_count];
	struct slots_file_hub *hub;
	unsigned on_hub = 1;

	if (slots->slot_count == SLOTS_FILE_MAX)
		return NULL;
	if (slots->hub_count == 0)
		slots->hubs[slots->hub_count++] =
			(struct slots_file_hub){ .name = "bench", .rows = 1, .columns = 1 };
	*slot = (struct slots_file_slot){ .port_count = 1, .hub = slots->hub_count - 1 };
	for (size_t i = 0; i < slots->slot_count; i++)
		on_hub += slots->slots[i].hub == slot->hub;
	hub = &slots->hubs[slot->hub];
	if (on_hub > hub->rows * hub->columns) {
		if (hub->columns == SLOTS_FILE_SIDE_MAX)
			hub->rows++;
		else
			hub->columns++;
	}
	snprintf(slot->ports[0], sizeof slot->ports[0], "%s", port);
	slots->slot_count++;
	return slot;
}

static int name_slot(const struct request *request, struct slots_file *slots, const char *port,
		     const char *name)
{
	const struct slots_file_slot *found = slots_file_find(slots, port, port);
	struct slots_file_slot *slot = found ? &slots->slots[found - slots->slots] : NULL;
	const char *why = refuse_name(slots, name, port, slot);

	if (why) {
		fprintf(stderr, "%s: \"%s\" %s\n", request->verb, name, why);
		return EXIT_USAGE;
	}
	if (!slot)
		slot = add_slot(slots, port);
	if (!slot)
		return tell_trouble(request, "there are 256 slots already");
	snprintf(slot->name, sizeof slot->name, "%s", name);
	return -1;
}

static int run_name(const struct request *request, const struct state *state, char **operands)
{
	struct slots_file *slots;
	int status = load(request, state, &slots);

	if (status < 0 && !slots)
		slots = calloc(1, sizeof *slots);
	if (status < 0 && !slots)
		return tell_trouble(request, "no memory");
	if (status < 0)
		status = name_slot(request, slots, operands[0], operands[1]);
	if (status < 0)
		status = save(request, state, slots);
	free(slots);
	return status;
}

static int end_learning(const struct request *request, const struct state *state,
			const struct slots_file *slots, int r)
{
	if (r == -EINTR) {
		fprintf(stderr, "\n%s: broken off; nothing was written\n", request->verb);
		return EXIT_NOTHING;
	}
	if (r < 0)
		return r == -ENOTSUP ? EXIT_TROUBLE : tell_trouble(request, strerror(-r));
	if (slots->slot_count > 0)
		return save(request, state, slots);
	fprintf(stderr, "%s: no device was plugged in; nothing was written\n", request->verb);
	return EXIT_NOTHING;
}

static int run_learn(const struct request *request, const struct state *state, char **operands)
{
	struct slots_file *slots;
	int status;

	(void)operands;
	if (access(state->slots, F_OK) == 0 && !request->replace && !request->dry_run) {
		fprintf(stderr, "%s: %s is there already; --replace makes it anew\n", request->verb,
			state->slots);
		return EXIT_USAGE;
	}
	slots = calloc(1, sizeof *slots);
	if (!slots)
		return tell_trouble(request, "no memory");
	status = end_learning(request, state, slots, slot_learn(request->count, slots));
	free(slots);
	return status;
}

/* What changes names works while no station does: it would not see them, and would work on what is
 * plugged in. */
static int run_locked(const struct request *request, struct state *state, char **operands,
		      int (*run)(const struct request *, const struct state *, char **))
{
	char why[STATE_WHY_MAX];
	int r = state_make(state), status;

	if (r == 0)
		r = state_lock(state);
	if (r < 0) {
		state_explain(state, r, why);
		return tell_trouble(request, why);
	}
	status = run(request, state, operands);
	state_unlock(state);
	return status;
}

static int run_list(const struct request *request, const struct state *state)
{
	struct slots_file *slots;
	int status = load(request, state, &slots);

	if (status < 0)
		status = slot_list(state, slots, request->days, request->json);
	free(slots);
	return status;
}

static bool read_number(const struct request *request, const char *name, unsigned most,
			unsigned *ret_number)
{
	if (option_number(optarg, 1, most, ret_number) == 0)
		return true;
	fprintf(stderr, "%s: --%s must be a number from 1 to %u, not \"%s\"\n", request->verb, name,
		most, optarg);
	return false;
}

/* Returns -1 to go on, or the exit status. */
static int read_options(struct request *request, const struct option *longs, int argc, char **argv)
{
	int option;

	optind = 0;
	while ((option = option_next(request->verb, argc, argv, OPTION_SHORTS, longs)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return EXIT_PASSED;
		}
		if (option == OPTION_WRONG ||
		    (option == 'd' && !read_number(request, "days", DAYS_MAX, &request->days)) ||
		    (option == 'c' &&
		     !read_number(request, "count", SLOTS_FILE_MAX, &request->count)))
			return EXIT_USAGE;
		request->json |= option == 'j';
		request->replace |= option == 'r';
		request->dry_run |= option == 'n';
	}
	return -1;
}

static const struct option list_options[] = { { "json", no_argument, NULL, 'j' },
					      { "days", required_argument, NULL, 'd' },
					      { "help", no_argument, NULL, 'h' },
					      { 0 } };
static const struct option name_options[] = { { "dry-run", no_argument, NULL, 'n' },
					      { "help", no_argument, NULL, 'h' },
					      { 0 } };
static const struct option learn_options[] = { { "count", required_argument, NULL, 'c' },
					       { "replace", no_argument, NULL, 'r' },
					       { "dry-run", no_argument, NULL, 'n' },
					       { "help", no_argument, NULL, 'h' },
					       { 0 } };

static const struct word {
	const char *word, *verb;
	const struct option *options;
	int operands;
	const char *want; /* what the operands are */
	/* NULL: only looks. */
	int (*run)(const struct request *request, const struct state *state, char **operands);
} words[] = {
	{ "list", "muster slot list", list_options, 0, "takes no operand", NULL },
	{ "name", "muster slot name", name_options, 2, "needs a PORT and a NAME", run_name },
	{ "learn", "muster slot learn", learn_options, 0, "takes no operand", run_learn },
};

static int run_word(const struct word *word, const char *state_option, int argc, char **argv)
{
	struct request request = { .verb = word->verb, .days = DAYS_DEFAULT };
	char why[STATE_WHY_MAX];
	struct state state;
	int status = read_options(&request, word->options, argc, argv), r;

	if (status >= 0)
		return status;
	if (argc - optind != word->operands) {
		fprintf(stderr, "%s: %s\n", word->verb, word->want);
		return EXIT_USAGE;
	}
	if (word->operands == 2 && !port_is_valid(argv[optind])) {
		fprintf(stderr, "%s: \"%s\" is no port; ports are called 1-4 or 1-4.2\n",
			word->verb, argv[optind]);
		return EXIT_USAGE;
	}
	r = state_locate(state_option, &state);
	if (r < 0) {
		state_explain(&state, r, why);
		return tell_trouble(&request, why);
	}
	return word->run ? run_locked(&request, &state, argv + optind, word->run)
			 : run_list(&request, &state);
}

int slot_verb(const char *state_option, int argc, char **argv)
{
	const char *names[sizeof words / sizeof words[0]];
	size_t count = sizeof words / sizeof words[0];

	if (argc < 2) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return EXIT_PASSED;
	}
	for (size_t i = 0; i < count; i++) {
		if (strcmp(argv[1], words[i].word) == 0)
			return run_word(&words[i], state_option, argc - 1, argv + 1);
		names[i] = words[i].word;
	}
	option_unknown_word("muster slot", "word", argv[1], names, count);
	return EXIT_USAGE;
}
