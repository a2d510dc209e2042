/* SPDX-License-Identifier: Apache-2.0 */
/* The volume that an operator names by its folder or its device. */
#ifndef STATION_FACES_HANDOVER_VOLUME_H
#define STATION_FACES_HANDOVER_VOLUME_H

#include "station/rules/volume.h"
#include "station/tools/mounts.h"

/*
 * Finds what is mounted at WORD, a folder, or from WORD, a device ("/dev/sdb1"), on HOST. A link is
 * refused as a folder.
 * Returns -1 and RET_VOLUME to go on, or, with a message that begins with VERB, the exit status.
 */
int handover_volume_find(const char *verb, const struct mounts_host *host, const char *word,
			 struct volume *ret_volume);

/* Opens VOLUME's own folder; what is there meanwhile must still be that volume. Returns the
 * descriptor, or negative errno: -ESTALE when it is another. */
int handover_volume_open(const struct volume *volume);

#endif
