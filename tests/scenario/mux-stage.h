/* SPDX-License-Identifier: Apache-2.0 */
/* A real muster-mux between a station, a usbmuxd and workers that are all played by the test. */
#ifndef TESTS_SCENARIO_MUX_STAGE_H
#define TESTS_SCENARIO_MUX_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Longest wait for anything, in milliseconds: far above what is expected, for a busy machine. */
#define STAGE_LIMIT_MS 20000

#define UDID_A "00008110-001A2B3C4D5E6F70"
#define UDID_B "0123456789abcdef0123456789abcdef01234567"

struct stage {
	char directory[64];
	char socket_path[96]; /* where the played usbmuxd listens */
	char address[104];    /* the same as USBMUXD_SOCKET_ADDRESS */
	pid_t mux;
	int station;	  /* our end of the conversation */
	int usbmuxd;	  /* the listening socket, or -1 */
	int listener;	  /* muster-mux's Listen connection, or -1 */
	int errors;	  /* muster-mux's stderr, to read after its end */
	char event[4097]; /* the last event */
	/* How often, and how long, usbmuxd is asked for its pulse, in milliseconds; NULL: as the
	 * program has it. To be set before stage_start. */
	const char *pulse_every, *pulse_limit;
};

/* Makes the directory; nothing runs yet. */
void stage_init(struct stage *stage);
/* Starts muster-mux; NOFILE is its limit of descriptors, 0 for ours. */
void stage_start(struct stage *stage, unsigned nofile);
/* Ends the conversation, waits for muster-mux and checks that it exits 0 and leaves nothing. */
void stage_end(struct stage *stage);
/* Waits for muster-mux and returns its exit status, or -1 for a signal. */
int stage_wait(struct stage *stage);

/* Sends one order. */
void stage_order(struct stage *stage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Receives the next event into stage->event; false when none comes. */
bool stage_hear(struct stage *stage);
/* Checks that the next event is TEXT. */
bool stage_expect(struct stage *stage, const char *text);
/* Checks that the next event begins with TEXT. */
bool stage_expect_start(struct stage *stage, const char *text);
/* Opens the gate KEY to device HANDLE UDID, admits PID; RET_PATH is its socket. */
void stage_gate(struct stage *stage, unsigned key, const char *device, pid_t pid,
		char ret_path[static 128]);

/* usbmuxd begins, and ends, to listen; the connections that it has stay. */
void usbmuxd_open(struct stage *stage, int backlog);
void usbmuxd_close(struct stage *stage);
/* The next connection to usbmuxd. */
int usbmuxd_accept(struct stage *stage);
/* Accepts the Listen connection, answers it, and expects `up`. */
void usbmuxd_listen(struct stage *stage);
/* Announces a device: SERIAL goes into the XML as it is. */
void usbmuxd_attach(struct stage *stage, unsigned handle, const char *serial);
/* One device attached and arrived at the station. */
void usbmuxd_attach_one(struct stage *stage, unsigned handle, const char *udid);
void usbmuxd_detach(struct stage *stage, unsigned handle);

/* Connects to a gate, as peer_connect, but the test ends when it cannot. */
int gate_connect(const char *path);
/* Asks BODY with tag 77 at CLIENT; returns usbmuxd's end of it, after it came out as SEEN. */
int gate_ask(struct stage *stage, int client, const char *body, const char *seen);
/* Connects to device 3; returns both ends of what the gate relays. */
void gate_relay(struct stage *stage, const char *path, int *ret_client, int *ret_server);

/* Connects to a UNIX socket; -1 when it cannot. */
int peer_connect(const char *path);
/* Sends BODY, the inside of a <dict>, in printf form, as one message. */
void peer_send(int fd, uint32_t tag, const char *format, ...) __attribute__((format(printf, 3, 4)));
void peer_send_raw(int fd, const void *bytes, size_t len);
/* Receives one message; its XML without white space is the caller's to free. NULL at the end. */
char *peer_receive(int fd, uint32_t *ret_tag);
/* Receives one message and checks that its XML contains TEXT and its tag is TAG. */
bool peer_expect(int fd, uint32_t tag, const char *text);
/* Checks that the peer closes and sends nothing more. */
bool peer_expect_end(int fd, const char *what);
/* Waits until FD is readable (or at its end); false past the limit. */
bool peer_await(int fd);
/* Whether FD has something to read, or its end, at this moment. */
bool peer_is_readable(int fd);

/* A Result with NUMBER, to be used with peer_send; the same as peer_expect finds it. */
#define RESULT_BODY \
	"<key>MessageType</key><string>Result</string><key>Number</key><integer>%d</integer>"
#define RESULT_SEEN(number) "<key>Number</key><integer>" #number "</integer>"
#define REQUEST(type)	    "<key>MessageType</key><string>" type "</string>"

#define RECORD(type, id) REQUEST(type) "<key>PairRecordID</key><string>" id "</string>"
#define CONNECT(device)                                    \
	REQUEST("Connect")                                 \
	"<key>DeviceID</key><integer>" device "</integer>" \
	"<key>PortNumber</key><integer>32498</integer>"

#endif
