/* SPDX-License-Identifier: Apache-2.0 */
/* The step verify: everything planned, read back from the device in one go. */
#ifndef DEVICE_VERIFY_H
#define DEVICE_VERIFY_H

#include "device/job.h"

/* profile-missing, profile-differs or name-differs for the first planned thing that is not so. */
struct fault verify_run(struct job *job);

#endif
