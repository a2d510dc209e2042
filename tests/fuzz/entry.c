/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzz entries share: the entry's name, promises to hold, and ways to hand bytes in. */
#define _GNU_SOURCE /* memfd_create */
#include "tests/fuzz/entry.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "device/facts/clean.h"

bool entry_is_clean(const char *text)
{
	char again[CLEAN_MAX + 1];

	clean_string(text, again);
	return strcmp(text, again) == 0;
}

plist_t entry_plist(const uint8_t *bytes, size_t size)
{
	plist_t plist = NULL;

	plist_from_xml((const char *)bytes, (uint32_t)size, &plist);
	return plist;
}

const char *entry_file(const uint8_t *bytes, size_t size)
{
	static char path[32];
	static int fd = -1;

	if (fd < 0) {
		fd = memfd_create("fuzz", MFD_CLOEXEC);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	}
	must(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, bytes, size, 0) == (ssize_t)size);
	return path;
}
