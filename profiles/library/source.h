/* SPDX-License-Identifier: Apache-2.0 */
/* Where enrollment profiles come from: the operator's sources.yaml (muster-sources(5)). */
#ifndef PROFILES_LIBRARY_SOURCE_H
#define PROFILES_LIBRARY_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profiles/values/expiry.h"
#include "profiles/values/problem.h"

/* Where sources are read from when nobody says so, in the state directory. */
#define SOURCES_FILE "sources.yaml"

/* Largest file of sources, in bytes; and most sources in it: a provider of services for schools
 * has some dozens. */
#define SOURCES_SIZE_MAX (256U << 10)
#define SOURCES_MAX	 64
/* Longest name of a source, which is also that of its profiles in the library. */
#define SOURCE_NAME_MAX 64

/* How long what a source gives can be used. */
enum source_rule {
	SOURCE_DAYS,	  /* so many days from its download */
	SOURCE_UNTIL,	  /* to a date that the operator knows: an invitation's */
	SOURCE_UNLIMITED, /* until somebody takes it back at the server */
};
struct source_validity {
	enum source_rule rule;
	unsigned days; /* DAYS */
	int64_t until; /* UNTIL: seconds since 1970, the end of the day in UTC */
};
/* Longest time that a rule may give, in days. */
#define SOURCE_DAYS_MAX 3650

/* A row of the table of kinds. */
struct source_kind {
	const char *word;
	bool graph; /* asked through Microsoft Graph; else by one GET */
	/* "valid" must be given: nobody but the operator can know it; VALIDITY is not used then. */
	bool asks_validity;
	struct source_validity validity;
	const char *remark; /* where its URL is found; NULL for Graph */
};
#define SOURCE_KINDS 7
extern const struct source_kind source_kinds[SOURCE_KINDS];

/* How muster signs in to Microsoft. */
enum source_sign_in {
	SOURCE_SECRET,	    /* a client secret */
	SOURCE_CERTIFICATE, /* a key and certificate */
	SOURCE_DEVICE_CODE, /* a person, with a code on another screen */
};

/* One source. Strings are the source's own; paths are as from the working directory. */
struct source {
	char *name;
	unsigned line; /* in the file */
	const struct source_kind *kind;
	struct source_validity validity;
	char *ca, *proxy; /* NULL: the host's trust; none */

	/* Kinds that are asked by one GET. */
	char *url;
	char *header; /* path of a file with "Name: value", or NULL */

	/* Graph. */
	char *tenant, *client, *profile;
	enum source_sign_in sign_in;
	char *credential; /* path of the secret, or of the PEM file; NULL for a device code */
	char *cloud;	  /* a word that the reader knew; NULL: the world's */
	char *graph_url, *sign_in_url; /* in place of the cloud's; or NULL */
	bool create;		       /* make the profile when it is not there */
};

struct sources {
	char *file;
	size_t count;
	struct source *list; /* in the file's order */
};

/*
 * Reads FILE. CLOUDS, ended by NULL, are the words that "cloud" may have. What is wrong goes to
 * PROBLEMS, with its place. Credentials are not opened.
 * Returns 0 and RET_SOURCES (sources_free), -EINVAL when PROBLEMS tell why not, or -ENOMEM.
 */
int sources_load(const char *file, const char *const *clouds, struct problems *problems,
		 struct sources **ret_sources);
void sources_free(struct sources *sources);

/* The source called NAME, or NULL. */
const struct source *sources_find(const struct sources *sources, const char *name);

/* How many seconds what was downloaded at DOWNLOADED (seconds since 1970) can be used by VALIDITY:
 * 0 when that is over already, EXPIRY_NEVER when it does not end. */
int64_t source_lasts(const struct source_validity *validity, int64_t downloaded);

#endif
