/* SPDX-License-Identifier: Apache-2.0 */
/* Judging what MCInstall answers: status, error chain, list of profiles. Pure. */
#include "device/mcinstall_answer.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "device/value.h"

/* The codes that mean "unlock me first". Domains were renamed over the years by what stands before
 * this end (doc/protocol.md, "MCInstall"). */
static const struct {
	const char *domain_end;
	int64_t code;
} locked[] = {
	{ "InstallationErrorDomain", 4009 },
	{ "PasscodeErrorDomain", 5010 },
	{ "TunnelErrorDomain", 14001 },
};

static bool ends_with(const char *text, const char *end)
{
	size_t text_len = strlen(text), end_len = strlen(end);

	return text_len >= end_len && strcmp(text + text_len - end_len, end) == 0;
}

static bool says_locked(const struct fault *fault)
{
	for (unsigned i = 0; i < fault->chain_len; i++)
		for (size_t k = 0; k < sizeof locked / sizeof locked[0]; k++)
			if (fault->chain[i].code == locked[k].code &&
			    ends_with(fault->chain[i].domain, locked[k].domain_end))
				return true;
	return false;
}

static void add_link(struct fault *fault, plist_t entry)
{
	char domain[CLEAN_MAX + 1] = "", text[CLEAN_MAX + 1] = "";
	uint64_t code = 0;

	value_text(entry, "ErrorDomain", domain);
	value_number(entry, "ErrorCode", &code);
	/* The operator's language is not always the device's. */
	if (!value_text(entry, "USEnglishDescription", text))
		value_text(entry, "LocalizedDescription", text);
	fault_add_link(fault, domain, (int64_t)code, text);
}

static void add_chain(struct fault *fault, plist_t answer)
{
	plist_t chain = value_item(answer, "ErrorChain", PLIST_ARRAY);
	uint32_t count = chain ? plist_array_get_size(chain) : 0;

	for (uint32_t i = 0; i < count && i < FAULT_CHAIN_MAX; i++)
		add_link(fault, plist_array_get_item(chain, i));
}

/* What failed, which the outermost link says, and why, which the innermost with a text does. */
static void tell_chain(struct fault *fault)
{
	const struct fault_link *outermost = &fault->chain[0], *reason = outermost;
	char whole[2 * CLEAN_MAX + 2];

	for (unsigned i = 1; i < fault->chain_len; i++)
		if (fault->chain[i].text[0] != '\0')
			reason = &fault->chain[i];
	if (outermost->text[0] == '\0' || strcmp(outermost->text, reason->text) == 0)
		snprintf(whole, sizeof whole, "%s", reason->text);
	else
		snprintf(whole, sizeof whole, "%s %s", outermost->text, reason->text);
	clean_string(whole, fault->text);
	snprintf(fault->domain, sizeof fault->domain, "%s", outermost->domain);
	fault->code = outermost->code;
}

struct fault mcinstall_judge(plist_t answer, enum fault_kind refused)
{
	char status[CLEAN_MAX + 1];
	struct fault fault;

	if (!answer || plist_get_node_type(answer) != PLIST_DICT)
		return fault_new(FAULT_ANSWER_MALFORMED, "MCInstall's answer is no dictionary");
	if (!value_text(answer, "Status", status))
		return fault_new(FAULT_ANSWER_MISSING, "MCInstall's answer has no status");
	if (strcmp(status, "Acknowledged") == 0)
		return fault_none();
	fault = fault_new(refused, "%s", status);
	add_chain(&fault, answer);
	if (fault.chain_len > 0)
		tell_chain(&fault);
	if (says_locked(&fault))
		fault.kind = FAULT_PASSCODE_LOCKED;
	return fault;
}

/* The device lists no profile at all, and leaves out what it would tell of one. */
static bool is_empty(plist_t list)
{
	plist_t order = value_item(list, "OrderedIdentifiers", PLIST_ARRAY);

	return order && plist_array_get_size(order) == 0;
}

struct fault mcinstall_find(plist_t list, const char *identifier, const char *uuid,
			    enum profile_presence *ret_presence)
{
	plist_t profiles = value_item(list, "ProfileMetadata", PLIST_DICT);
	plist_t profile;
	const char *there;

	if (!profiles && !is_empty(list))
		return fault_new(FAULT_ANSWER_MISSING, "the list of profiles has no metadata");
	profile = profiles ? plist_dict_get_item(profiles, identifier) : NULL;
	if (!profile) {
		*ret_presence = PROFILE_ABSENT;
		return fault_none();
	}
	there = value_raw_text(profile, "PayloadUUID");
	if (!there)
		return fault_new(FAULT_ANSWER_MALFORMED, "the profile %s is listed without a UUID",
				 identifier);
	*ret_presence = strcasecmp(there, uuid) == 0 ? PROFILE_THERE : PROFILE_OTHER;
	return fault_none();
}
