/* SPDX-License-Identifier: Apache-2.0 */
/* Plays a computer with sticks for "muster handover stick": its mounts and its sysfs are files in a
 * folder. The program itself has no such option: what it writes to, the kernel says. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "station/faces/handover/handover_stick.h"

/* "8:17" of the file system that FOLDER is on, for a mountinfo. */
static int tell_device(const char *folder)
{
	struct stat st;

	if (stat(folder, &st) < 0) {
		perror(folder);
		return 1;
	}
	printf("%u:%u\n", major(st.st_dev), minor(st.st_dev));
	return 0;
}

/* play-stick device FOLDER | play-stick ROOT STATE ARGUMENT... */
int main(int argc, char **argv)
{
	char mountinfo[PATH_MAX], sys[PATH_MAX];
	struct mounts_host host = { mountinfo, sys };

	if (argc == 3 && strcmp(argv[1], "device") == 0)
		return tell_device(argv[2]);
	if (argc < 4) {
		fputs("usage: play-stick device FOLDER | play-stick ROOT STATE ARGUMENT...\n",
		      stderr);
		return 2;
	}
	snprintf(mountinfo, sizeof mountinfo, "%s/mountinfo", argv[1]);
	snprintf(sys, sizeof sys, "%s/sys", argv[1]);
	/* In the place of the verb's word is the state directory: the verb does not read its word.
	 */
	return handover_stick_on(&host, argv[2], argc - 2, argv + 2);
}
