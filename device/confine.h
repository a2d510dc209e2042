/* SPDX-License-Identifier: Apache-2.0 */
/* What the process may do and have, before it hears the first byte from a device. */
#ifndef DEVICE_CONFINE_H
#define DEVICE_CONFINE_H

/*
 * Takes from this process what it does not need: descriptors from FIRST_FD on, core files, memory
 * and stack beyond what an honest device's answers take, the ptrace of others, SIGPIPE's death.
 * Dies with its parent from now on; exits at once if the parent died just now. Returns 0 or
 * negative errno.
 */
int confine(unsigned first_fd);

#endif
