/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile check: everything that is wrong in profiles, with its place and what to do. */
#include "station/faces/profile_check.h"

#include <stdio.h>

#include "profiles/profile.h"
#include "station/tools/exit_status.h"

int profile_check_files(const char *state_option, int argc, char **argv)
{
	int status = EXIT_PASSED;

	(void)state_option;
	for (int i = 1; i < argc; i++) {
		struct problems problems = { 0 };
		struct profile *profile = NULL;

		if (profile_open(argv[i], &problems, &profile) < 0)
			status = EXIT_FILE;
		problems_print(&problems, stderr);
		problems_done(&problems);
		profile_free(profile);
	}
	return status;
}
