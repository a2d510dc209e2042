/* SPDX-License-Identifier: Apache-2.0 */
/* The question before what cannot be undone. */
#include "config.h"

#include "station/faces/yes.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "station/tools/exit_status.h"

int yes_ask(const char *verb, const char *question)
{
	char answer[16];

	if (!isatty(STDIN_FILENO)) {
		fprintf(stderr, "%s: nobody is here to be asked: %s Say --yes.\n", verb, question);
		return EXIT_USAGE;
	}
	fprintf(stderr, "%s [y/N] ", question);
	if (!fgets(answer, sizeof answer, stdin))
		return EXIT_NOT_PASSED;
	answer[strcspn(answer, "\r\n")] = '\0';
	return strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0 ? -1
									      : EXIT_NOT_PASSED;
}
