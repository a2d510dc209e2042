/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile proof: which devices of the results Intune manages, kept beside the results. */
#ifndef STATION_FACES_PROFILE_PROOF_H
#define STATION_FACES_PROFILE_PROOF_H

/* ARGV[0] is "proof"; STATE_OPTION is the value of --state, or NULL. Returns the exit status. */
int profile_proof(const char *state_option, int argc, char **argv);

#endif
