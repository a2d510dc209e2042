/* SPDX-License-Identifier: Apache-2.0 */
/* Devices of the results, each with what Intune says of it. */
#include "config.h"

#include "station/faces/profile/proof_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *proof_to_text(const struct proof *proof)
{
	if (proof->proved)
		return "proved";
	return proof->managed.id[0] != '\0' ? "an older record" : "not there";
}

void proof_list_done(struct proof_list *list)
{
	free(list->list);
	*list = (struct proof_list){ .count = 0 };
}

static struct proof *find(const struct proof_list *list, const char *serial)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->list[i].serial, serial) == 0)
			return &list->list[i];
	return NULL;
}

/* Results come oldest first: of a device's jobs the last stays. */
static int take_result(const struct result *result, void *userdata)
{
	struct proof_list *list = userdata;
	const char *serial = result->notes[NOTE_SERIAL];
	struct proof *proof = find(list, serial);

	if (serial[0] == '\0')
		return 0;
	if (!proof) {
		struct proof *larger =
			reallocarray(list->list, list->count + 1, sizeof *list->list);

		if (!larger)
			return -ENOMEM;
		list->list = larger;
		proof = &list->list[list->count++];
	}
	*proof = (struct proof){ .job = result->job, .began = result->began / 1000 };
	strcpy(proof->serial, serial);
	return 0;
}

int proof_list_recall(struct proof_list *list, const char *path, const char *batch)
{
	const struct result_filter filter = { .batch = batch };
	struct ledger *ledger;
	int r = ledger_open_readonly(path, &ledger);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = results_each(ledger, &filter, take_result, list);
	ledger_close(ledger);
	return r;
}

static int take_page(const json_t *page, void *userdata)
{
	struct proof *proof = userdata;

	return managed_read(page, proof->serial, &proof->managed);
}

int proof_list_ask(struct proof_list *list, struct session *session, struct refusal *refusal)
{
	int r = 0;

	for (size_t i = 0; i < list->count && r == 0; i++) {
		struct proof *proof = &list->list[i];
		char *path = managed_path(proof->serial);

		r = path ? session_get_pages(session, path, "ask for a managed device", take_page,
					     proof, refusal)
			 : refuse(refusal, REFUSAL_HOST, "no memory");
		proof->proved = r == 0 && managed_proves(&proof->managed, proof->began);
		free(path);
	}
	return r;
}

size_t proof_list_count(const struct proof_list *list)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->list[i].proved;
	return count;
}
