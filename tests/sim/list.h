/* SPDX-License-Identifier: Apache-2.0 */
/* What the control socket tells of a bench and its devices. */
#ifndef TESTS_SIM_LIST_H
#define TESTS_SIM_LIST_H

#include <jansson.h>

struct bench;

/* Adds the keys of the verb "list" to REPLY (muster-sim(1), "CONTROL SOCKET"). */
void bench_list(const struct bench *bench, json_t *reply);

#endif
