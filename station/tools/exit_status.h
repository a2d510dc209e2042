/* SPDX-License-Identifier: Apache-2.0 */
/* What every verb's exit status means. Scripts rely on it: muster(1), "Exit status". */
#ifndef STATION_TOOLS_EXIT_STATUS_H
#define STATION_TOOLS_EXIT_STATUS_H

enum exit_status {
	EXIT_PASSED = 0,     /* all passed; the verb did what it was asked */
	EXIT_NOT_PASSED = 1, /* some device did not pass */
	EXIT_USAGE = 2,	     /* the command line is wrong */
	EXIT_FILE = 3,	     /* an operator's file is wrong */
	EXIT_TROUBLE = 4,    /* this host or the station is in trouble */
	EXIT_NOTHING = 5,    /* nothing to do: no device */
};

#endif
