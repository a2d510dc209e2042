/* SPDX-License-Identifier: Apache-2.0 */
/* HTTPS in: pages for the bench's network, each answered at once, from a loop of its own. */
#ifndef STATION_TOOLS_HTTPS_H
#define STATION_TOOLS_HTTPS_H

#include <stdbool.h>
#include <stddef.h>

#include "device/facts/step.h"
#include "station/tools/listen_address.h"

struct https;

/* Longest value of a form's field, without its end. */
#define HTTPS_FIELD_MAX 64

struct https_request {
	bool post; /* else GET or HEAD, which change nothing */
	const char *path;
	char client[LISTEN_ADDRESS_MAX]; /* its address */
	char field[HTTPS_FIELD_MAX + 1]; /* of the form that was posted; "" when it is not there */
};

struct https_answer {
	unsigned status;   /* 0: 500 is answered */
	const char *type;  /* "text/html; charset=utf-8" */
	const char *saved; /* the file's name when it is to be saved, plain; or NULL */
	char *bytes;	   /* given away */
	size_t size;
};

struct https_options {
	int listen;		       /* a listening socket, given away */
	const char *key, *certificate; /* PEM */
	const char *field;	       /* of forms, the one that is read */
	/* Answers REQUEST. */
	void (*answer)(const struct https_request *request, struct https_answer *ret_answer,
		       void *userdata);
	void *userdata;
};

/*
 * Begins to serve by OPTIONS, in a loop of its own that https_run runs. TLS 1.2 and 1.3; a slow
 * client holds up nobody: connections, headers, bodies and the life of each connection are bounded.
 * Each answer forbids scripts, frames, caches and referrers.
 * Returns 0 and RET_HTTPS (https_close), or negative errno: -ENOTSUP when the library has no TLS.
 */
int https_open(const struct https_options *options, struct https **ret_https);
void https_close(struct https *https);

/* Sets, or sets anew, when https_run ends by itself: after DELAY. Returns 0 or negative errno. */
int https_end_in(struct https *https, msec_t delay);

/* Serves until its end, SIGINT or SIGTERM. Returns 0 or negative errno. */
int https_run(struct https *https);

#endif
