/* SPDX-License-Identifier: Apache-2.0 */
/* A passphrase from a file, a descriptor, a credential of systemd or a person; never from argv. */
#ifndef STATION_TOOLS_PASSPHRASE_H
#define STATION_TOOLS_PASSPHRASE_H

#include <stdbool.h>

/* Longest passphrase, in bytes, without its end. */
#define PASSPHRASE_MAX 1023

/* Where it comes from; zeroed: the credential if there is one, else a person is asked. */
struct passphrase_source {
	const char *file;	/* its first line; NULL none */
	int fd;			/* the same; 0 none: that is nobody's to give away */
	bool none;		/* there is none: "" */
	const char *credential; /* looked for in $CREDENTIALS_DIRECTORY; NULL none */
};

struct passphrase {
	char text[PASSPHRASE_MAX + 1];
};

/* Room for one sentence about what is wrong. */
#define PASSPHRASE_WHY_MAX 320

/*
 * Reads the passphrase of SOURCE. A person is asked on the terminal with QUESTION, without echo;
 * twice when NEW.
 * Returns 0 and RET_PASSPHRASE (passphrase_done); or negative errno with a sentence in WHY.
 */
int passphrase_read(const struct passphrase_source *source, const char *question, bool new,
		    struct passphrase *ret_passphrase, char why[static PASSPHRASE_WHY_MAX]);

/* Overwrites it. */
void passphrase_done(struct passphrase *passphrase);

/* Keeps secrets of this process out of core files and from its neighbours' eyes: called first. */
void passphrase_protect(void);

#endif
