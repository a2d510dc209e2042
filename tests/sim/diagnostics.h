/* SPDX-License-Identifier: Apache-2.0 */
/* com.apple.mobile.diagnostics_relay of a simulated device: restart, battery, registry. */
#ifndef TESTS_SIM_DIAGNOSTICS_H
#define TESTS_SIM_DIAGNOSTICS_H

struct service;

extern const struct service diagnostics_service;

#endif
