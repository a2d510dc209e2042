/* SPDX-License-Identifier: Apache-2.0 */
/* Which hosts a simulated device trusts: Pair, ValidatePair, Unpair. */
#ifndef TESTS_SIM_PAIRING_H
#define TESTS_SIM_PAIRING_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stddef.h>
#include <systemd/sd-event.h>

struct pairing;
struct phone;

/* Frees the list that begins with PAIRING; NULL is fine. */
void pairings_free(struct pairing *pairing);

/*
 * Pair: REQUEST is the host's whole request. Returns NULL and the escrow bag (a data node, the
 * caller's) when the host is trusted now, or the name of lockdown's error.
 * A dialog is answered for the keys that raised it: other keys raise a new one.
 */
const char *pairing_pair(struct phone *phone, sd_event *event, plist_t request, plist_t *ret_bag);

/* ValidatePair and Unpair. Return NULL or the name of lockdown's error. */
const char *pairing_validate(const struct phone *phone, plist_t request);
const char *pairing_unpair(struct phone *phone, plist_t request);

/* The host of this id, or NULL. The phone keeps it until Unpair or a new Pair of its id. */
const struct pairing *pairing_by_host(const struct phone *phone, const char *host_id);

/*
 * The host whose root or host certificate (clients differ in which they present) has this DER
 * encoding, or NULL. After each TLS handshake, on lockdown and on services, a device closes the
 * connection of a host it does not find here.
 */
const struct pairing *pairing_by_certificate(const struct phone *phone, const unsigned char *der,
					     size_t len);

/* Whether the root or the host certificate of PAIRING has this DER encoding. */
bool pairing_has_certificate(const struct pairing *pairing, const unsigned char *der, size_t len);

#endif
