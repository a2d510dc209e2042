/* SPDX-License-Identifier: Apache-2.0 */
/* Standard output: there from the start, and told of when it could not be written. */
#ifndef STATION_TOOLS_OUTPUT_H
#define STATION_TOOLS_OUTPUT_H

/*
 * Opens /dev/null in place of standard descriptors that were closed by whoever started us: else the
 * next file that is opened would have their number, and get what is printed. To be called before
 * anything is opened. What is then printed to stdout cannot be written (EBADF).
 * Returns 0 or negative errno.
 */
int output_reserve(void);

/*
 * Flushes stdout at the end of VERB ("muster results"). Returns STATUS; or, when something that was
 * printed could not be written, EXIT_TROUBLE: that is told on stderr then, and the rest is dropped,
 * so that it is told once.
 */
int output_finish(const char *verb, int status);

#endif
