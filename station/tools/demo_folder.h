/* SPDX-License-Identifier: Apache-2.0 */
/* The folder in which a demonstration keeps everything that it makes. */
#ifndef STATION_TOOLS_DEMO_FOLDER_H
#define STATION_TOOLS_DEMO_FOLDER_H

#include "station/tools/state.h"

struct demo_folder {
	char path[STATE_PATH_MAX];
	char state[STATE_PATH_MAX];  /* the station's state directory */
	char socket[STATE_PATH_MAX]; /* where the simulated usbmuxd listens */
	char bench[STATE_PATH_MAX];  /* the bench file of the simulator */
	char log[STATE_PATH_MAX];    /* what the station says on stderr */
};

/* Makes it below $TMPDIR, or /tmp, for this user only, with a bench file of DEVICES devices.
 * Returns 0 or negative errno, and then there is nothing to remove. */
int demo_folder_make(unsigned devices, struct demo_folder *ret_folder);

/* Removes it with all that is in it; what cannot be removed stays. */
void demo_folder_remove(const struct demo_folder *folder);

#endif
