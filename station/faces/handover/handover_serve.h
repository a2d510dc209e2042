/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover serve: the profile on an HTTPS page, behind links that work once. */
#ifndef STATION_FACES_HANDOVER_SERVE_H
#define STATION_FACES_HANDOVER_SERVE_H

/* ARGV[0] is "serve"; STATE_OPTION is that of --state, or NULL. Returns the exit status. */
int handover_serve(const char *state_option, int argc, char **argv);

#endif
