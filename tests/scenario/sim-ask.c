/* SPDX-License-Identifier: Apache-2.0 */
/* sim-ask SOCKET LINE...: sends each line to muster-sim's control socket, prints each answer. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

/* A simulator that does not answer for so long is taken for dead, in seconds. */
#define ANSWER_LIMIT 10

static FILE *connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const struct timeval limit = { .tv_sec = ANSWER_LIMIT };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || strlen(path) >= sizeof(address.sun_path))
		return NULL;
	strcpy(address.sun_path, path);
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) < 0)
		return NULL;
	return fdopen(fd, "r+");
}

/* Copies one line of FROM to standard output. */
static int print_answer(FILE *from)
{
	int byte;

	while ((byte = getc(from)) != EOF) {
		putchar(byte);
		if (byte == '\n')
			return 0;
	}
	return -1;
}

int main(int argc, char **argv)
{
	FILE *sim = argc > 2 ? connect_to(argv[1]) : NULL;

	if (!sim) {
		fprintf(stderr, "usage: sim-ask SOCKET LINE...; SOCKET must answer\n");
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		if (fprintf(sim, "%s\n", argv[i]) < 0 || fflush(sim) != 0 || print_answer(sim) < 0)
			return 1;
	}
	return 0;
}
