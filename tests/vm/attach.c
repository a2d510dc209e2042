/* SPDX-License-Identifier: Apache-2.0 */
/* In the guest: plugs one device of a USB/IP server into one port of the kernel's virtual bus. */
#include <endian.h>
#include <errno.h>
#include <error.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/*
 * The import handshake of USB/IP 1.1.1 (Documentation/usb/usbip_protocol.rst of Linux): all numbers
 * are big-endian. After it the socket is the kernel's.
 */
#define USBIP_VERSION 0x0111
#define OP_REQ_IMPORT 0x8003
#define OP_REP_IMPORT 0x0003

struct op_head {
	uint16_t version;
	uint16_t code;
	uint32_t status;
} __attribute__((packed));

struct import_request {
	struct op_head head;
	char busid[32];
} __attribute__((packed));

struct import_reply {
	char path[256];
	char busid[32];
	uint32_t busnum;
	uint32_t devnum;
	uint32_t speed;
	uint16_t vendor;
	uint16_t product;
	uint16_t release;
	uint8_t numbers[6];
} __attribute__((packed));

/* A server that does not answer within this many seconds is not there. */
#define ANSWER_LIMIT 20

static int connect_to(const char *host, const char *service)
{
	struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM };
	struct timeval limit = { .tv_sec = ANSWER_LIMIT };
	struct addrinfo *address;
	int one = 1;
	int fd;

	if (getaddrinfo(host, service, &hints, &address) != 0)
		error(1, 0, "%s:%s is no address", host, service);
	fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) < 0 ||
	    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) < 0 ||
	    connect(fd, address->ai_addr, address->ai_addrlen) < 0)
		error(1, errno, "%s:%s", host, service);
	freeaddrinfo(address);
	return fd;
}

static void receive(int fd, void *bytes, size_t size)
{
	ssize_t got = recv(fd, bytes, size, MSG_WAITALL);

	if (got < 0)
		error(1, errno, "no answer");
	if ((size_t)got != size)
		error(1, 0, "the server closed the connection");
}

static struct import_reply import(int fd, const char *busid)
{
	struct import_request request = {
		.head = { .version = htobe16(USBIP_VERSION), .code = htobe16(OP_REQ_IMPORT) },
	};
	struct op_head head;
	struct import_reply reply;

	if (strlen(busid) >= sizeof(request.busid))
		error(1, 0, "%s is no bus id", busid);
	memcpy(request.busid, busid, strlen(busid));
	if (send(fd, &request, sizeof(request), MSG_NOSIGNAL) != sizeof(request))
		error(1, errno, "cannot ask for %s", busid);
	receive(fd, &head, sizeof(head));
	if (be16toh(head.code) != OP_REP_IMPORT || head.status)
		error(1, 0, "%s is not to be had: code %#x, status %u", busid, be16toh(head.code),
		      be32toh(head.status));
	receive(fd, &reply, sizeof(reply));
	return reply;
}

/* The kernel takes the socket over, as of "PORT SOCKET DEVICE SPEED". */
static void plug(const char *port, int socket, const struct import_reply *device)
{
	struct timeval never = { 0 };
	char line[64];
	int size, fd;

	/* The limits were for the handshake; a quiet bus is no fault. */
	setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &never, sizeof(never));
	setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &never, sizeof(never));
	size = snprintf(line, sizeof(line), "%s %d %u %u", port, socket,
			be32toh(device->busnum) << 16 | be32toh(device->devnum),
			be32toh(device->speed));
	fd = open("/sys/devices/platform/vhci_hcd.0/attach", O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, line, (size_t)size) != size)
		error(1, errno, "port %s", port);
	close(fd);
}

int main(int argc, char **argv)
{
	struct import_reply device;
	int fd;

	if (argc != 5)
		error(2, 0, "usage: %s HOST TCP-PORT BUSID BUS-PORT", argv[0]);
	fd = connect_to(argv[1], argv[2]);
	device = import(fd, argv[3]);
	plug(argv[4], fd, &device);
	return 0;
}
