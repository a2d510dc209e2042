/* SPDX-License-Identifier: Apache-2.0 */
/* What muster-fetch may do and have, before it meets the network. */
#ifndef STATION_FETCH_CONFINE_H
#define STATION_FETCH_CONFINE_H

/* Takes from this process what it does not need: descriptors but the standard three, core files,
 * new privileges, memory without end; and others' looks into it.
 * Returns 0 or negative errno. */
int confine(void);

#endif
