/* SPDX-License-Identifier: Apache-2.0 */
/* The one vocabulary of what can go wrong with a device: name, sentence, remedy, verdict. */
#ifndef DEVICE_FACTS_FAULT_H
#define DEVICE_FACTS_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "device/facts/clean.h"
#include "device/facts/outcome.h"
#include "device/facts/step.h"

/*
 * One row a fault: constant, name (in the ledger, JSON and the conversation), whether trying again
 * by itself may help, the outcome of a job that ends with it, what happened, what to do now.
 * The sentence and the remedy are for a person at the bench: plain words, no code, no jargon.
 */
#define FAULT_TABLE(X)                                                                             \
	X(TRUST_DENIED, "trust-denied", false, FAILED,                                             \
	  "Somebody tapped Don't Trust on the device.",                                            \
	  "Unplug it, plug it in again, and tap Trust.")                                           \
	X(TRUST_MISSED, "trust-missed", false, FAILED, "Nobody tapped Trust in time.",             \
	  "Unlock the device, plug it in again, and tap Trust when it asks.")                      \
	X(PASSCODE_LOCKED, "passcode-locked", false, FAILED, "The device stayed locked.",          \
	  "Enter its passcode, leave it unlocked, and plug it in again.")                          \
	X(PAIRING_FORBIDDEN, "pairing-forbidden", false, SET_ASIDE,                                \
	  "The organisation that supervises this device forbids pairing.",                         \
	  "Hand it to whoever supervises it.")                                                     \
	X(PAIRING_REFUSED, "pairing-refused", true, FAILED, "The device refused to pair.",         \
	  "Restart the device and plug it in again.")                                              \
	X(RECORD_UNUSABLE, "record-unusable", true, FAILED,                                        \
	  "The stored pairing with this device could not be used.",                                \
	  "Plug it in again; if it stays, reset Location & Privacy on the device.")                \
	X(RECORD_UNSAVED, "record-unsaved", false, FAILED,                                         \
	  "This computer could not keep the pairing with the device.",                             \
	  "Look at the station's log and its disk, then plug the device in again.")                \
	X(LINK_LOST, "link-lost", true, FAILED, "The connection to the device broke.",             \
	  "Check the cable, then plug it in again.")                                               \
	X(LINK_REFUSED, "link-refused", true, FAILED, "The device did not accept a connection.",   \
	  "Wait until it shows its home or lock screen, then plug it in again.")                   \
	X(LINK_NOT_PRIVATE, "link-not-private", true, FAILED,                                      \
	  "The device did not offer an encrypted connection.",                                     \
	  "Restart the device and plug it in again.")                                              \
	X(TLS_FAILED, "tls-failed", true, FAILED,                                                  \
	  "The encrypted connection to the device could not be set up.",                           \
	  "Plug it in again; if it stays, reset Location & Privacy on the device.")                \
	X(ANSWER_LATE, "answer-late", true, FAILED, "The device did not answer in time.",          \
	  "Plug it in again; restart it if it stays.")                                             \
	X(ANSWER_MALFORMED, "answer-malformed", true, FAILED,                                      \
	  "The device answered with something that makes no sense.",                               \
	  "Restart the device and plug it in again.")                                              \
	X(ANSWER_MISSING, "answer-missing", true, FAILED,                                          \
	  "The device left out a part of its answer.", "Restart the device and plug it in again.") \
	X(REQUEST_REFUSED, "request-refused", false, FAILED,                                       \
	  "The device does not allow what was asked of it.",                                       \
	  "Look at the device's restrictions, or hand it to the desk.")                            \
	X(SERVICE_MISSING, "service-missing", false, FAILED,                                       \
	  "The device does not have the service that is needed.",                                  \
	  "Update the device's system, then try again.")                                           \
	X(SERVICE_BUSY, "service-busy", true, FAILED, "The device has too many connections open.", \
	  "Quit other programs that use the device, or restart it.")                               \
	X(IDENTITY_ODD, "identity-odd", false, SET_ASIDE,                                          \
	  "The device does not say who it is, or says it in a form that does not exist.",          \
	  "Try another cable; if it stays, hand the device to the desk.")                          \
	X(IDENTITY_CHANGED, "identity-changed", false, SET_ASIDE,                                  \
	  "The device calls itself another one than usbmuxd does.",                                \
	  "Unplug it, and hand it to the desk.")                                                   \
	X(IDENTITY_DOUBLE, "identity-double", false, SET_ASIDE,                                    \
	  "Two attached devices claim to be the same one.",                                        \
	  "Unplug both, and hand them to the desk.")                                               \
	X(NO_BLUEPRINT, "no-blueprint", false, SET_ASIDE, "No blueprint is for this device.",      \
	  "Put it on a bench with a blueprint for it.")                                            \
	X(PROFILE_EXPIRED, "profile-expired", false, FAILED,                                       \
	  "The profile for this device has expired.",                                              \
	  "Download it anew into the station's library, then plug the device in again.")           \
	X(ASSET_UNKNOWN, "asset-unknown", false, SET_ASIDE,                                        \
	  "This device is not in the list of assets.",                                             \
	  "Hand it to the desk: its serial number is missing from the list.")                      \
	X(PROFILE_REFUSED, "profile-refused", false, FAILED, "The device refused the profile.",    \
	  "Read the device's reason; mend the profile, or remove what stands against it.")         \
	X(PROFILE_MISSING, "profile-missing", true, FAILED,                                        \
	  "The device said that it took the profile, but does not have it.",                       \
	  "Plug the device in again.")                                                             \
	X(PROFILE_DIFFERS, "profile-differs", true, FAILED,                                        \
	  "The device has another version of the profile than the one sent.",                      \
	  "Remove the profile on the device, then plug it in again.")                              \
	X(APPROVAL_MISSED, "approval-missed", false, FAILED,                                       \
	  "Nobody confirmed the profile on the device in time.",                                   \
	  "Plug it in again, then open Settings, Profile Downloaded, and tap Install.")            \
	X(NAME_DIFFERS, "name-differs", true, FAILED, "The device did not keep its new name.",     \
	  "Plug it in again; look whether a restriction forbids renaming.")                        \
	X(NOT_REACHABLE, "not-reachable", false, FAILED,                                           \
	  "The device is plugged in, but this computer cannot speak with it.",                     \
	  "Wait ten seconds and plug it in again; then try another cable, then another slot.")     \
	X(IN_RECOVERY, "in-recovery", false, SET_ASIDE, "The device is in recovery mode.",         \
	  "Restart it. If it comes back to recovery, hand it to the desk to be restored.")         \
	X(IN_DFU, "in-dfu", false, SET_ASIDE, "The device is in DFU mode: no system runs on it.",  \
	  "Restart it. If its screen stays dark, hand it to the desk to be restored.")             \
	X(MAC_IN_DFU, "mac-in-dfu", false, SET_ASIDE, "A Mac in DFU mode is plugged in.",          \
	  "Hand it to the desk: a Mac is revived or restored with another Mac, not here.")         \
	X(IN_RESTORE, "in-restore", false, SET_ASIDE, "The device's system is being restored.",    \
	  "Leave it plugged in until it has started anew; then it is worked on.")                  \
	X(MAC_BRIDGE, "mac-bridge", false, SET_ASIDE, "This is a Mac, seen through its T1 or T2.", \
	  "Unplug it: a Mac is not provisioned over this cable.")                                  \
	X(NOT_ENROLLED, "not-enrolled", false, FAILED, "The Mac says that it is not enrolled.",    \
	  "At the Mac, run Enroll.command again, and install the profile in System Settings.")     \
	X(ENROLLED_ELSEWHERE, "enrolled-elsewhere", false, SET_ASIDE,                              \
	  "The Mac is enrolled in another management service.",                                    \
	  "Hand it to the desk: that service has to let it go first.")                             \
	X(DEVICE_LEFT, "device-left", false, REMOVED,                                              \
	  "The device was unplugged and did not come back in time.", "Plug it in again.")          \
	X(DEADLINE, "deadline", true, FAILED, "The step took longer than it may.",                 \
	  "Plug the device in again; restart it if it stays.")                                     \
	X(WORKER_DIED, "worker-died", true, FAILED,                                                \
	  "The station's own program for this device ended unexpectedly.",                         \
	  "Plug the device in again; if it stays, send the log to whoever keeps the station.")     \
	X(WORKER_BABBLED, "worker-babbled", false, FAILED,                                         \
	  "The station's own program for this device said what cannot be understood.",             \
	  "Send the log to whoever keeps the station.")                                            \
	X(WORKER_LIED, "worker-lied", false, FAILED,                                               \
	  "The station's own program for this device reported what it was not asked to do.",       \
	  "Send the log to whoever keeps the station.")                                            \
	X(HOST_TROUBLE, "host-trouble", true, FAILED, "This computer could not do its part.",      \
	  "Look at the station's log; memory, disk or usbmuxd may be the cause.")

enum fault_kind {
	FAULT_NONE,
#define FAULT_ENUM(id, name, again, outcome, sentence, remedy) FAULT_##id,
	FAULT_TABLE(FAULT_ENUM)
#undef FAULT_ENUM
};

/* Length of an error domain's name with its end; the longest known has 32 bytes. */
#define FAULT_DOMAIN_MAX 64
/* Entries kept of a device's error chain. Real chains have 1 to 4; the outermost are kept. */
#define FAULT_CHAIN_MAX 8

/* One link of a device's own error chain, as it said it, cleaned. */
struct fault_link {
	char domain[FAULT_DOMAIN_MAX];
	int64_t code;
	char text[CLEAN_MAX + 1];
};

/* A fault, passed by value from the step to the ledger. A zeroed one is "no fault". */
struct fault {
	enum fault_kind kind;
	bool has_step;
	struct step_id step;
	char domain[FAULT_DOMAIN_MAX]; /* who gave the code: a library's enum, the device; or "" */
	int64_t code;
	char text[CLEAN_MAX + 1]; /* the detail, cleaned; or "" */
	unsigned chain_len;
	struct fault_link chain[FAULT_CHAIN_MAX];
};

/* A fault of KIND with a detail in printf form, which is cleaned. */
struct fault fault_new(enum fault_kind kind, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct fault fault_none(void);
bool fault_is_set(const struct fault *fault);

/* Copies what fits of the domain RAW, cleaned, to OUT; a character that is cut becomes '?'. */
void fault_clean_domain(const char *raw, char out[static FAULT_DOMAIN_MAX]);

/* Adds a link to the end of the chain, cleaned; past FAULT_CHAIN_MAX it is dropped. */
void fault_add_link(struct fault *fault, const char *domain, int64_t code, const char *text);

/* The columns of FAULT_TABLE; "" (and false, OUTCOME_NONE) for FAULT_NONE. */
const char *fault_name(enum fault_kind kind);
const char *fault_sentence(enum fault_kind kind);
const char *fault_remedy(enum fault_kind kind);
bool fault_may_retry(enum fault_kind kind);
enum outcome fault_outcome(enum fault_kind kind);
/* The kind called NAME. Returns 0, or -EINVAL and leaves RET_KIND alone. */
int fault_from_name(const char *name, enum fault_kind *ret_kind);

#endif
