/* SPDX-License-Identifier: Apache-2.0 */
/* The option --view: how what happens is shown, for verbs that run a station. */
#include "station/faces/watch/view_option.h"

#include <string.h>

#include "station/tools/option.h"
#include "station/tools/watch_child.h"

struct view_choice view_choose(void)
{
	bool screen = watch_child_can_show();

	return (struct view_choice){ .screen = screen, .format = screen ? NULL : "plain" };
}

bool view_option_read(const char *verb, const char *word, struct view_choice *ret_choice)
{
	static const char *const words[] = { "auto", "plain", "json", "none" };
	static const char *const formats[] = { NULL, "plain", "json", NULL };
	const size_t count = sizeof words / sizeof words[0];

	for (size_t i = 0; i < count; i++) {
		if (strcmp(word, words[i]) != 0)
			continue;
		*ret_choice = i == 0 ? view_choose() : (struct view_choice){ .format = formats[i] };
		return true;
	}
	option_unknown_word(verb, "view", word, words, count);
	return false;
}
