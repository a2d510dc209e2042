/* SPDX-License-Identifier: Apache-2.0 */
/* In the guest: the cables between a USB/IP server's ports and those of the kernel's virtual bus.
 */
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
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * The import handshake of USB/IP 1.1.1 (Documentation/usb/usbip_protocol.rst of Linux): all numbers
 * are big-endian. The server answers when a device is in the port; then the socket is the kernel's.
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

/* A controller of the driver has so many high-speed ports, numbered before as many of super speed
 * (CONFIG_USBIP_VHCI_HC_PORTS of Debian's kernels). */
#define HUB_PORTS 15

/* Seconds within which the driver is done with a device that has gone. */
#define BUSY_LIMIT 20

static int connect_to(const char *host, const char *service)
{
	struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM };
	struct addrinfo *address;
	int one = 1;
	int fd;

	if (getaddrinfo(host, service, &hints, &address) != 0)
		error(1, 0, "%s:%s is no address", host, service);
	fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) < 0 ||
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

/* The file of the bus's driver that wires and unwires ports. */
static int driver(const char *verb)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/sys/devices/platform/vhci_hcd.0/%s", verb);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		error(1, errno, "%s: is the driver vhci-hcd there?", path);
	return fd;
}

/*
 * The kernel takes the socket over. A port whose device has just gone is busy until the driver has
 * dismantled it, and the driver tells nobody when that is: so it is asked again.
 */
static void plug(int port, int socket, const struct import_reply *device)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
	int tries = BUSY_LIMIT * 100;
	int fd = driver("attach");
	char line[64];
	int size = snprintf(line, sizeof(line), "%d %d %u %u", port, socket,
			    be32toh(device->busnum) << 16 | be32toh(device->devnum),
			    be32toh(device->speed));

	while (write(fd, line, (size_t)size) != size) {
		if (errno != EBUSY || tries-- == 0)
			error(1, errno, "port %d", port);
		nanosleep(&pause, NULL);
	}
	close(fd);
}

/* Whatever comes into the server's port NUMBER, from 1, comes into one port of the bus, for ever.
 */
static void serve(const char *host, const char *service, int number)
{
	int port = (number - 1) / HUB_PORTS * 2 * HUB_PORTS + (number - 1) % HUB_PORTS;
	char busid[32];

	snprintf(busid, sizeof(busid), "1-%d", number);
	for (;;) {
		int fd = connect_to(host, service);
		struct import_reply device = import(fd, busid);

		plug(port, fd, &device);
		close(fd);
	}
}

int main(int argc, char **argv)
{
	int ports = argc == 4 ? atoi(argv[3]) : 0;

	if (ports < 1)
		error(2, 0, "usage: %s HOST TCP-PORT PORTS", argv[0]);
	for (int number = 1; number <= ports; number++) {
		pid_t child = fork();

		if (child < 0)
			error(1, errno, "fork");
		if (child == 0)
			serve(argv[1], argv[2], number);
	}
	wait(NULL);
	error(1, 0, "a port is out of order");
}
