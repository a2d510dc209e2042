/* SPDX-License-Identifier: Apache-2.0 */
/* A systemd unit as its files have it: the unit, and the drop-ins behind it (systemd.unit(5)). */
#include "config.h"

#include "station/tools/unit_file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Where units are, the first that has one wins. */
static const char *const folders[] = {
	"/etc/systemd/system",	   "/run/systemd/system", "/usr/local/lib/systemd/system",
	"/usr/lib/systemd/system", "/lib/systemd/system",
};
#define FOLDERS (sizeof folders / sizeof folders[0])

/* More lines than any unit and its drop-ins have. */
#define LINES_MAX 1024
/* Drop-ins of one unit. */
#define DROP_INS_MAX 64

struct assignment {
	char section[32], key[64], value[UNIT_VALUE_MAX];
};

struct unit {
	bool masked;
	size_t count;
	struct assignment *lines;
};

struct drop_in {
	char name[NAME_MAX + 1];
	char path[PATH_MAX];
};

void unit_free(struct unit *unit)
{
	if (!unit)
		return;
	free(unit->lines);
	free(unit);
}

/* TEXT without the blanks around it; changes it. */
static char *strip(char *text)
{
	size_t len;

	text += strspn(text, " \t");
	len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]))
		text[--len] = '\0';
	return text;
}

static int add_assignment(struct unit *unit, const char *section, char *line)
{
	struct assignment *lines;
	char *equals = strchr(line, '=');

	if (!equals || unit->count == LINES_MAX)
		return 0;
	*equals = '\0';
	lines = reallocarray(unit->lines, unit->count + 1, sizeof *lines);
	if (!lines)
		return -ENOMEM;
	unit->lines = lines;
	lines += unit->count++;
	snprintf(lines->section, sizeof lines->section, "%s", section);
	snprintf(lines->key, sizeof lines->key, "%s", strip(line));
	snprintf(lines->value, sizeof lines->value, "%s", strip(equals + 1));
	return 0;
}

/* Reads a line with all that a backslash at its end joins to it. Returns false at the end. */
static bool read_logical(FILE *file, char *line, size_t room)
{
	size_t have = 0;

	while (have + 1 < room && fgets(line + have, (int)(room - have), file)) {
		size_t len = strcspn(line + have, "\n");

		/* Comments do not end what a backslash joins. */
		if (have > 0 && strchr("#;", line[have]))
			continue;
		have += len;
		line[have] = '\0';
		if (len == 0 || line[have - 1] != '\\')
			return true;
		line[have - 1] = ' ';
	}
	return have > 0;
}

static int read_file(struct unit *unit, const char *path)
{
	char line[2 * UNIT_VALUE_MAX], section[32] = "";
	FILE *file = fopen(path, "re");
	int r = 0;

	if (!file)
		return -errno;
	while (r == 0 && read_logical(file, line, sizeof line)) {
		char *text = strip(line);

		if (*text == '[')
			snprintf(section, sizeof section, "%.*s", (int)strcspn(text + 1, "]"),
				 text + 1);
		else if (*text && !strchr("#;", *text))
			r = add_assignment(unit, section, text);
	}
	fclose(file);
	return r;
}

static int read_unit(const char *root, const char *name, struct unit *unit)
{
	char path[PATH_MAX];
	struct stat status;

	for (size_t i = 0; i < FOLDERS; i++) {
		if (snprintf(path, sizeof path, "%s%s/%s", root, folders[i], name) >=
			    (int)sizeof path ||
		    stat(path, &status) < 0)
			continue;
		unit->masked = !S_ISREG(status.st_mode) || status.st_size == 0;
		return unit->masked ? 0 : read_file(unit, path);
	}
	return -ENOENT;
}

/* One more drop-in; one of that name from a folder before wins. */
static void add_drop_in(struct drop_in *all, size_t *count, const char *folder, const char *name)
{
	size_t len = strlen(name);

	if (len < 5 || strcmp(name + len - 5, ".conf") != 0 || *count == DROP_INS_MAX)
		return;
	for (size_t i = 0; i < *count; i++)
		if (strcmp(all[i].name, name) == 0)
			return;
	if (snprintf(all[*count].path, sizeof all[*count].path, "%s/%s", folder, name) >=
	    (int)sizeof all[*count].path)
		return;
	snprintf(all[*count].name, sizeof all[*count].name, "%s", name);
	++*count;
}

static void list_drop_ins(const char *path, struct drop_in *all, size_t *count)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	if (!folder)
		return;
	while ((entry = readdir(folder)))
		add_drop_in(all, count, path, entry->d_name);
	closedir(folder);
}

static int by_name(const void *a, const void *b)
{
	const struct drop_in *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static int read_drop_ins(const char *root, const char *name, struct unit *unit)
{
	struct drop_in *all = calloc(DROP_INS_MAX, sizeof *all);
	char path[PATH_MAX];
	size_t count = 0;
	int r = 0;

	if (!all)
		return -ENOMEM;
	for (size_t i = 0; i < FOLDERS; i++)
		if (snprintf(path, sizeof path, "%s%s/%s.d", root, folders[i], name) <
		    (int)sizeof path)
			list_drop_ins(path, all, &count);
	qsort(all, count, sizeof *all, by_name);
	for (size_t i = 0; i < count && r != -ENOMEM; i++)
		r = read_file(unit, all[i].path);
	free(all);
	return r == -ENOMEM ? r : 0;
}

int unit_read(const char *root, const char *name, struct unit **ret_unit)
{
	struct unit *unit = calloc(1, sizeof *unit);
	int r;

	if (!unit)
		return -ENOMEM;
	r = read_unit(root, name, unit);
	if (r == 0)
		r = read_drop_ins(root, name, unit);
	if (r < 0) {
		unit_free(unit);
		return r;
	}
	*ret_unit = unit;
	return 0;
}

bool unit_is_masked(const struct unit *unit)
{
	return unit->masked;
}

const char *unit_value(const struct unit *unit, const char *section, const char *key)
{
	const char *value = NULL;

	for (size_t i = 0; i < unit->count; i++)
		if (strcmp(unit->lines[i].section, section) == 0 &&
		    strcmp(unit->lines[i].key, key) == 0)
			value = unit->lines[i].value;
	return value && *value ? value : NULL;
}
