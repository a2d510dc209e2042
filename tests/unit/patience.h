/* SPDX-License-Identifier: Apache-2.0 */
/* How much longer than usual a test waits: for runs under valgrind and the like. */
#ifndef TESTS_UNIT_PATIENCE_H
#define TESTS_UNIT_PATIENCE_H

/* The factor for every limit of a test, from 1 to 1000: MUSTER_PATIENCE, or 1. */
int patience(void);

#endif
