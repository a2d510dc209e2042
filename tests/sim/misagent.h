/* SPDX-License-Identifier: Apache-2.0 */
/* com.apple.misagent of a simulated device: its provisioning profiles. */
#ifndef TESTS_SIM_MISAGENT_H
#define TESTS_SIM_MISAGENT_H

struct service;

extern const struct service misagent_service;

#endif
