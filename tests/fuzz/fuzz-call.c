/* SPDX-License-Identifier: Apache-2.0 */
/* What answers at the control socket, which may be no station. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "station/tools/call.h"
#include "station/tools/unix_socket.h"
#include "tests/fuzz/entry.h"

/* Longest answer: as much as a socket's buffer takes at once. */
#define SAID_MAX (64U << 10)

static char directory[] = "/tmp/muster-fuzz-XXXXXX";
static char path[64];
/* What the server, a process of its own, says. */
static struct said {
	size_t size;
	uint8_t bytes[SAID_MAX];
} * said;

static void clear(void)
{
	unlink(path);
	rmdir(directory);
}

static _Noreturn void serve(int listener)
{
	char request[512];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (recv(fd, request, sizeof request, 0) <= 0 ||
		    send(fd, said->bytes, said->size, MSG_NOSIGNAL) < 0)
			_exit(1);
		close(fd);
	}
}

static void start(void)
{
	int listener, flags = MAP_SHARED | MAP_ANONYMOUS;

	must(mkdtemp(directory) && atexit(clear) == 0);
	strcat(strcpy(path, directory), "/socket");
	said = mmap(NULL, sizeof *said, PROT_READ | PROT_WRITE, flags, -1, 0);
	must(said != MAP_FAILED && unix_listen(path, &listener) == 0);
	must(fcntl(listener, F_SETFL, 0) == 0);
	if (fork() == 0)
		serve(listener);
	close(listener);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct call_answer answer = { 0 };
	int r;

	if (!said)
		start();
	said->size = size < SAID_MAX ? size : SAID_MAX;
	if (size > 0)
		memcpy(said->bytes, bytes, said->size);
	r = call_get(path, "/v1/board", CALL_LIMIT, &answer);
	must(r < 0 || (answer.size < size && answer.body[answer.size] == '\0'));
	must(r != -ECONNREFUSED && r != -ETIMEDOUT);
	free(answer.body);
	return 0;
}
