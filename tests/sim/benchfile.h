/* SPDX-License-Identifier: Apache-2.0 */
/* A bench file: the devices of a simulated bench in YAML (doc: muster-sim(1), "BENCH FILE"). */
#ifndef TESTS_SIM_BENCHFILE_H
#define TESTS_SIM_BENCHFILE_H

#include <stdio.h>

struct bench;
struct phone_setup;

/*
 * Puts the devices of the file at PATH on BENCH; what the file does not say of their set-up is as
 * in SETUP. Writes every problem to PROBLEMS as "PATH:LINE:COLUMN: text", a line each. Returns 0;
 * -EINVAL when there were problems, and then BENCH is good for bench_free only.
 */
int benchfile_load(const char *path, struct bench *bench, const struct phone_setup *setup,
		   FILE *problems);

#endif
