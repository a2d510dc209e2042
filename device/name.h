/* SPDX-License-Identifier: Apache-2.0 */
/* The step name: what the device is called. */
#ifndef DEVICE_NAME_H
#define DEVICE_NAME_H

#include "device/job.h"

/* Sets the device's name to NAME unless it is so, and reads it back. RET_WAS_SO: it was so
 * before. */
struct fault name_run(struct job *job, const char *name, bool *ret_was_so);

/* name-differs when the device is not called NAME. */
struct fault name_check(struct link *link, const char *name);

#endif
