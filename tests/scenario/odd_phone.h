/* SPDX-License-Identifier: Apache-2.0 */
/* A device that answers wrong in one way: what its parts share. */
#ifndef TESTS_SCENARIO_ODD_PHONE_H
#define TESTS_SCENARIO_ODD_PHONE_H

#include <openssl/ssl.h>
#include <plist/plist.h>
#include <stdbool.h>
#include <stdint.h>

#define ODD_UDID	  "00008030-001A2B3C4D5E6F70"
#define ODD_LOCKDOWN_PORT 62078
#define ODD_SERVICE_PORT  4444

/* What outlives a connection: each has its own process. */
struct odd_memory {
	char record[65536];
	size_t record_len;
	int pairs;
};

struct odd_phone {
	struct odd_memory *memory;
	const char *oddity;
	int log_fd;
	SSL_CTX *tls;
	char *public_key; /* PEM */
};

/* One connection, in its own process, which ends when the connection does. */
struct wire {
	struct odd_phone *phone;
	int fd;
	SSL *ssl; /* NULL: in clear */
};

bool odd(const struct wire *wire, const char *oddity);
/* Writes a line to the log. */
void note(const struct wire *wire, const char *where, const char *what);

void get_bytes(struct wire *wire, void *out, size_t len);
void put_bytes(struct wire *wire, const void *bytes, size_t len);
/* A property list of LEN bytes; the caller's. */
plist_t get_plist(struct wire *wire, uint32_t len);
/* The text of DICT under KEY, or NULL. */
const char *text_of(plist_t dict, const char *key);

/* Answers until the connection ends. */
void odd_lockdown(struct wire *wire) __attribute__((noreturn));
void odd_service(struct wire *wire) __attribute__((noreturn));

/* What no honest device sends: nested 100000 levels deep; 135 bytes that unfold to a gigabyte. */
void put_deep(struct wire *wire);
void put_bomb(struct wire *wire);

#endif
