/* SPDX-License-Identifier: Apache-2.0 */
/* Why a source gave nothing that can be used: one kind, one sentence with what to do. */
#ifndef STATION_GRAPH_REFUSAL_H
#define STATION_GRAPH_REFUSAL_H

/* Room for the sentence: a message of the service's, and what to do about it. */
#define REFUSAL_TEXT_MAX 768

enum refusal_kind {
	REFUSAL_FILE,	 /* an operator's file is wrong, or a secret in it is */
	REFUSAL_NETWORK, /* the server could not be asked */
	REFUSAL_SIGN_IN, /* nobody could sign in */
	REFUSAL_DENIED,	 /* signed in, but not allowed to */
	REFUSAL_MISSING, /* what was asked for is not there */
	REFUSAL_BUSY,	 /* the service asked us to come back later, too often */
	REFUSAL_SERVICE, /* the service failed, or said what nobody expected */
	REFUSAL_PROFILE, /* what came is no profile that could be used */
	REFUSAL_HOST,	 /* this host is in trouble */
};
#define REFUSAL_KINDS 9
/* "file", "network", "sign-in" … */
const char *refusal_kind_to_text(enum refusal_kind kind);

struct refusal {
	enum refusal_kind kind;
	char text[REFUSAL_TEXT_MAX]; /* cleaned */
};

/* Sets it, TEXT in printf form; always returns -1. */
int refuse(struct refusal *refusal, enum refusal_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
