/* SPDX-License-Identifier: Apache-2.0 */
/* Which volume a profile may be written to: one stick, and never a disk of this computer. */
#ifndef STATION_RULES_VOLUME_H
#define STATION_RULES_VOLUME_H

#include <limits.h>
#include <stdbool.h>

/* What is known of a mounted volume. */
struct volume {
	char mount[PATH_MAX]; /* where it is mounted */
	char device[64];      /* "8:17", by which the kernel knows it */
	char disk[64];	      /* "sdb": the disk that it is on; "" when it is on none */
	char format[32];      /* "vfat" */
	bool removable;	      /* the disk says that its medium is */
	bool usb;	      /* the disk hangs on USB */
	bool read_only;
	bool system; /* it, or another volume on its disk, is a part of this computer's system */
};

enum volume_fault {
	VOLUME_FINE,
	VOLUME_NO_DISK,	  /* a network's, a memory's, an encrypted or a loop volume */
	VOLUME_SYSTEM,	  /* this computer runs from its disk */
	VOLUME_FIXED,	  /* the disk is not removable */
	VOLUME_NOT_USB,	  /* … or not on USB */
	VOLUME_FORMAT,	  /* no Mac reads and writes it */
	VOLUME_READ_ONLY, /* nothing can be written */
};
/* What a person is told; "" for VOLUME_FINE. */
const char *volume_sentence(enum volume_fault fault);

/* The rule: the first that stands against VOLUME. */
enum volume_fault volume_judge(const struct volume *volume);

/* Is MOUNT a place where a system keeps a volume of its own: /, /home, /boot/efi …? */
bool volume_is_system_place(const char *mount);

/* Largest name of a file that volume_name makes, with its end. */
#define VOLUME_NAME_MAX 72
/* Makes a name for a file on FAT, exFAT or HFS+ of NAME: letters, digits and "._-", anything else
 * is "-", with SUFFIX behind. Fills OUT and returns it. */
const char *volume_name(const char *name, const char *suffix, char out[static VOLUME_NAME_MAX]);

#endif
