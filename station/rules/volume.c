/* SPDX-License-Identifier: Apache-2.0 */
/* Which volume a profile may be written to: one stick, and never a disk of this computer. */
#include "station/rules/volume.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char *volume_sentence(enum volume_fault fault)
{
	switch (fault) {
	case VOLUME_FINE:
		return "";
	case VOLUME_NO_DISK:
		return "it is on no disk of its own: only a USB stick is written to";
	case VOLUME_SYSTEM:
		return "this computer keeps its own files there, or on the same disk; a stick is "
		       "mounted below /media, /run/media or /mnt";
	case VOLUME_FIXED:
		return "it is a fixed disk, not a stick";
	case VOLUME_NOT_USB:
		return "it is not on USB";
	case VOLUME_FORMAT:
		return "a Mac does not read and write its format; make it FAT32 or exFAT";
	case VOLUME_READ_ONLY:
		return "it is mounted read-only; look for a lock on the stick, or mount it anew";
	}
	return "";
}

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

bool volume_is_system_place(const char *mount)
{
	/* Whatever is below these is the system's; of the others only they themselves, and homes.
	 */
	static const char *const tops[] = { "boot", "dev", "efi", "etc", "proc",
					    "snap", "sys", "usr", "var" };
	static const char *const places[] = { "/", "/home", "/opt", "/root", "/srv", "/tmp" };
	char top[16];

	if (is_one_of(mount, places, COUNT(places)))
		return true;
	if (strncmp(mount, "/home/", 6) == 0)
		return strchr(mount + 6, '/') == NULL;
	snprintf(top, sizeof top, "%.*s", (int)strcspn(mount + 1, "/"), mount + 1);
	return is_one_of(top, tops, COUNT(tops));
}

enum volume_fault volume_judge(const struct volume *volume)
{
	static const char *const formats[] = { "vfat", "msdos", "exfat", "hfsplus" };

	if (volume->system)
		return VOLUME_SYSTEM;
	if (volume->disk[0] == '\0')
		return VOLUME_NO_DISK;
	if (!volume->removable)
		return VOLUME_FIXED;
	if (!volume->usb)
		return VOLUME_NOT_USB;
	if (!is_one_of(volume->format, formats, COUNT(formats)))
		return VOLUME_FORMAT;
	return volume->read_only ? VOLUME_READ_ONLY : VOLUME_FINE;
}

const char *volume_name(const char *name, const char *suffix, char out[static VOLUME_NAME_MAX])
{
	size_t room = VOLUME_NAME_MAX - 1 - strlen(suffix), len = 0;

	for (; *name && len < room; name++) {
		unsigned char c = (unsigned char)*name;
		bool plain = isascii(c) && (isalnum(c) || c == '_' || c == '-' || c == '.');

		/* A name that begins with a point is hidden on a Mac. */
		if (len == 0 && c == '.')
			continue;
		if ((c & 0xc0) != 0x80) /* one sign for a whole character */
			out[len++] = plain ? (char)c : '-';
	}
	snprintf(out + len, VOLUME_NAME_MAX - len, "%s%s", len == 0 ? "profile" : "", suffix);
	return out;
}
