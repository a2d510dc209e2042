/* SPDX-License-Identifier: Apache-2.0 */
/* A whole bench of simulated phones behind muster-mux: every worker reaches its own one, all at
 * once, though each of them asks four things of a mux with a short queue. */
#define _GNU_SOURCE
#include <endian.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <usbmuxd.h>

#include "tests/scenario/mux-stage.h"
#include "tests/unit/tap.h"

#define PHONES	      64
#define LOCKDOWN_PORT 62078

struct phone {
	char device[64]; /* "HANDLE UDID" */
	pid_t worker;
	int go;
	char path[128];
};

static pid_t start_sim(struct stage *stage)
{
	const char *build = getenv("MUSTER_BUILD");
	char program[4096], count[16];
	int ready[2];
	pid_t pid;

	snprintf(program, sizeof program, "%s/muster-sim", build ? build : ".");
	snprintf(count, sizeof count, "%d", PHONES);
	if (pipe2(ready, O_CLOEXEC) < 0)
		exit(1);
	pid = fork();
	if (pid == 0) {
		dup2(ready[1], 9);
		execl(program, program, "--socket", stage->socket_path, "--devices", count,
		      "--ready-fd", "9", NULL);
		_exit(127);
	}
	close(ready[1]);
	ok(peer_await(ready[0]), "the simulator is ready");
	close(ready[0]);
	return pid;
}

/* Asks lockdown at FD what it is; whether it says lockdown. */
static bool is_lockdown(int fd)
{
	static const char query[] = "<plist version=\"1.0\"><dict><key>Request</key>"
				    "<string>QueryType</string></dict></plist>";
	uint32_t len = htobe32(sizeof query - 1), n = 0, got = 0;
	char answer[4096] = "";

	if (usbmuxd_send(fd, (char *)&len, 4, &n) < 0 ||
	    usbmuxd_send(fd, query, sizeof query - 1, &n) < 0 ||
	    usbmuxd_recv_timeout(fd, (char *)&len, 4, &got, 5000) < 0 || got != 4)
		return false;
	len = be32toh(len);
	for (uint32_t at = 0; at < len && len < sizeof answer; at += got)
		if (usbmuxd_recv_timeout(fd, answer + at, len - at, &got, 5000) < 0 || got == 0)
			return false;
	return memmem(answer, sizeof answer, "com.apple.mobile.lockdown", 25) != NULL;
}

/* What a worker does first; returns 0, or which question failed. */
static int ask_everything(uint32_t handle, const char *udid)
{
	usbmuxd_device_info_t *list = NULL;
	char *buid = NULL, *record = NULL;
	uint32_t len = 0;
	int fd;

	if (usbmuxd_get_device_list(&list) != 1 || strcmp(list[0].udid, udid) != 0)
		return 2;
	usbmuxd_device_list_free(&list);
	if (usbmuxd_read_buid(&buid) < 0)
		return 3;
	free(buid);
	if (usbmuxd_read_pair_record(udid, &record, &len) != -2)
		return 4;
	fd = usbmuxd_connect(handle, LOCKDOWN_PORT);
	if (fd < 0)
		return 5;
	if (!is_lockdown(fd))
		return 6;
	usbmuxd_disconnect(fd);
	return 0;
}

static void start_worker(struct phone *phone)
{
	int go[2];

	if (pipe2(go, O_CLOEXEC) < 0)
		exit(1);
	phone->worker = fork();
	if (phone->worker == 0) {
		char address[256] = "UNIX:";

		close(go[1]);
		if (read(go[0], address + 5, sizeof address - 6) <= 0)
			_exit(1);
		setenv("USBMUXD_SOCKET_ADDRESS", address, 1);
		_exit(ask_everything((uint32_t)strtoul(phone->device, NULL, 10),
				     strchr(phone->device, ' ') + 1));
	}
	close(go[0]);
	phone->go = go[1];
}

static void hear_arrivals(struct stage *stage, struct phone phones[static PHONES])
{
	int good = 0;

	for (int i = 0; i < PHONES; i++) {
		unsigned handle;
		char udid[44];

		stage_hear(stage);
		if (sscanf(stage->event, "arrived %u %43s", &handle, udid) == 2)
			good++;
		else
			break;
		snprintf(phones[i].device, sizeof phones[i].device, "%u %s", handle, udid);
	}
	is_number(good, PHONES, "every phone arrives");
}

int main(void)
{
	struct phone phones[PHONES] = { 0 };
	struct stage stage;
	int status, good = 0;
	pid_t sim;

	stage_init(&stage);
	sim = start_sim(&stage);
	stage_start(&stage, 0);
	stage_expect(&stage, "up");
	hear_arrivals(&stage, phones);
	for (unsigned i = 0; i < PHONES; i++) {
		start_worker(&phones[i]);
		stage_gate(&stage, i, phones[i].device, phones[i].worker, phones[i].path);
	}
	for (unsigned i = 0; i < PHONES; i++) {
		if (write(phones[i].go, phones[i].path, strlen(phones[i].path)) < 0)
			break;
		close(phones[i].go);
	}
	for (unsigned i = 0; i < PHONES; i++) {
		waitpid(phones[i].worker, &status, 0);
		good += status == 0;
		if (status != 0)
			printf("# %s: status %x\n", phones[i].device, (unsigned)status);
	}
	is_number(good, PHONES, "every worker reaches its phone");
	kill(sim, SIGTERM);
	waitpid(sim, NULL, 0);
	stage_expect_start(&stage, "down ");
	stage_end(&stage);
	return tap_done();
}
