/* SPDX-License-Identifier: Apache-2.0 */
/* What the service manager is told of us, when it is one that started us: sd_notify(3). */
#include "station/tools/service.h"

#include <stdlib.h>
#include <systemd/sd-daemon.h>

bool service_is_watched(void)
{
	return getenv("NOTIFY_SOCKET") != NULL;
}

int service_watchdog(sd_event *event)
{
	int r = sd_event_set_watchdog(event, true);

	return r < 0 ? r : 0;
}

/* A manager that does not listen is its own trouble: it ends whom it has not heard of. */
void service_ready(void)
{
	(void)sd_notify(0, "READY=1");
}

void service_stopping(void)
{
	(void)sd_notify(0, "STOPPING=1");
}

void service_status(const char *status)
{
	(void)sd_notifyf(0, "STATUS=%s", status);
}
