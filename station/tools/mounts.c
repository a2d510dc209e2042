/* SPDX-License-Identifier: Apache-2.0 */
/* What is mounted where, and on which disk: what the kernel says of volumes. */
#include "station/tools/mounts.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct mounts_host mounts_this_host = { "/proc/self/mountinfo", "/sys" };

/* Turns "\040" and the like in TEXT, as proc(5) has blanks in paths, into what they stand for. */
static void unescape(char *text)
{
	char *to = text;

	for (const char *from = text; *from; to++) {
		if (from[0] == '\\' && strspn(from + 1, "01234567") >= 3) {
			*to = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0'));
			from += 4;
		} else {
			*to = *from++;
		}
	}
	*to = '\0';
}

/* Is WORD among the comma-separated OPTIONS? */
static bool has_option(const char *options, const char *word)
{
	size_t len = strlen(word);

	for (; *options; options += strcspn(options, ","), options += *options == ',')
		if (strncmp(options, word, len) == 0 && (options[len] == ',' || !options[len]))
			return true;
	return false;
}

/* Reads "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue". Returns
 * 0, -ENOMEM, or -EINVAL for a line of another form. */
static int parse_line(char *line, struct mount *ret_mount)
{
	/* A blank in a path is escaped, so this is the end of the optional fields. */
	char *rest = line, *words[6], *format, *super = strstr(line, " - ");

	if (!super)
		return -EINVAL;
	*super = '\0';
	super += 3;
	for (int i = 0; i < 6; i++)
		if (!(words[i] = strsep(&rest, " ")))
			return -EINVAL;
	format = strsep(&super, " ");
	if (!super || !strsep(&super, " ") || !super) /* the source, behind which are options */
		return -EINVAL;
	super[strcspn(super, "\n")] = '\0';
	unescape(words[4]);
	*ret_mount = (struct mount){ .device = strdup(words[2]),
				     .place = strdup(words[4]),
				     .format = strdup(format),
				     .read_only = has_option(words[5], "ro") ||
						  has_option(super, "ro") };
	return ret_mount->device && ret_mount->place && ret_mount->format ? 0 : -ENOMEM;
}

static void mount_done(struct mount *mount)
{
	free(mount->device);
	free(mount->place);
	free(mount->format);
}

/* The name of the folder in sysfs that PATH leads to; true when it is there. With a partition it is
 * its disk's. */
static bool find_disk(const char *path, char out[static NAME_MAX + 1])
{
	char real[PATH_MAX], partition[PATH_MAX + 16];

	if (!realpath(path, real))
		return false;
	snprintf(partition, sizeof partition, "%s/partition", real);
	if (access(partition, F_OK) == 0)
		*strrchr(real, '/') = '\0';
	snprintf(out, NAME_MAX + 1, "%s", strrchr(real, '/') + 1);
	return true;
}

/* Takes LINE; one of another form is left out. Returns 0 or -ENOMEM. */
static int take_line(const struct mounts_host *host, char *line, struct mounts *mounts)
{
	struct mount *mount = &mounts->list[mounts->count];
	char path[PATH_MAX];
	int r = parse_line(line, mount);

	if (r == -EINVAL)
		return 0;
	if (r < 0) {
		mount_done(mount);
		return r;
	}
	snprintf(path, sizeof path, "%s/dev/block/%s", host->sys, mount->device);
	if (!find_disk(path, mount->disk))
		mount->disk[0] = '\0';
	mounts->count++;
	return 0;
}

int mounts_read(const struct mounts_host *host, struct mounts *ret_mounts)
{
	FILE *file = fopen(host->mountinfo, "re");
	struct mounts mounts = { .list = calloc(MOUNTS_MAX, sizeof *mounts.list) };
	char *line = NULL;
	size_t room = 0;
	int r = 0;

	if (!file || !mounts.list) {
		r = file ? -ENOMEM : -errno;
		if (file)
			fclose(file);
		free(mounts.list);
		return r;
	}
	while (r == 0 && mounts.count < MOUNTS_MAX && getline(&line, &room, file) > 0)
		r = take_line(host, line, &mounts);
	free(line);
	fclose(file);
	if (r < 0)
		mounts_done(&mounts);
	else
		*ret_mounts = mounts;
	return r;
}

void mounts_done(struct mounts *mounts)
{
	for (size_t i = 0; i < mounts->count; i++)
		mount_done(&mounts->list[i]);
	free(mounts->list);
	*mounts = (struct mounts){ 0 };
}

const struct mount *mounts_at(const struct mounts *mounts, const char *place)
{
	for (size_t i = mounts->count; i > 0; i--)
		if (strcmp(mounts->list[i - 1].place, place) == 0)
			return &mounts->list[i - 1];
	return NULL;
}

/* Reads the first line of SYS/FOLDER/NAME/FILE; "" when there is none. */
static void read_word(const char *folder, const char *name, const char *file, char out[static 32])
{
	char path[PATH_MAX];
	FILE *stream;

	out[0] = '\0';
	snprintf(path, sizeof path, "%s/%s/%s", folder, name, file);
	stream = fopen(path, "re");
	if (!stream)
		return;
	if (!fgets(out, 32, stream))
		out[0] = '\0';
	out[strcspn(out, "\n")] = '\0';
	fclose(stream);
}

/* One mount for each device: several binds of one are not several partitions. */
static int only_mount(const struct mounts *mounts, const char *disk, const struct mount **ret_mount)
{
	const struct mount *found = NULL;

	for (size_t i = 0; i < mounts->count; i++) {
		const struct mount *mount = &mounts->list[i];

		if (strcmp(mount->disk, disk) != 0 ||
		    (found && strcmp(found->device, mount->device) == 0))
			continue;
		if (found)
			return -ENOTUNIQ;
		found = mount;
	}
	if (!found)
		return -ENOENT;
	*ret_mount = found;
	return 0;
}

int mounts_of_device(const struct mounts_host *host, const struct mounts *mounts, const char *name,
		     const struct mount **ret_mount)
{
	char real[PATH_MAX], folder[PATH_MAX], device[32], disk[NAME_MAX + 1];
	const char *base;

	/* A name of udev's, /dev/disk/by-label/STICK, is a link to the kernel's. */
	base = realpath(name, real) ? real : name;
	base = strrchr(base, '/') ? strrchr(base, '/') + 1 : base;
	snprintf(folder, sizeof folder, "%s/class/block", host->sys);
	read_word(folder, base, "dev", device);
	if (!device[0])
		return -ENODEV;
	for (size_t i = 0; i < mounts->count; i++) {
		if (strcmp(mounts->list[i].device, device) != 0)
			continue;
		*ret_mount = &mounts->list[i];
		return 0;
	}
	if (snprintf(folder, sizeof folder, "%s/class/block/%s", host->sys, base) >=
		    (int)sizeof folder ||
	    !find_disk(folder, disk) || strcmp(disk, base) != 0)
		return -ENOENT;
	return only_mount(mounts, disk, ret_mount);
}

/* Is there a folder "usb1" in PATH, the controller's bus? */
static bool is_on_usb(const char *path)
{
	const char *at = path;

	while ((at = strstr(at, "/usb"))) {
		at += 4;
		if (isdigit((unsigned char)*at) && at[strspn(at, "0123456789")] == '/')
			return true;
	}
	return false;
}

struct mounts_disk mounts_disk(const struct mounts_host *host, const char *disk)
{
	char path[PATH_MAX], real[PATH_MAX], word[32];
	struct mounts_disk out = { 0 };

	if (!disk[0] || strchr(disk, '/'))
		return out;
	snprintf(path, sizeof path, "%s/class/block", host->sys);
	read_word(path, disk, "removable", word);
	out.removable = strcmp(word, "1") == 0;
	if (snprintf(path, sizeof path, "%s/class/block/%s", host->sys, disk) < (int)sizeof path &&
	    realpath(path, real))
		out.usb = is_on_usb(real);
	return out;
}
