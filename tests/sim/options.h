/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of muster-sim. */
#ifndef TESTS_SIM_OPTIONS_H
#define TESTS_SIM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/sim/faults.h"
#include "tests/sim/phone.h"

/* A named fault for so many devices. */
struct spread {
	struct fault_order order;
	unsigned count;
};

#define SPREADS_MAX 32

/* The texts are argv's. */
struct options {
	const char *listen;  /* "ADDRESS:PORT"; NULL: not on TCP */
	const char *socket;  /* a path; NULL: not on a UNIX socket */
	const char *usbip;   /* "ADDRESS:PORT"; NULL: not on a bus of USB/IP */
	const char *control; /* a path; NULL: none */
	const char *bench_file;
	unsigned devices;
	bool unplugged;
	struct phone_setup setup;
	struct spread spreads[SPREADS_MAX];
	unsigned spread_count;
	uint64_t seed;
	int ready_fd; /* -1: none */
};

enum options_verdict {
	OPTIONS_RUN,
	OPTIONS_DONE,  /* --help or --version was answered */
	OPTIONS_WRONG, /* said on stderr why */
};

enum options_verdict options_read(int argc, char **argv, struct options *ret_options);

#endif
