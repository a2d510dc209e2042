/* SPDX-License-Identifier: Apache-2.0 */
/* One simulated device: who it is, and what it remembers over reconnects and reboots. */
#ifndef TESTS_SIM_PHONE_H
#define TESTS_SIM_PHONE_H

#include <plist/plist.h>
#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-event.h>

#include "tests/sim/rule.h"
#include "tests/sim/spoil.h"

struct bench;
struct phone_plan;
struct service;
struct channel;
struct open_port; /* phone.c: promised by phone_open_port, not yet connected to */
struct usb_cable; /* usb_cable.h */
struct identity;  /* certificate.h: the device's RSA key and TLS certificate */
struct profile_store;
struct watcher; /* notifications.h: a connection that waits for notifications */

/* One host that the device trusts. */
struct pairing {
	struct pairing *next; /* phone: pairings */
	char *host_id;
	char *system_buid;
	plist_t root_certificate; /* data nodes, PEM, as the host sent them */
	plist_t host_certificate;
	unsigned char escrow_bag[32];
};

/* What the person in front of the device does, and how the device is set up. Times in
 * milliseconds. */
struct phone_setup {
	int trust_after;   /* Trust is tapped so long after the first Pair; 0 at once, -1 never */
	bool trust_denied; /* Don't Trust is tapped at trust_after instead */
	bool trust_drops;  /* the tap on Trust closes all its connections */
	int unlock_after; /* locked until so long after the first refusal; 0 not locked, -1 for ever
			   */
	int approve_after; /* a staged profile is confirmed so long after; 0 at once, -1 never */
	int staged_life;   /* a staged profile is forgotten after so long (about eight minutes) */
	bool supervised;
	bool setup_done; /* false: in Setup Assistant, where pairing and profiles need no tap */
	bool activated;
	int request_latency; /* before each answer */
	int install_latency; /* more before the answer to InstallProfile */
	int reboot_time;     /* gone for so long after a restart */
	bool session_tls;    /* lockdown's sessions ask for TLS */
	bool service_tls;    /* services ask for TLS, as all newer systems do */
	int drip;	     /* connections send a byte each so many; 0: at full speed */
};

/* What it says its serial is on USB, which usbmuxd shows as SerialNumber. */
enum usb_serial {
	USB_SERIAL_RIGHT, /* the UDID */
	USB_SERIAL_EMPTY,
	USB_SERIAL_ODD,
	USB_SERIAL_DOUBLE, /* another device's */
};

/* What answers on the cable: its system, or its boot loaders, which usbmux does not know. */
enum phone_mode {
	MODE_NORMAL,
	MODE_RECOVERY,
	MODE_DFU,
};

struct phone {
	struct phone *next; /* bench: phones, in order of making */
	struct bench *bench;

	/* On the cable. handle is usbmux's DeviceID: new at each attach, 0 while away. */
	uint32_t handle;
	uint32_t location; /* bus << 16 | address */
	unsigned port;	   /* of the hub, from 1: where the cable goes in */
	enum phone_mode mode;
	bool on_bus;
	struct usb_cable *cable; /* to the guest that has it over USB/IP; NULL: none has */
	uint16_t product_id;
	uint8_t board_id; /* of the boot loaders' serial: which model with this chip */
	enum usb_serial usb_serial;
	uint64_t attached_us;	   /* CLOCK_MONOTONIC of the last attach */
	uint64_t first_connect_us; /* of the first Connect since then; 0: there was none */
	unsigned connects;	   /* Connects that worked, in all */
	bool plugged;		   /* the cable is in; it may be away all the same, for a restart */
	bool locked;		   /* now */

	char *udid;   /* with its dash, as usbmuxd shows it */
	char *serial; /* of the device, not of USB */
	uint64_t ecid;
	plist_t values; /* dict: domain ("" is global) -> dict of key -> value (values.c) */
	struct identity *identity;
	double clock_ahead; /* of the host's clock, in seconds: what TimeIntervalSince1970 was set
			       to */

	struct pairing *pairings;
	struct pairing *asking; /* whose Pair raised the dialog; NULL: none did */
	struct phone_setup setup;
	sd_event_source *person; /* the tap that is under way: Trust, passcode */
	bool trust_asked;	 /* the dialog is on the screen */
	bool trust_tapped;	 /* yes was tapped; the next Pair is answered with an escrow bag */
	bool trust_refused;	 /* no was tapped; until the next plug */
	unsigned trust_dialogs; /* how often a dialog came up; tests read it over the control socket
				 */

	struct profile_store *profiles; /* installed, and the one staged */
	plist_t stored_profile;		/* data: kept for after Setup Assistant; NULL: none */
	plist_t cloud_configuration;	/* NULL: none */
	plist_t provisioning;		/* array of data: provisioning profiles; NULL: none */
	unsigned installs;		/* InstallProfile requests that changed something */

	struct rule *rules; /* what goes wrong next (rule.h) */
	plist_t faults;	    /* array of the named faults set on it, as text; NULL: none */
	enum handshake session_handshake;
	enum handshake service_handshake;
	bool record_refused; /* the host cannot store its pair record */
	struct channel *channels;
	struct watcher *watchers;
	struct open_port *ports;
	sd_event_source *departure; /* leaves the bus in the next round of the event loop */
	int away;		    /* and is back after so many milliseconds; -1: not by itself */
	sd_event_source *restart;   /* until it is back, from a restart above all */
};

/* Makes the phone of a completed PLAN; it is not plugged. Returns 0 or -ENOMEM. */
int phone_new(struct bench *bench, const struct phone_plan *plan, struct phone **ret_phone);
/* Closes its connections without telling the mux's listeners. NULL is fine. */
void phone_free(struct phone *phone);

/* The cable goes in: it is on the bus with a new handle, at once or when its restart is over. */
void phone_plug(struct phone *phone);
/* The cable goes out: its connections close, a dialog on its screen is gone. Not to be called by a
 * service, whose own connection would go: that is phone_vanish. */
void phone_unplug(struct phone *phone);
/* phone_unplug in the next round of the event loop. */
void phone_vanish(struct phone *phone);
/* The same; it is back after AWAY milliseconds, with another handle. -1: not by itself. */
void phone_vanish_for(struct phone *phone, int away);
/* It leaves the bus, and is back in MODE after AWAY milliseconds. Not while it restarts. */
void phone_change_mode(struct phone *phone, enum phone_mode mode, int away);
/* All its connections close in the next round of the event loop. */
void phone_drop_links(struct phone *phone);
/* A host has made a Connect to it that works. */
void phone_count_connect(struct phone *phone);

/* All its connections close now, and it has HANDLE from now on: usbmuxd has begun anew. */
void phone_renumber(struct phone *phone, uint32_t handle);

/* What usbmuxd shows as its serial; valid until the bench changes. */
const char *phone_usb_serial(const struct phone *phone);

/* What a host that connects to PORT meets, and whether with TLS; NULL: nothing. A port opened for
 * a service is used up by this. */
const struct service *phone_take_port(struct phone *phone, uint16_t port, bool *ret_tls);

#endif
