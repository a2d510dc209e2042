/* SPDX-License-Identifier: Apache-2.0 */
/* The conversation between the station and one worker: its verbs, and their form on the wire. */
#ifndef DEVICE_FACTS_TALK_H
#define DEVICE_FACTS_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "device/facts/clean.h"
#include "device/facts/fault.h"
#include "device/facts/record.h"
#include "device/facts/step.h"
#include "device/facts/udid.h"

/*
 * One record a message (record.h). The worker's end of the socket is fd TALK_FD.
 *
 *   station                                        worker
 *                                            <-- hello 1 VERSION    once, first: talk version
 *   device UDID HANDLE                       -->             which device, once
 *                                            <-- note KEY VALUE     what can be read before trust:
 *                                                            product, os, build, class, name …
 *                                            <-- ready              once: send me the plan. The
 *                                                            station chooses the blueprint by the
 *                                                            notes so far
 *   plan todo|done STEP [ARGUMENT [UUID]]    -->             each step of the job in order:
 *                                                              pair
 *                                                              install.N IDENTIFIER UUID
 *                                                              name [NAME]
 *                                                              verify
 *   start                                    -->             the plan is whole
 *                                            <-- want STEP          may I begin STEP?
 *   go STEP [NAME]              [+ fd]       -->             begun is durable. install.N: the fd is
 *                                                            the profile (sealed, read-only);
 *                                                            name: NAME is always given (a name
 *                                                            with {serial} is known only now);
 *                                                            pair: a set of host keys, if one is
 *                                                            at hand (pair keys, PEM)
 *                                            <-- note KEY VALUE     something learnt of the device
 *                                            <-- wait WHY           a person must act now
 *                                            <-- waited WHY         the person did
 *                                            <-- done STEP VERIFIED [DETAIL]     it is so now
 *                                            <-- already STEP VERIFIED [DETAIL]  it was so before
 *                                            <-- chain DOMAIN CODE TEXT  link of the next fault
 *                                            <-- fault NAME STEP DOMAIN CODE TEXT   the end: failed
 *                                            <-- absent STEP SECONDS   the end: the device reboots
 *                                            <-- end               the end: nothing more to do
 *   stop                                     -->             end at the next safe point
 *
 * VERIFIED is "verified" or "unverified". STEP in `fault` may be "-". Text words are one record
 * word (%20 for a blank), but the last word of `note`, `done`, `already`, `chain` and `fault` may
 * also be written as plain words: a worker can be a shell script. The text may be left out of
 * `chain` and `fault`.
 * After `fault`, `absent` or `end` the worker exits 0; any other exit, or none of the three, is the
 * fault worker-died.
 */
#define TALK_VERSION 1
/* The worker's descriptor of the conversation: the first after the standard three. */
#define TALK_FD 3
/* Records a worker may send in its life. A job of 32 steps needs fewer than 200. */
#define TALK_RECORDS_MAX 1000

/* Why a person must act. */
enum talk_wait {
	WAIT_TRUST,    /* tap Trust */
	WAIT_PASSCODE, /* enter the passcode */
	WAIT_APPROVAL, /* confirm the profile in Settings */
};
#define WAITS 3
const char *talk_wait_to_text(enum talk_wait why);
/* The one sentence for the person at the bench. */
const char *talk_wait_sentence(enum talk_wait why);
int talk_wait_from_text(const char *text, enum talk_wait *ret_why);

/* What is learnt of a device, as `note` keys: in the ledger, the board and the results. The last
 * three come from an MDM, never from a worker: when it enrolled, by which profile of the MDM's, and
 * which of our sources says so. */
#define NOTE_TABLE(X)                 \
	X(UDID, "udid")               \
	X(SERIAL, "serial")           \
	X(ECID, "ecid")               \
	X(PRODUCT, "product")         \
	X(OS, "os")                   \
	X(BUILD, "build")             \
	X(NAME, "name")               \
	X(CLASS, "class")             \
	X(MODEL, "model")             \
	X(IMEI, "imei")               \
	X(IMEI2, "imei2")             \
	X(MEID, "meid")               \
	X(ICCID, "iccid")             \
	X(WIFI, "wifi")               \
	X(BLUETOOTH, "bluetooth")     \
	X(ETHERNET, "ethernet")       \
	X(ACTIVATION, "activation")   \
	X(SUPERVISED, "supervised")   \
	X(LOCKED, "locked")           \
	X(SETUP_DONE, "setup-done")   \
	X(PAIRED, "paired")           \
	X(KEYS, "keys")               \
	X(LINK, "link")               \
	X(ENROLLED, "enrolled")       \
	X(ENROLLED_BY, "enrolled-by") \
	X(ENROLLED_IN, "enrolled-in")
enum note_key {
#define NOTE_ENUM(id, word) NOTE_##id,
	NOTE_TABLE(NOTE_ENUM)
#undef NOTE_ENUM
	NOTE_KEYS_COUNT
};
const char *note_key_to_text(enum note_key key);
int note_key_from_text(const char *text, enum note_key *ret_key);

/* What a worker says. */
enum talk_verb {
	TALK_HELLO,
	TALK_READY,
	TALK_WANT,
	TALK_NOTE,
	TALK_WAIT,
	TALK_WAITED,
	TALK_DONE,
	TALK_ALREADY,
	TALK_CHAIN,
	TALK_FAULT,
	TALK_ABSENT,
	TALK_END,
};
const char *talk_verb_to_text(enum talk_verb verb);

/* Longest absence a worker may announce, in seconds: an erase with a slow restart takes minutes. */
#define TALK_ABSENT_MAX 1800

/* One message of a worker, decoded; only the members that its verb names hold something. */
struct talk {
	enum talk_verb verb;
	struct step_id step;	  /* want, done, already, absent */
	enum talk_wait why;	  /* wait, waited */
	enum note_key key;	  /* note */
	bool verified;		  /* done, already */
	unsigned seconds;	  /* absent */
	struct fault fault;	  /* fault; chain: its chain[0] */
	char text[CLEAN_MAX + 1]; /* hello: version; note: value; done, already: detail; cleaned */
};

/*
 * Decodes what a worker sent. Every text in RET_TALK is cleaned; a worker's word is a stranger's.
 * Returns 0, or -EPROTO for a message of no known form.
 */
int talk_parse(const struct record *record, struct talk *ret_talk);

/* What the station says. */
enum order_verb {
	ORDER_DEVICE,
	ORDER_PLAN,
	ORDER_START,
	ORDER_GO,
	ORDER_STOP,
};

/* Longest profile identifier or device name carried in a plan. */
#define PLAN_ARGUMENT_MAX CLEAN_MAX
/* 8-4-4-4-12 digits; a profile's PayloadUUID may be any text in the wild, up to this. */
#define PLAN_UUID_MAX 64

/* One step of the plan. */
struct plan_step {
	struct step_id id;
	bool done;			      /* an earlier worker ended it well: only verify it */
	char argument[PLAN_ARGUMENT_MAX + 1]; /* install: PayloadIdentifier; name: the name, or ""
						 while it is not known */
	char uuid[PLAN_UUID_MAX + 1];	      /* install: PayloadUUID */
};

struct order {
	enum order_verb verb;
	struct udid udid;		  /* device */
	uint32_t handle;		  /* device: usbmux DeviceID */
	struct plan_step plan;		  /* plan */
	struct step_id step;		  /* go */
	char name[PLAN_ARGUMENT_MAX + 1]; /* go name */
};

/* Decodes what the station sent. Returns 0 or -EPROTO. */
int order_parse(const struct record *record, struct order *ret_order);

/*
 * Sends ORDER (FD as record_send) over SOCKET. Returns as record_send.
 */
int order_send(int socket, const struct order *order, int fd);

/* Sends TALK over SOCKET; a fault with a chain goes as its `chain` records, then `fault`.
 * Returns as record_send. */
int talk_send(int socket, const struct talk *talk);

#endif
