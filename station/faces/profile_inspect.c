/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile inspect: what is in profiles, who signed them, how long they last. */
#include "station/faces/profile_inspect.h"

#include <stdio.h>

#include "profiles/profile.h"
#include "station/tools/exit_status.h"

int profile_inspect(const char *state_option, int argc, char **argv)
{
	int status = EXIT_PASSED;

	(void)state_option;
	for (int i = 1; i < argc; i++) {
		struct problems problems = { 0 };
		struct profile *profile = NULL;

		if (profile_open(argv[i], &problems, &profile) < 0)
			status = EXIT_FILE;
		else
			printf("%s: %s, %s, %zu payloads\n", argv[i], profile->identifier,
			       profile_container_to_text(profile->container),
			       profile->payload_count);
		problems_print(&problems, stderr);
		problems_done(&problems);
		profile_free(profile);
	}
	return status;
}
