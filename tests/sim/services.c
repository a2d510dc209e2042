/* SPDX-License-Identifier: Apache-2.0 */
/* The services that lockdown starts by name. */
#include <string.h>

#include "tests/sim/channel.h"
#include "tests/sim/diagnostics.h"
#include "tests/sim/mcinstall.h"
#include "tests/sim/misagent.h"
#include "tests/sim/notifications.h"

static const struct service *const services[] = {
	&mcinstall_service, &diagnostics_service,	    &notification_service,
	&misagent_service,  &insecure_notification_service,
};

const struct service *service_by_name(const char *name)
{
	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
		if (strcmp(services[i]->name, name) == 0)
			return services[i];
	}
	return NULL;
}
