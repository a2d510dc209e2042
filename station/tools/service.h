/* SPDX-License-Identifier: Apache-2.0 */
/* What the service manager is told of us, when it is one that started us: sd_notify(3). */
#ifndef STATION_TOOLS_SERVICE_H
#define STATION_TOOLS_SERVICE_H

#include <stdbool.h>
#include <systemd/sd-event.h>

/* Whether anybody wants to be told. */
bool service_is_watched(void);
/* Feeds the manager's watchdog from EVENT, if it has set one: only a loop that goes round feeds it.
 * Returns 0 or negative errno. */
int service_watchdog(sd_event *event);
void service_ready(void);
void service_stopping(void);
/* STATUS is one line for `systemctl status`. */
void service_status(const char *status);

#endif
