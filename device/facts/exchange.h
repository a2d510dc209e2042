/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation between muster and muster-fetch: one HTTPS exchange ordered, and its answer. */
#ifndef DEVICE_FACTS_EXCHANGE_H
#define DEVICE_FACTS_EXCHANGE_H

#include <stddef.h>

#include "device/facts/step.h"

/*
 * Each side says one message: lines, of which the last is "body SIZE", then SIZE bytes, then the
 * end of the file.
 *
 *   muster (descriptor 0)                 muster-fetch (descriptor 1)
 *   fetch 1                               answer 1
 *   method GET|POST                       status CODE          the server answered; or
 *   url URL                               failed WHY           it did not
 *   header NAME: VALUE   0 to 16 of them  text WORDS           with a failure: more about it
 *   connect MSEC                          header NAME: VALUE   the few that matter, name in
 *   total MSEC                                                 lower case
 *   most BYTES                            body SIZE
 *   redirects COUNT
 *   ca FILE              may be left out: the host's own trust
 *   proxy URL            may be left out: none
 *   body SIZE
 */

/* Longest URL: Graph's links to a next page are some hundred bytes. */
#define EXCHANGE_URL_MAX 4096
/* Longest header: a Bearer token of Microsoft's is two to four KiB. */
#define EXCHANGE_HEADER_MAX 8192
/* Most headers of either message. */
#define EXCHANGE_HEADERS_MAX 16
/* Longest head of a message, all its lines. */
#define EXCHANGE_HEAD_MAX (64U << 10)
/* Largest body: some thousand managed devices take a few MiB. */
#define EXCHANGE_BODY_MAX (16U << 20)
/* Largest message. */
#define EXCHANGE_MESSAGE_MAX (EXCHANGE_HEAD_MAX + EXCHANGE_BODY_MAX)
/* Longest time for an exchange, in milliseconds: past it nobody would still wait. */
#define EXCHANGE_TIME_MAX (10LL * 60 * 1000)
/* Most redirects that are followed. */
#define EXCHANGE_REDIRECTS_MAX 5

/* Why there is no answer of the server's. */
enum exchange_failure {
	EXCHANGE_WELL,	      /* there is one, whatever its status */
	EXCHANGE_REFUSED,     /* what was ordered is not done: not https, no such file */
	EXCHANGE_NO_ADDRESS,  /* the host's name is not known */
	EXCHANGE_NO_CONNECT,  /* nobody answers there */
	EXCHANGE_CERTIFICATE, /* the server's certificate is not trusted */
	EXCHANGE_NO_TLS,      /* no TLS came to be */
	EXCHANGE_SLOW,	      /* the time was over */
	EXCHANGE_LARGE,	      /* the body is larger than ordered */
	EXCHANGE_REDIRECT,    /* to another host, or too often */
	EXCHANGE_SHORT,	      /* the body ends too early */
	EXCHANGE_BROKEN,      /* what came is not HTTP, or the connection broke */
};
#define EXCHANGE_FAILURES 11
/* "refused", "no-address" …; "well" for EXCHANGE_WELL. */
const char *exchange_failure_to_text(enum exchange_failure failure);
/* What happened, and what to do about it, in one sentence for the operator. */
const char *exchange_failure_sentence(enum exchange_failure failure);

/* What is to be done. Strings and bytes are the caller's. */
struct exchange_order {
	const char *method;			   /* "GET" or "POST" */
	const char *url;			   /* https only */
	const char *headers[EXCHANGE_HEADERS_MAX]; /* "Name: value" */
	size_t header_count;
	msec_t connect, total; /* the connection; all of it */
	size_t most;	       /* bytes of the answer's body */
	unsigned redirects;    /* that a GET follows, to the same host only */
	const char *ca;	   /* PEM file of who may sign the server's certificate; NULL: the host's */
	const char *proxy; /* NULL: none, whatever the environment says */
	const unsigned char *body;
	size_t body_size;
};

/* What came of it. Strings point into the message. */
struct exchange_answer {
	enum exchange_failure failure;
	const char *text; /* of a failure: the library's own words; else "" */
	unsigned status;  /* HTTP's; 0 with a failure */
	const char *headers[EXCHANGE_HEADERS_MAX];
	size_t header_count;
	const unsigned char *body; /* followed by a NUL when the message was */
	size_t body_size;
};

/* Writes ORDER as a message, the caller's (free; it may hold secrets). Returns 0; -EINVAL when a
 * part of it is out of bounds or holds a control character; or -ENOMEM. */
int exchange_write_order(const struct exchange_order *order, char **ret_message, size_t *ret_size);
/* Reads the SIZE bytes of MESSAGE, which are changed: RET_ORDER points into them. Returns 0, or
 * -EPROTO for what exchange_write_order would not have written. */
int exchange_read_order(char *message, size_t size, struct exchange_order *ret_order);

/* The same for the other side. */
int exchange_write_answer(const struct exchange_answer *answer, char **ret_message,
			  size_t *ret_size);
int exchange_read_answer(char *message, size_t size, struct exchange_answer *ret_answer);

/* The value of the header NAME (lower case), or NULL. */
const char *exchange_header(const struct exchange_answer *answer, const char *name);

#endif
