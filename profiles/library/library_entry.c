/* SPDX-License-Identifier: Apache-2.0 */
/* An entry of the library: what is known of one download, and the text for it beside its bytes. */
#include "config.h"

#include "profiles/library/library_entry.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "device/facts/number.h"

/* A later version of the text begins otherwise. */
#define FIRST_LINE "muster library 1"
/* What stands in place of a time that is not known, or a limit that is none. */
#define NONE "none"

static const char *const witnesses[] = {
	[LIBRARY_SERVER] = "server",
	[LIBRARY_OPERATOR] = "operator",
	[LIBRARY_FILE] = "file",
};
#define WITNESSES (sizeof witnesses / sizeof witnesses[0])

const char *library_witness_to_text(enum library_witness witness)
{
	return witnesses[witness];
}

static const char alphanumeric[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

int library_judge_name(const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || len > LIBRARY_NAME_MAX || !strchr(alphanumeric, name[0]))
		return -EINVAL;
	for (const char *s = name; *s; s++)
		if (!strchr(alphanumeric, *s) && !strchr("._-", *s))
			return -EINVAL;
	return 0;
}

static const char *time_to_text(int64_t time, char out[static NUMBER_TEXT_MAX])
{
	if (time == EXPIRY_NEVER)
		return NONE;
	snprintf(out, NUMBER_TEXT_MAX, "%" PRId64, time);
	return out;
}

size_t library_entry_to_text(const struct library_entry *entry,
			     char out[static LIBRARY_ENTRY_TEXT_MAX])
{
	char at[NUMBER_TEXT_MAX], lasts[NUMBER_TEXT_MAX];

	return (size_t)snprintf(
		out, LIBRARY_ENTRY_TEXT_MAX,
		FIRST_LINE "\nname %s\nfrom %s\nadded %" PRId64
			   "\ndownloaded %s\nwitness %s\nlasts %s\n",
		entry->name, entry->from, entry->added, time_to_text(entry->life.download.at, at),
		witnesses[entry->life.witness], time_to_text(entry->life.download.lasts, lasts));
}

/* The value of the line at *TEXT, which must be that of KEY; moves on. NULL when it is not. */
static char *take_line(char **text, const char *key)
{
	size_t len = strlen(key);
	char *line = *text, *end = strchr(line, '\n');

	if (!end || strncmp(line, key, len) != 0 || line[len] != ' ')
		return NULL;
	*end = '\0';
	*text = end + 1;
	return line + len + 1;
}

static bool take_text(char **text, const char *key, char *out, size_t room)
{
	const char *value = take_line(text, key);

	return value && (size_t)snprintf(out, room, "%s", value) < room;
}

static bool take_time(char **text, const char *key, int64_t *ret_time)
{
	const char *value = take_line(text, key);

	if (!value)
		return false;
	if (strcmp(value, NONE) == 0) {
		*ret_time = EXPIRY_NEVER;
		return true;
	}
	return number_parse_signed(value, ret_time) == 0;
}

static bool take_witness(char **text, enum library_witness *ret_witness)
{
	const char *value = take_line(text, "witness");

	for (size_t i = 0; value && i < WITNESSES; i++) {
		if (strcmp(value, witnesses[i]) == 0) {
			*ret_witness = (enum library_witness)i;
			return true;
		}
	}
	return false;
}

int library_entry_parse(char *text, struct library_entry *ret_entry)
{
	struct library_entry entry = *ret_entry;
	size_t len = strlen(FIRST_LINE "\n");

	if (strncmp(text, FIRST_LINE "\n", len) != 0)
		return -EINVAL;
	text += len;
	if (!take_text(&text, "name", entry.name, sizeof entry.name) ||
	    library_judge_name(entry.name) < 0 ||
	    !take_text(&text, "from", entry.from, sizeof entry.from) ||
	    !take_time(&text, "added", &entry.added) ||
	    !take_time(&text, "downloaded", &entry.life.download.at) ||
	    !take_witness(&text, &entry.life.witness) ||
	    !take_time(&text, "lasts", &entry.life.download.lasts) || *text != '\0')
		return -EINVAL;
	*ret_entry = entry;
	return 0;
}
