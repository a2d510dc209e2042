/* SPDX-License-Identifier: Apache-2.0 */
/* The notification proxies of a simulated device. */
#ifndef TESTS_SIM_NOTIFICATIONS_H
#define TESTS_SIM_NOTIFICATIONS_H

struct phone;
struct service;

extern const struct service notification_service;
extern const struct service insecure_notification_service; /* before trust; few names */

/* The device posts NAME: every connection that observes it hears of it. */
void notification_post(struct phone *phone, const char *name);

#endif
