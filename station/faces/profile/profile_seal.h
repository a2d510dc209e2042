/* SPDX-License-Identifier: Apache-2.0 */
/* muster profile sign, muster profile encrypt: new files made of profiles, by CMS. */
#ifndef STATION_FACES_PROFILE_SEAL_H
#define STATION_FACES_PROFILE_SEAL_H

/* ARGV[0] is "sign" or "encrypt"; STATE_OPTION is the value of --state, or NULL. Returns the exit
 * status. */
int profile_sign_verb(const char *state_option, int argc, char **argv);
int profile_encrypt_verb(const char *state_option, int argc, char **argv);

#endif
