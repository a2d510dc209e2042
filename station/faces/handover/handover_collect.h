/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover collect: what Macs wrote to a stick, taken into the ledger. */
#ifndef STATION_FACES_HANDOVER_COLLECT_H
#define STATION_FACES_HANDOVER_COLLECT_H

/* ARGV[0] is "collect"; STATE_OPTION is that of --state, or NULL. Returns the exit status. */
int handover_collect(const char *state_option, int argc, char **argv);

#endif
