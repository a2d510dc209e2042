/* SPDX-License-Identifier: Apache-2.0 */
/* The question before what cannot be undone. */
#ifndef STATION_FACES_YES_H
#define STATION_FACES_YES_H

/*
 * Asks QUESTION on the terminal and reads an answer of one line.
 * Returns -1 to go on when it was "y" or "yes"; EXIT_NOT_PASSED for any other; EXIT_USAGE, with a
 * message that names --yes, when standard input is no terminal.
 */
int yes_ask(const char *verb, const char *question);

#endif
