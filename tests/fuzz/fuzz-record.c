/* SPDX-License-Identifier: Apache-2.0 */
/* A record between our processes, and what is written of it again. */
#include <string.h>

#include "device/facts/record.h"
#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct record record, again;
	char text[RECORD_MAX + 1];
	int len;

	if (record_parse((const char *)bytes, size, &record) < 0)
		return 0;
	len = record_format((const char *const *)record.word, record.count, text);
	must(len > 0 && record_parse(text, (size_t)len, &again) == 0);
	must(again.count == record.count);
	for (size_t i = 0; i < record.count; i++)
		must(strcmp(again.word[i], record.word[i]) == 0);
	return 0;
}
