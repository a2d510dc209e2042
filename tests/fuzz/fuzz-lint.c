/* SPDX-License-Identifier: Apache-2.0 */
/* The linter, and what is told of a profile, on whatever bytes. */
#include "profiles/lint/lint.h"

#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/entry.h"

/* 2026-11-23: the same bytes are always judged the same. */
#define NOW 1795392000

/* The host's authorities, some hundred certificates, would be read for each signed input. */
static __attribute__((constructor)) void trust_nobody(void)
{
	setenv("SSL_CERT_FILE", "/dev/null", 1);
	setenv("SSL_CERT_DIR", "/nonexistent", 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct lint_target target = { NOW, NOW - EXPIRY_DAY, PLATFORM_IOS, ">=15" };
	struct problems problems = { 0 };
	struct survey *survey = NULL;
	unsigned char *copy;
	int r;

	if (size == 0)
		return 0;
	copy = malloc(size + 1);
	must(copy != NULL);
	memcpy(copy, bytes, size);
	copy[size] = '\0';
	r = lint_bytes("fuzz", copy, size, &target, &problems, &survey);
	must(r < 0 ? !survey && problems.errors > 0 : survey != NULL);
	for (size_t i = 0; i < problems.count; i++)
		must(problems.list[i].rule > RULE_NONE && problems.list[i].rule < RULES);
	survey_free(survey);
	problems_done(&problems);
	free(copy);
	return 0;
}
