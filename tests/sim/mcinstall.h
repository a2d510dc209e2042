/* SPDX-License-Identifier: Apache-2.0 */
/* The profile service of a simulated device, com.apple.mobile.MCInstall. */
#ifndef TESTS_SIM_MCINSTALL_H
#define TESTS_SIM_MCINSTALL_H

#include <plist/plist.h>

struct service;

extern const struct service mcinstall_service;

/*
 * The answer of a device that does not install a profile for the reason CODE (a number of
 * doc/protocol.md, "MCInstall", as 4001 or 13000): Status Error with an ErrorChain of DEPTH links,
 * "installation failed" as often as it takes, and the reason last. The caller's.
 */
plist_t mcinstall_refusal(unsigned code, unsigned depth);

#endif
