/* SPDX-License-Identifier: Apache-2.0 */
/* Devices of the results, each with what Intune says of it. */
#ifndef STATION_FACES_PROOF_LIST_H
#define STATION_FACES_PROOF_LIST_H

#include "station/graph/managed.h"
#include "station/graph/session.h"
#include "station/ledger/result.h"

struct proof {
	int64_t job; /* the newest of the device */
	char serial[CLEAN_MAX + 1];
	int64_t began; /* of the job, in seconds since 1970 */
	struct managed managed;
	bool proved;
};
/* "proved", "an older record", "not there". */
const char *proof_to_text(const struct proof *proof);

/* Zeroed is empty. */
struct proof_list {
	size_t count;
	struct proof *list;
};
void proof_list_done(struct proof_list *list);

/* Fills it with the devices in the ledger at PATH, of BATCH or, with NULL, of all. Returns 0 (also
 * without a ledger), or negative errno. */
int proof_list_recall(struct proof_list *list, const char *path, const char *batch);

/* Asks for each of them. Returns 0, or -1 and REFUSAL. */
int proof_list_ask(struct proof_list *list, struct session *session, struct refusal *refusal);

/* How many are proved. */
size_t proof_list_count(const struct proof_list *list);

#endif
