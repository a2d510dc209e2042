/* SPDX-License-Identifier: Apache-2.0 */
/* The one vocabulary of what can go wrong with a device: name, sentence, remedy, verdict. */
#include "device/facts/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	bool may_retry;
	enum outcome outcome;
	const char *sentence;
	const char *remedy;
} faults[] = { [FAULT_NONE] = { "", false, OUTCOME_NONE, "", "" },
#define FAULT_ROW(id, name, again, outcome, sentence, remedy) \
	[FAULT_##id] = { name, again, OUTCOME_##outcome, sentence, remedy },
	       FAULT_TABLE(FAULT_ROW)
#undef FAULT_ROW
};

struct fault fault_new(enum fault_kind kind, const char *format, ...)
{
	struct fault fault = { .kind = kind };
	char raw[2 * CLEAN_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(raw, sizeof raw, format, args);
	va_end(args);
	clean_string(raw, fault.text);
	return fault;
}

struct fault fault_none(void)
{
	return (struct fault){ .kind = FAULT_NONE };
}

bool fault_is_set(const struct fault *fault)
{
	return fault->kind != FAULT_NONE;
}

void fault_clean_domain(const char *raw, char out[static FAULT_DOMAIN_MAX])
{
	char cleaned[CLEAN_MAX + 1];
	size_t len = clean_text(raw, strnlen(raw, FAULT_DOMAIN_MAX - 1), cleaned);

	memcpy(out, cleaned, len + 1);
}

void fault_add_link(struct fault *fault, const char *domain, int64_t code, const char *text)
{
	struct fault_link *link;

	if (fault->chain_len == FAULT_CHAIN_MAX)
		return;
	link = &fault->chain[fault->chain_len++];
	fault_clean_domain(domain, link->domain);
	link->code = code;
	clean_string(text, link->text);
}

const char *fault_name(enum fault_kind kind)
{
	return faults[kind].name;
}

const char *fault_sentence(enum fault_kind kind)
{
	return faults[kind].sentence;
}

const char *fault_remedy(enum fault_kind kind)
{
	return faults[kind].remedy;
}

bool fault_may_retry(enum fault_kind kind)
{
	return faults[kind].may_retry;
}

enum outcome fault_outcome(enum fault_kind kind)
{
	return faults[kind].outcome;
}

int fault_from_name(const char *name, enum fault_kind *ret_kind)
{
	for (size_t i = 1; i < sizeof faults / sizeof faults[0]; i++) {
		if (strcmp(name, faults[i].name) == 0) {
			*ret_kind = (enum fault_kind)i;
			return 0;
		}
	}
	return -EINVAL;
}
