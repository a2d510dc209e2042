/* SPDX-License-Identifier: Apache-2.0 */
/* lockdownd of a simulated device: values, pairing, sessions, the starting of services. */
#ifndef TESTS_SIM_LOCKDOWN_H
#define TESTS_SIM_LOCKDOWN_H

struct service;

/* Answers on LOCKDOWN_PORT (channel.h); not started by name. */
extern const struct service lockdown_service;

#endif
