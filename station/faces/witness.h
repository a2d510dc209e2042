/* SPDX-License-Identifier: Apache-2.0 */
/* Who bears witness to a result: the device that was read back, an MDM, a person. */
#ifndef STATION_FACES_WITNESS_H
#define STATION_FACES_WITNESS_H

#include <stdbool.h>

#include "station/ledger/result.h"

enum witness {
	WITNESS_DEVICE, /* it was read back, or reported by itself, and was right */
	WITNESS_MDM,	/* it manages the device since (muster profile proof) */
	WITNESS_PERSON, /* somebody said so (muster handover record), and nothing else is known */
};
#define WITNESSES 3
/* "device", "MDM", "person". */
const char *witness_to_text(enum witness witness);

bool result_has_witness(const struct result *result, enum witness witness);

/* Room for all of them, with the end. */
#define WITNESS_LIST_MAX 32
/* "device, MDM" and the like; "" without one. Fills OUT and returns it. */
const char *result_witnesses(const struct result *result, char out[static WITNESS_LIST_MAX]);

#endif
