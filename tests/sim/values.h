/* SPDX-License-Identifier: Apache-2.0 */
/* What lockdown's GetValue, SetValue and RemoveValue show and allow, by domain and trust. */
#ifndef TESTS_SIM_VALUES_H
#define TESTS_SIM_VALUES_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stdint.h>

struct identity;
struct phone;

/* Longest text that SetValue takes, in bytes. */
#define VALUE_TEXT_MAX 255

/* What a phone is made of. The texts that are NULL are made up from the product and the ECID. */
struct values_of {
	const char *udid;   /* required */
	const char *serial; /* required; "" for a device without one */
	uint64_t ecid;
	const char *product; /* "iPad13,18"; NULL: the first of the known ones */
	const char *os;	     /* "18.5" */
	const char *build;   /* "22F76" */
	const char *name;    /* "iPad" */
	const char *wifi;    /* MAC addresses */
	const char *bluetooth;
	const char *imei;		 /* only shown by products with a modem */
	const struct identity *identity; /* required: its key is DevicePublicKey */
};

/*
 * Makes phone->values (factory.c): a dict of domain ("" is global) to dict of key to value.
 * Unknown products get the class of their first letters ("iPhone", "iPad", …) and no model. What
 * the phone's state says (locked, supervised, set up, activated, clock) is not in it: values_get
 * adds it. Returns 0, or -ENOMEM.
 */
int values_new(const struct values_of *of, plist_t *ret_values);

/* The USB product id of PRODUCT's class: 0x12a8 iPhone, 0x12ab iPad, 0x12aa iPod touch. */
uint16_t values_product_id(const char *product);
/* Its board's number, as its boot loaders tell it. Boards of Macs begin with 0x20. */
uint8_t values_board_id(const char *product);

/*
 * GetValue. DOMAIN NULL or "": global; KEY NULL: all that may be read, as a dict. TRUSTED: in a
 * session. Puts a copy into RET_VALUE, the caller's, and returns NULL; or returns the name of
 * lockdown's error.
 */
const char *values_get(const struct phone *phone, const char *domain, const char *key, bool trusted,
		       plist_t *ret_value);

/*
 * SetValue; copies VALUE. Returns NULL or the name of lockdown's error. RET_CHANGED is the
 * notification that the device posts then (a constant), or NULL.
 */
const char *values_set(struct phone *phone, const char *domain, const char *key, plist_t value,
		       bool trusted, const char **ret_changed);

/* RemoveValue. Returns NULL or the name of lockdown's error. */
const char *values_remove(struct phone *phone, const char *domain, const char *key, bool trusted);

/* The phone's clock, in seconds since 1970. */
double values_clock(const struct phone *phone);

/* Whether the phone's ProductVersion is at least MAJOR.MINOR. */
bool values_os_at_least(const struct phone *phone, unsigned major, unsigned minor);

#endif
