/* SPDX-License-Identifier: Apache-2.0 */
/* Pair records: what usbmuxd keeps of a pairing, read, written and deleted through it. */
#ifndef DEVICE_PAIR_RECORD_H
#define DEVICE_PAIR_RECORD_H

#include <plist/plist.h>

#include "device/certificate.h"
#include "device/facts/fault.h"
#include "device/facts/udid.h"

/* A UUID of 36 characters, with its end. */
#define HOST_ID_MAX 37

/* A record that this worker makes; texts are the record's own. */
struct pair_record {
	char host_id[HOST_ID_MAX];
	char *system_buid;
	struct certificates certificates;
	char *root_key; /* PEM */
	char *host_key;
	char *wifi_address; /* NULL: the device has none */
};

/*
 * Makes a record from KEYS, the device's public key (LEN bytes of PEM) and its Wi-Fi address, which
 * may be NULL. The HostID follows from the keys: the same keys make the same offer. Gives
 * answer-malformed for a device key that is none, host-trouble otherwise.
 */
struct fault pair_record_make(const struct host_keys *keys, const void *device_key, size_t len,
			      const char *wifi_address, struct pair_record **ret_record);
/* Wipes the keys. Takes NULL. */
void pair_record_free(struct pair_record *record);

enum pair_record_state {
	PAIR_RECORD_NONE,   /* usbmuxd has none */
	PAIR_RECORD_KEPT,   /* it has one with which a session can be tried */
	PAIR_RECORD_BROKEN, /* it has something that is no whole record */
};

/*
 * Asks usbmuxd whether it keeps a record for UDID. A failure to ask is a fault (host-trouble),
 * never PAIR_RECORD_NONE: taking one for the other would pair a paired device anew.
 */
struct fault pair_record_look(const struct udid *udid, enum pair_record_state *ret_state);

/* Gives RECORD with the LEN bytes of ESCROW_BAG to usbmuxd for the device UDID, which is attached
 * as HANDLE. */
struct fault pair_record_save(const struct pair_record *record, const void *escrow_bag, size_t len,
			      const struct udid *udid, uint32_t handle);

struct fault pair_record_delete(const struct udid *udid);

/* The LEN bytes are a property list that holds all parts of a record which a session needs. */
bool pair_record_is_whole(const char *bytes, size_t len);

#endif
