/* SPDX-License-Identifier: Apache-2.0 */
/* The gates: for each worker one socket, behind which there is one device and its pair record. */
#define _GNU_SOURCE /* accept4, struct ucred */
#include "device/mux/gate.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/queue.h>
#include <sys/un.h>
#include <unistd.h>

#include "device/mux/gate_folder.h"
#include "device/mux/pass.h"

/* Connections that wait until they are admitted; the kernel caps it at 4096. */
#define BACKLOG 4096

struct gate {
	struct passage passage; /* first: a passage is its gate */
	LIST_ENTRY(gate) link;
	struct gates *gates;
	uint64_t key;
	pid_t pid; /* 0: nobody is admitted */
	int fd;
	sd_event_source *source;
	unsigned passes;
	bool said_foreign, said_full, said_away, said_starved; /* each is said once a gate */
	char path[GATE_PATH_MAX];
};

struct gates {
	struct dialer *dialer;
	struct lingers *lingers;
	LIST_HEAD(, gate) open; /* gates: all that are open */
	bool starved;		/* no descriptor was left: accepting rests until one is */
	struct gate_folder folder;
};

int gates_new(struct dialer *dialer, struct gates **ret_gates)
{
	struct gates *gates = calloc(1, sizeof *gates);
	int r;

	if (!gates)
		return -ENOMEM;
	gates->dialer = dialer;
	LIST_INIT(&gates->open);
	r = lingers_new(dialer_event(dialer), &gates->lingers);
	if (r >= 0 && gate_folder_make(getenv("XDG_RUNTIME_DIR"), &gates->folder) < 0)
		r = gate_folder_make("/tmp", &gates->folder);
	if (r < 0) {
		lingers_free(gates->lingers);
		free(gates);
		return r;
	}
	*ret_gates = gates;
	return 0;
}

static void gate_free(struct gate *gate)
{
	/* The door first: who sees his connection cut finds it shut. */
	sd_event_source_disable_unref(gate->source);
	if (gate->fd >= 0) {
		(void)unlink(gate->path);
		close(gate->fd);
	}
	passage_done(&gate->passage);
	free(gate);
}

void gates_free(struct gates *gates)
{
	struct gate *gate;
	int r;

	if (!gates)
		return;
	while ((gate = LIST_FIRST(&gates->open))) {
		LIST_REMOVE(gate, link);
		gate_free(gate);
	}
	r = gate_folder_remove(&gates->folder);
	if (r < 0)
		fprintf(stderr, "muster-mux: %s: %s\n", gates->folder.path, strerror(-r));
	lingers_free(gates->lingers);
	free(gates);
}

static struct gate *gates_find(const struct gates *gates, uint64_t key)
{
	struct gate *gate;

	LIST_FOREACH (gate, &gates->open, link)
		if (gate->key == key)
			return gate;
	return NULL;
}

/* Lets admitted gates accept, or rests them. */
static void gates_accept(struct gates *gates, bool accept)
{
	struct gate *gate;

	gates->starved = !accept;
	LIST_FOREACH (gate, &gates->open, link)
		(void)sd_event_source_set_enabled(gate->source,
						  accept && gate->pid ? SD_EVENT_ON : SD_EVENT_OFF);
}

/* Says TEXT of GATE, unless *SAID: a broken worker can repeat whatever leads here. */
static void gate_say(const struct gate *gate, bool *said, const char *text)
{
	if (*said)
		return;
	*said = true;
	fprintf(stderr, "muster-mux: gate %" PRIu64 ": %s\n", gate->key, text);
}

static void on_pass_ended(struct passage *passage, struct pass *pass, int error)
{
	struct gate *gate = (struct gate *)passage;

	if (error < 0)
		gate_say(gate, &gate->said_away,
			 "usbmuxd was out of reach, a connection is closed");
	pass_free(pass);
	gate->passes--;
	if (gate->gates->starved)
		gates_accept(gate->gates, true);
}

/* Whether the peer of FD is the process that GATE admits. */
static bool is_admitted(const struct gate *gate, int fd)
{
	struct ucred peer;
	socklen_t len = sizeof peer;

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 && peer.pid == gate->pid;
}

static void gate_take(struct gate *gate, int fd)
{
	if (!is_admitted(gate, fd)) {
		gate_say(gate, &gate->said_foreign,
			 "a process that is not admitted was turned away");
	} else if (gate->passes == GATE_PASSES_MAX) {
		gate_say(gate, &gate->said_full, "its worker has too many connections open");
	} else if (pass_new(&gate->passage, fd) == 0) {
		gate->passes++;
		return;
	}
	close(fd);
}

static int on_connection(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct gate *gate = userdata;
	int client = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)source;
	(void)revents;
	if (client >= 0) {
		gate_take(gate, client);
	} else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
		gate_say(gate, &gate->said_starved, "no descriptor is left, who comes must wait");
		gates_accept(gate->gates, false);
	}
	return 0;
}

static int gate_listen(struct gate *gate)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int n, r;

	n = snprintf(gate->path, sizeof gate->path, "%s/%" PRIu64, gate->gates->folder.path,
		     gate->key);
	if (n < 0 || (size_t)n >= sizeof gate->path)
		return -ENAMETOOLONG;
	memcpy(to.sun_path, gate->path, sizeof to.sun_path);
	gate->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (gate->fd < 0 || bind(gate->fd, (struct sockaddr *)&to, sizeof to) < 0 ||
	    listen(gate->fd, BACKLOG) < 0)
		return -errno;
	r = sd_event_add_io(dialer_event(gate->gates->dialer), &gate->source, gate->fd, EPOLLIN,
			    on_connection, gate);
	return r < 0 ? r : sd_event_source_set_enabled(gate->source, SD_EVENT_OFF);
}

int gates_open(struct gates *gates, uint64_t key, const struct mux_event *device,
	       const char **ret_path)
{
	struct gate *gate;
	int r;

	if (gates_find(gates, key))
		return -EEXIST;
	gate = calloc(1, sizeof *gate);
	if (!gate)
		return -ENOMEM;
	gate->passage = (struct passage){ .dialer = gates->dialer,
					  .lingers = gates->lingers,
					  .shown = { *device, true },
					  .ended = on_pass_ended };
	LIST_INIT(&gate->passage.passes);
	gate->gates = gates;
	gate->key = key;
	gate->fd = -1;
	r = gate_listen(gate);
	if (r < 0) {
		gate_free(gate);
		return r;
	}
	LIST_INSERT_HEAD(&gates->open, gate, link);
	*ret_path = gate->path;
	return 0;
}

int gates_admit(struct gates *gates, uint64_t key, pid_t pid)
{
	struct gate *gate = gates_find(gates, key);

	if (!gate)
		return -ENOENT;
	gate->pid = pid;
	return gates->starved ? 0 : sd_event_source_set_enabled(gate->source, SD_EVENT_ON);
}

void gates_close(struct gates *gates, uint64_t key)
{
	struct gate *gate = gates_find(gates, key);

	if (!gate)
		return;
	LIST_REMOVE(gate, link);
	gate_free(gate);
	if (gates->starved)
		gates_accept(gates, true);
}

static void gate_device_left(struct gate *gate)
{
	if (!gate->passage.shown.present)
		return;
	gate->passage.shown.present = false;
	passage_device_left(&gate->passage);
}

void gates_device_left(struct gates *gates, uint32_t handle)
{
	struct gate *gate;

	LIST_FOREACH (gate, &gates->open, link)
		if (gate->passage.shown.device.handle == handle)
			gate_device_left(gate);
}

void gates_all_left(struct gates *gates)
{
	struct gate *gate;

	LIST_FOREACH (gate, &gates->open, link)
		gate_device_left(gate);
}
