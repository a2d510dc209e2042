/* SPDX-License-Identifier: Apache-2.0 */
/* The cloud configuration of a simulated device: who owns it, and what Setup Assistant skips. */
#ifndef TESTS_SIM_CLOUD_H
#define TESTS_SIM_CLOUD_H

#include <plist/plist.h>

struct phone;

/*
 * SetCloudConfiguration: copies the dict CONFIGURATION if the device takes it now, and is
 * supervised from then on if that says so. Returns NULL, or the ErrorChain, the caller's.
 */
plist_t cloud_set(struct phone *phone, plist_t configuration);

#endif
