/* SPDX-License-Identifier: Apache-2.0 */
/* The set-up of a simulated device: one table of names, kinds and places. */
#include "tests/sim/setup.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "tests/sim/phone.h"

/* iOS forgets a profile that nobody confirmed after about eight minutes. */
#define STAGED_LIFE_MS (8 * 60 * 1000)
/* Real ones take half a minute; long enough here for every client to see it go. */
#define REBOOT_MS 1000

enum setup_kind {
	SETUP_BOOL,
	SETUP_TIME,
	SETUP_TAP, /* a time, or never */
};

static const struct {
	const char *key;
	enum setup_kind kind;
	size_t offset;
} keys[] = {
	{ "trust-after", SETUP_TAP, offsetof(struct phone_setup, trust_after) },
	{ "trust-denied", SETUP_BOOL, offsetof(struct phone_setup, trust_denied) },
	{ "trust-drops", SETUP_BOOL, offsetof(struct phone_setup, trust_drops) },
	{ "unlock-after", SETUP_TAP, offsetof(struct phone_setup, unlock_after) },
	{ "approve-after", SETUP_TAP, offsetof(struct phone_setup, approve_after) },
	{ "staged-life", SETUP_TIME, offsetof(struct phone_setup, staged_life) },
	{ "supervised", SETUP_BOOL, offsetof(struct phone_setup, supervised) },
	{ "setup-done", SETUP_BOOL, offsetof(struct phone_setup, setup_done) },
	{ "activated", SETUP_BOOL, offsetof(struct phone_setup, activated) },
	{ "request-latency", SETUP_TIME, offsetof(struct phone_setup, request_latency) },
	{ "install-latency", SETUP_TIME, offsetof(struct phone_setup, install_latency) },
	{ "reboot-time", SETUP_TIME, offsetof(struct phone_setup, reboot_time) },
	{ "session-tls", SETUP_BOOL, offsetof(struct phone_setup, session_tls) },
	{ "service-tls", SETUP_BOOL, offsetof(struct phone_setup, service_tls) },
	{ "drip", SETUP_TIME, offsetof(struct phone_setup, drip) },
};

#define KEYS (sizeof(keys) / sizeof(keys[0]))

void setup_default(struct phone_setup *setup)
{
	*setup = (struct phone_setup){ .setup_done = true,
				       .activated = true,
				       .staged_life = STAGED_LIFE_MS,
				       .reboot_time = REBOOT_MS,
				       .session_tls = true,
				       .service_tls = true };
}

static int setup_bool(bool *to, const char *value)
{
	if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
		return -EINVAL;
	*to = value[0] == 't';
	return 0;
}

static int setup_time(int *to, const char *value, bool may_be_never)
{
	if (may_be_never && strcmp(value, "never") == 0)
		*to = -1;
	else if (!time_read(value, to))
		return -EINVAL;
	return 0;
}

static const char *kind_text(enum setup_kind kind)
{
	switch (kind) {
	case SETUP_BOOL:
		return "true or false";
	case SETUP_TIME:
		return "a time such as 500ms or 5s";
	case SETUP_TAP:
		return "a time such as 500ms or 5s, or never";
	}
	return NULL;
}

static int unknown_key(const char *key, char problem[PROBLEM_MAX])
{
	const char *words[KEYS + 1] = { NULL };

	for (size_t i = 0; i < KEYS; i++)
		words[i] = keys[i].key;
	unknown_word("setup key", key, words, problem);
	return -EINVAL;
}

int setup_set(struct phone_setup *setup, const char *key, const char *value,
	      char problem[PROBLEM_MAX])
{
	for (size_t i = 0; i < KEYS; i++) {
		void *to = (char *)setup + keys[i].offset;
		int r;

		if (strcmp(keys[i].key, key) != 0)
			continue;
		r = keys[i].kind == SETUP_BOOL ? setup_bool(to, value)
					       : setup_time(to, value, keys[i].kind == SETUP_TAP);
		if (r < 0)
			snprintf(problem, PROBLEM_MAX, "%s: '%.40s' is not %s", key, value,
				 kind_text(keys[i].kind));
		return r;
	}
	return unknown_key(key, problem);
}
