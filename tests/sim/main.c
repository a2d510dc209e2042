/* SPDX-License-Identifier: Apache-2.0 */
/* muster-sim: a bench of simulated Apple devices behind a usbmuxd socket, or on a USB bus. One
 * process, one thread. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <systemd/sd-event.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/benchfile.h"
#include "tests/sim/control.h"
#include "tests/sim/listen.h"
#include "tests/sim/mux.h"
#include "tests/sim/options.h"
#include "tests/sim/usb_door.h"

/* As the station's programs have them. */
enum exit_status {
	EXIT_USAGE = 2,
	EXIT_FILE = 3,
	EXIT_HOST = 4,
};

struct simulator {
	sd_event *event;
	struct bench *bench;
	struct control *control;
	struct listener *control_path;
	struct listener *usb;
};

static int complain(const char *what, int r)
{
	fprintf(stderr, "muster-sim: %s: %s\n", what, strerror(-r));
	return EXIT_HOST;
}

static void on_mux_client(void *userdata, int fd)
{
	(void)mux_client_new(userdata, fd); /* without memory the client is turned away */
}

static void on_control_client(void *userdata, int fd)
{
	(void)control_accept(userdata, fd);
}

static void on_usb_guest(void *userdata, int fd)
{
	(void)usb_door_accept(userdata, fd);
}

static int listen_number(struct simulator *sim, const char *option, const char *where,
			 listener_accepted_t accepted, void *userdata,
			 struct listener **ret_listener)
{
	int r = listen_tcp(sim->event, where, accepted, userdata, ret_listener);

	if (r != -EINVAL)
		return r < 0 ? complain(where, r) : 0;
	fprintf(stderr, "muster-sim: %s: '%s' is not ADDRESS:PORT, both numeric\n", option, where);
	return EXIT_USAGE;
}

static int simulator_serve_usb(struct simulator *sim, const char *where)
{
	int r = usb_door_new(sim->bench);

	if (r < 0)
		return complain(where, r);
	return listen_number(sim, "--usbip", where, on_usb_guest, sim->bench->usb, &sim->usb);
}

static int simulator_listen(struct simulator *sim, const struct options *options)
{
	int r = 0;

	if (options->listen)
		r = listen_number(sim, "--listen", options->listen, on_mux_client, sim->bench,
				  &sim->bench->doors[0]);
	if (r == 0 && options->usbip)
		r = simulator_serve_usb(sim, options->usbip);
	if (r)
		return r;
	if (options->socket)
		r = listen_unix(sim->event, options->socket, on_mux_client, sim->bench,
				&sim->bench->doors[1]);
	if (r < 0)
		return complain(options->socket, r);
	if (options->control)
		r = listen_unix(sim->event, options->control, on_control_client, sim->control,
				&sim->control_path);
	if (r < 0)
		return complain(options->control, r);
	return 0;
}

static int simulator_add(struct simulator *sim, const struct options *options)
{
	for (unsigned i = 0; i < options->devices; i++) {
		struct phone_plan plan;
		struct phone *phone;
		int r;

		plan_init(&plan, &options->setup);
		plan.unplugged = options->unplugged;
		r = bench_add(sim->bench, &plan, &phone);
		plan_done(&plan);
		if (r < 0)
			return complain("a device", r);
	}
	return 0;
}

static int simulator_spread(struct simulator *sim, const struct options *options)
{
	for (unsigned i = 0; i < options->spread_count; i++) {
		const struct spread *spread = &options->spreads[i];
		int done = bench_spread(sim->bench, &spread->order, spread->count);

		if (done < 0)
			return complain("a fault", done);
		if ((unsigned)done == spread->count)
			continue;
		fprintf(stderr, "muster-sim: --fault: only %d devices were left for %u faults\n",
			done, spread->count);
		return EXIT_USAGE;
	}
	return 0;
}

static int simulator_fill(struct simulator *sim, const struct options *options)
{
	int r = 0;

	if (options->bench_file &&
	    benchfile_load(options->bench_file, sim->bench, &options->setup, stderr) < 0)
		return EXIT_FILE;
	r = simulator_add(sim, options);
	return r ? r : simulator_spread(sim, options);
}

static int announce(const struct simulator *sim, int fd)
{
	FILE *to;

	if (fd < 0)
		return 0;
	to = fdopen(fd, "w");
	if (!to)
		return complain("--ready-fd", -errno);
	for (size_t i = 0; i < BENCH_DOORS; i++) {
		if (sim->bench->doors[i])
			fprintf(to, "%s\n", listener_where(sim->bench->doors[i]));
	}
	if (sim->usb)
		fprintf(to, "%s\n", listener_where(sim->usb));
	return fclose(to) == 0 ? 0 : complain("--ready-fd", -errno);
}

/* A socket for each connection of some hundred devices is more than the usual 1024. */
static void raise_descriptor_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &limit); /* then fewer fit */
}

static int simulator_new(struct simulator *sim, const struct options *options)
{
	sigset_t signals;
	int r;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	raise_descriptor_limit();
	r = sd_event_new(&sim->event);
	if (r == 0)
		r = sd_event_add_signal(sim->event, NULL, SIGINT, NULL, NULL);
	if (r >= 0)
		r = sd_event_add_signal(sim->event, NULL, SIGTERM, NULL, NULL);
	if (r >= 0)
		r = bench_new(sim->event, options->seed, &sim->bench);
	if (r < 0)
		return r;
	sim->control = control_new(sim->bench, &options->setup);
	return sim->control ? 0 : -ENOMEM;
}

static void simulator_done(struct simulator *sim)
{
	listener_free(sim->control_path);
	listener_free(sim->usb);
	usb_door_free(sim->bench ? sim->bench->usb : NULL);
	control_free(sim->control);
	bench_free(sim->bench);
	sd_event_unref(sim->event);
}

static int simulator_run(struct simulator *sim, const struct options *options)
{
	int r = simulator_fill(sim, options);

	if (r == 0)
		r = simulator_listen(sim, options);
	if (r == 0)
		r = announce(sim, options->ready_fd);
	if (r)
		return r;
	r = sd_event_loop(sim->event);
	return r < 0 ? complain("the event loop", r) : r;
}

int main(int argc, char **argv)
{
	struct simulator sim = { 0 };
	struct options options;
	int status;

	switch (options_read(argc, argv, &options)) {
	case OPTIONS_RUN:
		break;
	case OPTIONS_DONE:
		return EXIT_SUCCESS;
	case OPTIONS_WRONG:
		return EXIT_USAGE;
	}
	status = simulator_new(&sim, &options);
	status = status < 0 ? complain("start", status) : simulator_run(&sim, &options);
	simulator_done(&sim);
	return status;
}
