/* SPDX-License-Identifier: Apache-2.0 */
/* The volume that an operator names by its folder or its device. */
#include "station/faces/handover/handover_volume.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "station/tools/exit_status.h"

/* Is MOUNT, or another on its disk, a part of the system? */
static bool is_system(const struct mounts *mounts, const struct mount *mount)
{
	if (volume_is_system_place(mount->place))
		return true;
	for (size_t i = 0; i < mounts->count; i++) {
		const struct mount *other = &mounts->list[i];

		if (mount->disk[0] && strcmp(other->disk, mount->disk) == 0 &&
		    volume_is_system_place(other->place))
			return true;
	}
	return false;
}

static struct volume describe(const struct mounts_host *host, const struct mounts *mounts,
			      const struct mount *mount)
{
	const struct mounts_disk disk = mounts_disk(host, mount->disk);
	struct volume volume = { .removable = disk.removable,
				 .usb = disk.usb,
				 .read_only = mount->read_only,
				 .system = is_system(mounts, mount) };

	snprintf(volume.mount, sizeof volume.mount, "%s", mount->place);
	snprintf(volume.device, sizeof volume.device, "%.63s", mount->device);
	snprintf(volume.disk, sizeof volume.disk, "%.63s", mount->disk);
	snprintf(volume.format, sizeof volume.format, "%.31s", mount->format);
	return volume;
}

/* Says which sticks there are. */
static void tell_sticks(const char *verb, const struct mounts_host *host,
			const struct mounts *mounts)
{
	bool any = false;

	for (size_t i = 0; i < mounts->count; i++) {
		struct volume volume = describe(host, mounts, &mounts->list[i]);

		if (volume_judge(&volume) != VOLUME_FINE)
			continue;
		fprintf(stderr, "%s  %s\n", any ? "" : "Sticks here:\n", volume.mount);
		any = true;
	}
	if (!any)
		fprintf(stderr,
			"%s: no USB stick is mounted here; plug one in, or mount it with udisksctl "
			"mount -b DEVICE\n",
			verb);
}

/* The mount at the folder WORD. Returns NULL with a message that names what is wrong. */
static const struct mount *find_folder(const char *verb, const struct mounts *mounts,
				       const char *word)
{
	const struct mount *mount;
	char *real;
	struct stat st;

	if (lstat(word, &st) < 0) {
		fprintf(stderr, "%s: %s: %s\n", verb, word, strerror(errno));
		return NULL;
	}
	if (!S_ISDIR(st.st_mode)) {
		fprintf(stderr, "%s: %s is %s, neither a folder nor a device\n", verb, word,
			S_ISLNK(st.st_mode) ? "a link" : "a file");
		return NULL;
	}
	real = realpath(word, NULL);
	mount = real ? mounts_at(mounts, real) : NULL;
	free(real);
	if (!mount)
		fprintf(stderr,
			"%s: %s is no stick: nothing is mounted at it; name the folder where the "
			"stick appears, or its device\n",
			verb, word);
	return mount;
}

static const struct mount *find_device(const char *verb, const struct mounts_host *host,
				       const struct mounts *mounts, const char *word)
{
	const struct mount *mount = NULL;

	switch (-mounts_of_device(host, mounts, word, &mount)) {
	case 0:
		return mount;
	case ENODEV:
		fprintf(stderr, "%s: %s: there is no such device\n", verb, word);
		break;
	case ENOTUNIQ:
		fprintf(stderr, "%s: several volumes of %s are mounted; name one\n", verb, word);
		break;
	default:
		fprintf(stderr, "%s: %s is not mounted; mount it with udisksctl mount -b %s\n",
			verb, word, word);
	}
	return NULL;
}

int handover_volume_find(const char *verb, const struct mounts_host *host, const char *word,
			 struct volume *ret_volume)
{
	const struct mount *mount;
	struct mounts mounts;
	int r = mounts_read(host, &mounts);

	if (r < 0) {
		fprintf(stderr, "%s: %s: %s\n", verb, host->mountinfo, strerror(-r));
		return EXIT_TROUBLE;
	}
	mount = strncmp(word, "/dev/", 5) == 0 ? find_device(verb, host, &mounts, word)
					       : find_folder(verb, &mounts, word);
	if (mount)
		*ret_volume = describe(host, &mounts, mount);
	else
		tell_sticks(verb, host, &mounts);
	mounts_done(&mounts);
	return mount ? -1 : EXIT_USAGE;
}

int handover_volume_open(const struct volume *volume)
{
	char device[sizeof volume->device];
	int fd = open(volume->mount, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	int r = 0;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0)
		r = -errno;
	snprintf(device, sizeof device, "%u:%u", major(st.st_dev), minor(st.st_dev));
	if (r == 0 && strcmp(device, volume->device) != 0)
		r = -ESTALE;
	if (r == 0)
		return fd;
	close(fd);
	return r;
}
