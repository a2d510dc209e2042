/* SPDX-License-Identifier: Apache-2.0 */
/* The notification proxies of a simulated device. */
#include "tests/sim/notifications.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/channel.h"
#include "tests/sim/decode.h"
#include "tests/sim/phone.h"

/* Names that one connection may observe, and their longest. */
#define WATCHED_MAX	 64
#define WATCHED_NAME_MAX 255

/* One connection to a proxy; linked in from its first observation on. */
struct watcher {
	struct watcher *next; /* phone: watchers */
	struct channel *channel;
	char *names[WATCHED_MAX];
	unsigned count;
};

/* What a host that is not trusted may observe. */
static const char *const open_names[] = {
	"com.apple.mobile.lockdown.request_pair",
	"com.apple.mobile.lockdown.request_host_buid",
};

static plist_t new_message(const char *command, const char *name)
{
	plist_t message = plist_new_dict();

	plist_dict_set_item(message, "Command", plist_new_string(command));
	if (name)
		plist_dict_set_item(message, "Name", plist_new_string(name));
	return message;
}

static bool observes(const struct watcher *watcher, const char *name)
{
	for (unsigned i = 0; i < watcher->count; i++) {
		if (strcmp(watcher->names[i], name) == 0)
			return true;
	}
	return false;
}

void notification_post(struct phone *phone, const char *name)
{
	struct watcher *next;

	for (struct watcher *watcher = phone->watchers; watcher; watcher = next) {
		next = watcher->next;
		if (observes(watcher, name))
			channel_reply(watcher->channel, new_message("RelayNotification", name));
	}
}

static void observe(struct channel *channel, struct watcher *watcher, const char *name)
{
	struct phone *phone = channel_phone(channel);
	char *copy;

	if (observes(watcher, name) || watcher->count == WATCHED_MAX)
		return;
	copy = strdup(name);
	if (!copy)
		return;
	if (!watcher->channel) {
		watcher->channel = channel;
		watcher->next = phone->watchers;
		phone->watchers = watcher;
	}
	watcher->names[watcher->count++] = copy;
}

static bool is_open(const char *name)
{
	for (size_t i = 0; i < sizeof(open_names) / sizeof(open_names[0]); i++) {
		if (strcmp(open_names[i], name) == 0)
			return true;
	}
	return false;
}

/* A device answers neither an observation nor a post; what it does not allow it ignores. */
static void answer(struct channel *channel, struct watcher *watcher, plist_t request, bool trusted)
{
	const char *command = dict_text(request, "Command");
	const char *name = dict_text(request, "Name");

	if (!command)
		return;
	if (strcmp(command, "Shutdown") == 0) {
		channel_reply(channel, new_message("ProxyDeath", NULL));
		channel_close(channel);
		return;
	}
	if (!name || strlen(name) > WATCHED_NAME_MAX || (!trusted && !is_open(name)))
		return;
	if (strcmp(command, "ObserveNotification") == 0)
		observe(channel, watcher, name);
	else if (strcmp(command, "PostNotification") == 0)
		notification_post(channel_phone(channel), name);
}

static void answer_trusted(struct channel *channel, void *state, plist_t request)
{
	answer(channel, state, request, true);
}

static void answer_open(struct channel *channel, void *state, plist_t request)
{
	answer(channel, state, request, false);
}

static void closed(struct channel *channel, void *state)
{
	struct watcher **place = &channel_phone(channel)->watchers;
	struct watcher *watcher = state;

	while (*place && *place != watcher)
		place = &(*place)->next;
	if (*place)
		*place = watcher->next;
	for (unsigned i = 0; i < watcher->count; i++)
		free(watcher->names[i]);
}

static const char *request_name(size_t number)
{
	static const char *const commands[] = { "ObserveNotification", "PostNotification",
						"Shutdown", NULL };

	return number < sizeof(commands) / sizeof(commands[0]) ? commands[number] : NULL;
}

const struct service notification_service = {
	.name = "com.apple.mobile.notification_proxy",
	.request_key = "Command",
	.state_size = sizeof(struct watcher),
	.request = answer_trusted,
	.request_name = request_name,
	.closed = closed,
};

const struct service insecure_notification_service = {
	.name = "com.apple.mobile.insecure_notification_proxy",
	.request_key = "Command",
	.state_size = sizeof(struct watcher),
	.request = answer_open,
	.request_name = request_name,
	.closed = closed,
	.without_trust = true,
};
