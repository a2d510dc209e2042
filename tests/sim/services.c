/* SPDX-License-Identifier: Apache-2.0 */
/* The services that lockdown starts by name. */
#include <stddef.h>
#include <string.h>

#include "tests/sim/channel.h"
#include "tests/sim/diagnostics.h"
#include "tests/sim/lockdown.h"
#include "tests/sim/mcinstall.h"
#include "tests/sim/misagent.h"
#include "tests/sim/notifications.h"

static const struct service *const services[] = {
	&mcinstall_service, &diagnostics_service,	    &notification_service,
	&misagent_service,  &insecure_notification_service,
};

#define SERVICES (sizeof(services) / sizeof(services[0]))

/* More than all services have together. */
#define REQUESTS_MAX 64

const struct service *service_by_name(const char *name)
{
	for (size_t i = 0; i < SERVICES; i++) {
		if (strcmp(services[i]->name, name) == 0)
			return services[i];
	}
	return NULL;
}

/* Adds SERVICE's requests behind the COUNT that are there; returns how many there are then. */
static size_t add_requests(const struct service *service, const char **words, size_t count)
{
	for (size_t i = 0; count < REQUESTS_MAX && service->request_name(i); i++)
		words[count++] = service->request_name(i);
	return count;
}

const char *service_request(const char *name, char problem[PROBLEM_MAX])
{
	const char *words[REQUESTS_MAX + 1] = { "*" };
	size_t count = add_requests(&lockdown_service, words, 1);

	for (size_t i = 0; i < SERVICES; i++)
		count = add_requests(services[i], words, count);
	words[count] = NULL;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(words[i], name) == 0)
			return words[i];
	}
	unknown_word("request", name, words, problem);
	return NULL;
}
