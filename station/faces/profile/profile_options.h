/* SPDX-License-Identifier: Apache-2.0 */
/* The options that muster profile inspect and check share, and the files behind them. */
#ifndef STATION_FACES_PROFILE_OPTIONS_H
#define STATION_FACES_PROFILE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct profile_options {
	bool json;
	bool strict;	       /* check: warnings are errors */
	bool rules;	       /* check: tell the rules, and look at no file */
	const char *blueprint; /* check: for whose devices; NULL for any */
	int64_t now;	       /* seconds since 1970: --at, or the wall clock */
	int64_t downloaded;    /* EXPIRY_NEVER when it is not said */
};

/*
 * Reads the options behind the word ARGV[0] of VERB ("muster profile check"). Only check knows all
 * of them. Returns the index of the first file, which may be ARGC with --rules, or 0 when nothing
 * is left to do with RET_STATUS; it told why.
 */
int profile_options_read(const char *verb, const char *usage, int argc, char **argv,
			 struct profile_options *ret_options, int *ret_status);

#endif
