/* SPDX-License-Identifier: Apache-2.0 */
/* The step install.N: one configuration profile on the device. */
#ifndef DEVICE_INSTALL_H
#define DEVICE_INSTALL_H

#include "device/job.h"

/*
 * Looks whether the profile is there, sends the bytes in PROFILE_FD (a regular file or sealed
 * memfd) if not, and reads the list until it is. A device that is set up holds the profile until a
 * person has confirmed it: approval is waited for. RET_WAS_SO: it was there before.
 */
struct fault install_run(struct job *job, const struct plan_step *step, int profile_fd,
			 bool *ret_was_so);

#endif
