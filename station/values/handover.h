/* SPDX-License-Identifier: Apache-2.0 */
/* A Mac that was handed its profile: who, which, how, and what is known to have come of it. */
#ifndef STATION_VALUES_HANDOVER_H
#define STATION_VALUES_HANDOVER_H

#include <stdbool.h>

#include "device/facts/clean.h"
#include "device/facts/fault.h"
#include "device/facts/outcome.h"

/* What a result that is a handover is called in place of a blueprint's name. */
#define HANDOVER_BLUEPRINT "handover"

/* The folder on a stick that is ours, and the one in it where Macs write their reports. */
#define HANDOVER_FOLDER	 "Enroll"
#define HANDOVER_RESULTS "results"

/* How the profile, or the word of it, went. */
enum handover_way {
	HANDOVER_STICK,	 /* on a stick, with the Mac's own report as the witness */
	HANDOVER_PAGE,	 /* downloaded from muster's page */
	HANDOVER_RECORD, /* a person says so */
};
#define HANDOVER_WAYS 3
/* "stick", "page", "record". */
const char *handover_way_to_text(enum handover_way way);
int handover_way_from_text(const char *text, enum handover_way *ret_way);

/* What is known of the Mac since. */
enum handover_standing {
	HANDOVER_GIVEN,	    /* it has the file; nothing more is known */
	HANDOVER_TOLD,	    /* a person says that it is enrolled */
	HANDOVER_UNPROVEN,  /* it says that it is enrolled, and not where that was expected */
	HANDOVER_ENROLLED,  /* it says that it is enrolled where the profile enrolls */
	HANDOVER_NOT,	    /* it says that it is not enrolled */
	HANDOVER_ELSEWHERE, /* it says that it is enrolled with somebody else */
};
#define HANDOVER_STANDINGS 6
/* "handed over", "enrolled, by a person's word" … as results have it. */
const char *handover_standing_sentence(enum handover_standing standing);
/* "given", "told", "unproven", "enrolled", "not-enrolled", "elsewhere". */
const char *handover_standing_to_text(enum handover_standing standing);
int handover_standing_from_text(const char *text, enum handover_standing *ret_standing);
/* Only what the Mac itself reported counts as read back. */
bool handover_is_verified(enum handover_standing standing);
enum outcome handover_outcome(enum handover_standing standing);
/* What keeps the Mac from being enrolled; FAULT_NONE when nothing is known to. */
enum fault_kind handover_fault(enum handover_standing standing);

#define HANDOVER_DIGEST 65

/* One handover. All texts are cleaned; "" is not known. */
struct handover {
	enum handover_way way;
	enum handover_standing standing;
	char serial[CLEAN_MAX + 1];
	char product[CLEAN_MAX + 1], os[CLEAN_MAX + 1], build[CLEAN_MAX + 1];
	char profile[CLEAN_MAX + 1];	      /* its name in the library, or of its file */
	char profile_sha256[HANDOVER_DIGEST]; /* of its bytes */
	char report_sha256[HANDOVER_DIGEST];  /* of the Mac's report; one report counts once */
	char asset[CLEAN_MAX + 1];
	char note[CLEAN_MAX + 1]; /* a person's words, or where the download went */
	char batch[CLEAN_MAX + 1];
	char operator[CLEAN_MAX + 1];
};

#endif
