/* SPDX-License-Identifier: Apache-2.0 */
/* What is mounted where, and on which disk: what the kernel says of volumes. */
#ifndef STATION_TOOLS_MOUNTS_H
#define STATION_TOOLS_MOUNTS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* Where the kernel says it. Tests give a computer of their own; no option or variable does. */
struct mounts_host {
	const char *mountinfo; /* /proc/self/mountinfo */
	const char *sys;       /* /sys */
};
/* This computer. */
extern const struct mounts_host mounts_this_host;

struct mount {
	char *place;  /* the directory */
	char *device; /* "8:17" */
	char *format; /* "vfat" */
	bool read_only;
	char disk[NAME_MAX + 1]; /* "sdb"; "" when it is on none */
};

struct mounts {
	size_t count;
	struct mount *list;
};

/* Most mounts that are read; a computer with containers has some hundreds. */
#define MOUNTS_MAX 4096

/* Reads all mounts of HOST, in their order. Returns 0 and RET_MOUNTS (mounts_done), or negative
 * errno. */
int mounts_read(const struct mounts_host *host, struct mounts *ret_mounts);
void mounts_done(struct mounts *mounts);

/* The mount at the directory PLACE, the topmost if there are several; NULL when it is none. */
const struct mount *mounts_at(const struct mounts *mounts, const char *place);

/*
 * The mount of the block device NAME ("/dev/sdb1", "/dev/sdb" with one mounted partition). Returns
 * 0 and RET_MOUNT; -ENODEV when there is no such device; -ENOENT when it is not mounted;
 * -ENOTUNIQ when several of its partitions are.
 */
int mounts_of_device(const struct mounts_host *host, const struct mounts *mounts, const char *name,
		     const struct mount **ret_mount);

/* What the disk of that name says of itself. */
struct mounts_disk {
	bool removable; /* its medium is */
	bool usb;	/* it hangs on USB */
};
struct mounts_disk mounts_disk(const struct mounts_host *host, const char *disk);

#endif
