/* SPDX-License-Identifier: Apache-2.0 */
/* One-time links to a profile: how long each lives, and what an access to it may do. */
#include "station/rules/link.h"

#include <string.h>

bool link_is_token(const char *text)
{
	return strspn(text, "0123456789abcdef") == LINK_TOKEN_LEN && text[LINK_TOKEN_LEN] == '\0';
}

/* How many places differ; every place is looked at, so that time tells nothing. */
static unsigned difference(const char *a, const char *b)
{
	unsigned differs = 0;

	for (size_t i = 0; i < LINK_TOKEN_LEN; i++)
		differs |= (unsigned)(a[i] ^ b[i]);
	return differs;
}

struct link *link_find(struct link *links, size_t count, const char *token)
{
	struct link *found = NULL;

	if (!link_is_token(token))
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (difference(links[i].token, token) == 0)
			found = &links[i];
	return found;
}

enum link_state link_state(const struct link *link, msec_t now)
{
	if (link->used)
		return LINK_USED;
	return now < link->ends ? LINK_OPEN : LINK_EXPIRED;
}

enum link_answer link_answer(const struct link *link, enum link_ask ask, msec_t now)
{
	switch (link_state(link, now)) {
	case LINK_OPEN:
		return ask == LINK_TAKE ? LINK_GIVE : LINK_SHOW;
	case LINK_USED:
		return LINK_GONE_USED;
	case LINK_EXPIRED:
		break;
	}
	return LINK_GONE_EXPIRED;
}

msec_t link_last_end(const struct link *links, size_t count, msec_t now)
{
	msec_t last = 0;

	for (size_t i = 0; i < count; i++)
		if (link_state(&links[i], now) == LINK_OPEN && links[i].ends > last)
			last = links[i].ends;
	return last;
}
