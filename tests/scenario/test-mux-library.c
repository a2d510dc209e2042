/* SPDX-License-Identifier: Apache-2.0 */
/* What libusbmuxd, which the worker uses, makes of the gate's answers: above all that it takes
 * nothing but usbmuxd's own word for "there is no pair record". */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <usbmuxd.h>

#include "tests/scenario/mux-stage.h"
#include "tests/unit/tap.h"

/* Each is run in a worker's process of its own and returns what the library said. */

static int list_devices(void)
{
	usbmuxd_device_info_t *list = NULL;
	int count = usbmuxd_get_device_list(&list);
	int good = count == 1 && strcmp(list[0].udid, UDID_A) == 0 && list[0].handle == 3 &&
		   list[0].product_id == 4776 && list[0].conn_type == CONNECTION_TYPE_USB;

	usbmuxd_device_list_free(&list);
	return good ? 1 : -1000 - count;
}

static int read_record(void)
{
	char *record = NULL;
	uint32_t len = 0;
	int r = usbmuxd_read_pair_record(UDID_A, &record, &len);

	if (r == 0 && (len != 6 || memcmp(record, "record", 6) != 0))
		r = -1000;
	free(record);
	return r;
}

static int read_other_record(void)
{
	char *record = NULL;
	uint32_t len = 0;

	return usbmuxd_read_pair_record(UDID_B, &record, &len);
}

static int save_record(void)
{
	return usbmuxd_save_pair_record_with_device_id(UDID_A, 3, "record", 6);
}

static int delete_record(void)
{
	return usbmuxd_delete_pair_record(UDID_A);
}

static int read_buid(void)
{
	char *buid = NULL;
	int r = usbmuxd_read_buid(&buid);

	if (r == 0 && strcmp(buid, "B-U-I-D") != 0)
		r = -1000;
	free(buid);
	return r;
}

static int connect_device(void)
{
	int fd = usbmuxd_connect(3, 62078);
	char byte = 0;
	uint32_t got = 0;

	if (fd < 0)
		return fd;
	if (usbmuxd_recv_timeout(fd, &byte, 1, &got, 5000) < 0 || byte != 'x')
		return -1000;
	usbmuxd_disconnect(fd);
	return 1;
}

static int connect_other(void)
{
	int fd = usbmuxd_connect(4, 62078);

	return fd < 0 ? fd : 1;
}

/* Any failure but ENOENT: which one is the library's affair. */
#define NOT_ENOENT -9997

/* A question in the library's words, what usbmuxd answers (NULL: it closes; "": it is not asked),
 * and what the library says then. */
static const struct {
	const char *what;
	int (*call)(void);
	const char *asked, *answer;
	int result;
} rows[] = {
	{ "the one device is listed", list_devices, "", NULL, 1 },
	{ "a record is read", read_record, "<string>ReadPairRecord</string>",
	  "<key>PairRecordData</key><data>cmVjb3Jk</data>", 0 },
	{ "no record is ENOENT", read_record, "<string>ReadPairRecord</string>",
	  REQUEST("Result") RESULT_SEEN(2), -ENOENT },
	{ "a usbmuxd that goes is not ENOENT", read_record, "<string>ReadPairRecord</string>", NULL,
	  NOT_ENOENT },
	{ "another's record is not ENOENT", read_other_record, "", NULL, -EINVAL },
	{ "a record is saved", save_record, "<data>cmVjb3Jk</data>",
	  REQUEST("Result") RESULT_SEEN(0), 0 },
	{ "a record is deleted", delete_record, "<string>DeletePairRecord</string>",
	  REQUEST("Result") RESULT_SEEN(0), 0 },
	{ "the BUID is read", read_buid, "<string>ReadBUID</string>",
	  "<key>BUID</key><string>B-U-I-D</string>", 0 },
	{ "the device is reached", connect_device, "<integer>32498</integer>",
	  REQUEST("Result") RESULT_SEEN(0), 1 },
	{ "a closed port is refused", connect_device, "<integer>32498</integer>",
	  REQUEST("Result") RESULT_SEEN(3), -ECONNREFUSED },
	{ "another device is not there", connect_other, "", NULL, -ENODEV },
};

/* Runs CALL as a worker behind PATH; RET_RESULT is a pipe with its result. */
static pid_t start_worker(int (*call)(void), int go[2], int *ret_result)
{
	int result[2];
	pid_t pid;

	if (pipe2(go, O_CLOEXEC) < 0 || pipe2(result, O_CLOEXEC) < 0)
		exit(1);
	pid = fork();
	if (pid == 0) {
		char address[256] = "UNIX:";
		ssize_t n = read(go[0], address + 5, sizeof address - 6);
		int r;

		if (n <= 0)
			_exit(1);
		setenv("USBMUXD_SOCKET_ADDRESS", address, 1);
		r = call();
		_exit(write(result[1], &r, sizeof r) != sizeof r);
	}
	close(go[0]);
	close(result[1]);
	*ret_result = result[0];
	return pid;
}

static void check_row(struct stage *stage, size_t i)
{
	int go[2], result, got = -9999;
	char path[128];
	pid_t pid = start_worker(rows[i].call, go, &result);

	stage_gate(stage, (unsigned)i, "3 " UDID_A, pid, path);
	if (write(go[1], path, strlen(path)) < 0)
		exit(1);
	close(go[1]);
	if (rows[i].asked[0] != '\0') {
		int server = usbmuxd_accept(stage);
		uint32_t tag = 0;
		char *xml = peer_receive(server, &tag);

		ok(xml && strstr(xml, rows[i].asked), "usbmuxd is asked: %s", rows[i].asked);
		if (rows[i].answer) {
			peer_send(server, tag, "%s", rows[i].answer);
			peer_send_raw(server, "x", 1);
		}
		close(server);
		free(xml);
	}
	if (read(result, &got, sizeof got) != sizeof got)
		got = -9998;
	if (rows[i].result == NOT_ENOENT)
		ok(got < 0 && got != -ENOENT, "%s but %d", rows[i].what, got);
	else
		is_number(got, rows[i].result, rows[i].what);
	close(result);
	waitpid(pid, NULL, 0);
	stage_order(stage, "close %zu", i);
}

int main(void)
{
	struct stage stage;

	stage_init(&stage);
	usbmuxd_open(&stage, 5);
	stage_start(&stage, 0);
	usbmuxd_listen(&stage);
	usbmuxd_attach_one(&stage, 3, UDID_A);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		check_row(&stage, i);
	stage_end(&stage);
	return tap_done();
}
