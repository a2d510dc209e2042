/* SPDX-License-Identifier: Apache-2.0 */
/* What Microsoft answers, or who stands between: what is told of it, and a managed device. */
#include <stdio.h>
#include <string.h>

#include "station/graph/managed.h"
#include "station/graph/reply.h"
#include "tests/fuzz/entry.h"

/* The device that is asked for. */
#define SERIAL "C39"

/* Reads the first line, "STATUS REQUEST", of SIZE BYTES, whose status is always three bytes; the
 * rest is the body. A status below 100 is the number of a failure, its text in REQUEST's place. */
static struct exchange_answer read_answer(const uint8_t *bytes, size_t size,
					  char header[static CLEAN_MAX + 1])
{
	const uint8_t *end = memchr(bytes, '\n', size);
	size_t line = end ? (size_t)(end - bytes) : size;
	struct exchange_answer answer = { .text = "" };

	for (size_t i = 0; i < 3 && i < line; i++)
		answer.status = 10 * answer.status + (uint8_t)(bytes[i] - '0') % 10;
	snprintf(header, CLEAN_MAX + 1, "request-id: %.*s", line > 4 ? (int)(line - 4) : 0,
		 line > 4 ? (const char *)bytes + 4 : "");
	if (line > 4)
		answer.headers[answer.header_count++] = header;
	if (answer.status < 100) {
		answer.failure = answer.status % EXCHANGE_FAILURES;
		answer.text = header;
	}
	answer.body = bytes + line + (end != NULL);
	answer.body_size = size - line - (end != NULL);
	return answer;
}

/* As entry_is_clean, for a sentence that may be longer than what is cleaned at once. */
static bool is_clean_sentence(const char *text)
{
	size_t left = strlen(text), n;
	char again[CLEAN_MAX + 1];
	uint32_t rune;

	for (; left > 0; text += n, left -= n) {
		n = clean_rune((const unsigned char *)text, left, &rune);
		if (n == 0 || clean_text(text, n, again) != n || memcmp(text, again, n) != 0)
			return false;
	}
	return true;
}

static void check_refusal(const struct exchange_answer *answer)
{
	struct refusal refusal = { .kind = REFUSAL_KINDS };

	must(reply_refuse(answer, "look", &refusal) == -1);
	must(refusal.kind < REFUSAL_KINDS && refusal_kind_to_text(refusal.kind));
	must(strncmp(refusal.text, "cannot look: ", strlen("cannot look: ")) == 0);
	must(is_clean_sentence(refusal.text));
}

static void check_managed(const json_t *json)
{
	struct managed managed = { .id = "" };

	/* As two pages of one answer: of twins the first stays. */
	for (int page = 0; page < 2; page++)
		if (managed_read(json, SERIAL, &managed) < 0)
			must(managed.id[0] == '\0' && managed.enrolled == 0);
	must(entry_is_clean(managed.id) && entry_is_clean(managed.profile));
	must(entry_is_clean(managed.type) && managed.enrolled >= 0);
	must(managed.id[0] || !managed_proves(&managed, 0));
}

/* Whatever is asked for stays within its path. */
static void check_path(const char *serial)
{
	char *path = managed_path(serial);

	must(path && strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				  "-._~%/?$=&,") == strlen(path));
	must(strchr(path, '&') == strstr(path, "&$select=") &&
	     strrchr(path, '&') == strchr(path, '&'));
	free(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char header[CLEAN_MAX + 1];
	struct exchange_answer answer;
	json_t *json;

	if (size == 0)
		return 0;
	answer = read_answer(bytes, size, header);
	check_refusal(&answer);
	json = reply_read(&answer);
	if (json) {
		check_managed(json);
		check_path(reply_text(json, "serialNumber"));
	}
	json_decref(json);
	return 0;
}
