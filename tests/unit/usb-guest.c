/* SPDX-License-Identifier: Apache-2.0 */
/* A guest's kernel at the USB/IP server of a simulated bench. The numbers are written here once
 * more, and not taken from the code that is tested. */
#include "tests/unit/usb-guest.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/sim/bench.h"
#include "tests/sim/usb_door.h"

struct guest *guest_new(struct sim *sim)
{
	struct guest *guest = calloc(1, sizeof(*guest));
	int pair[2];

	if (!guest || (!sim->bench->usb && usb_door_new(sim->bench) < 0) ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0 ||
	    usb_door_accept(sim->bench->usb, pair[0]) < 0)
		abort();
	guest->sim = sim;
	guest->fd = pair[1];
	return guest;
}

void guest_free(struct guest *guest)
{
	close(guest->fd);
	free(guest);
}

void guest_send(struct guest *guest, const void *from, size_t length)
{
	const unsigned char *at = from;

	while (length) {
		ssize_t n = send(guest->fd, at, length, MSG_NOSIGNAL);

		if (n < 0 && errno != EAGAIN)
			return; /* the server has closed: that shows at the next reading */
		if (n < 0)
			sim_settle(guest->sim);
		at += n > 0 ? n : 0;
		length -= n > 0 ? (size_t)n : 0;
	}
}

void guest_ask(struct guest *guest, const char *bus_id)
{
	unsigned char request[40] = { 0x01, 0x11, 0x80, 0x03 };

	memcpy(request + 8, bus_id, strlen(bus_id));
	guest_send(guest, request, sizeof(request));
}

unsigned guest_get(struct guest *guest)
{
	static const unsigned char good[8] = { 0x01, 0x11, 0x00, 0x03 };
	unsigned char answer[8 + 312];

	if (!sim_read(guest->sim, guest->fd, answer, 8) || memcmp(answer, good, 8) != 0 ||
	    !sim_read(guest->sim, guest->fd, answer + 8, 312))
		return 0;
	return (unsigned)(answer[310] << 8 | answer[311]);
}

struct guest *guest_import(struct sim *sim)
{
	struct guest *guest = guest_new(sim);

	guest_ask(guest, "1-1");
	if (!guest_get(guest))
		abort();
	return guest;
}

static void command_send(struct guest *guest, const uint32_t words[10],
			 const unsigned char setup[8])
{
	uint32_t command[12] = { 0 };

	for (int i = 0; i < 10; i++)
		command[i] = htobe32(words[i]);
	if (setup)
		memcpy(command + 10, setup, 8);
	guest_send(guest, command, sizeof(command));
}

static uint32_t submit(struct guest *guest, uint8_t address, const unsigned char setup[8],
		       const void *out, size_t length)
{
	const uint32_t words[10] = { 1,
				     ++guest->number,
				     3 << 16 | 20,
				     address >> 7,
				     address & 15,
				     0,
				     (uint32_t)length,
				     0,
				     0xffffffff,
				     0 };

	guest->is_in[guest->number % GUEST_NUMBERS] = address >> 7;
	command_send(guest, words, setup);
	if (!(address >> 7))
		guest_send(guest, out, length);
	return guest->number;
}

uint32_t guest_submit(struct guest *guest, uint8_t address, const void *out, size_t length)
{
	return submit(guest, address, NULL, out, length);
}

uint32_t guest_unlink(struct guest *guest, uint32_t victim)
{
	const uint32_t words[10] = { 2, ++guest->number, 3 << 16 | 20, 0, 0, victim };

	command_send(guest, words, NULL);
	return guest->number;
}

bool guest_return(struct guest *guest, struct guest_return *ret)
{
	uint32_t words[12];

	if (!sim_read(guest->sim, guest->fd, words, sizeof(words)))
		return false;
	ret->number = be32toh(words[1]);
	ret->unlinked = be32toh(words[0]) == 4;
	ret->status = (int)be32toh(words[5]);
	ret->length = ret->unlinked ? 0 : be32toh(words[6]);
	if (be32toh(words[0]) != (ret->unlinked ? 4 : 3) || ret->length > GUEST_IN_MAX)
		return false;
	if (ret->unlinked || !guest->is_in[ret->number % GUEST_NUMBERS])
		return true;
	return sim_read(guest->sim, guest->fd, ret->bytes, ret->length);
}

int guest_control(struct guest *guest, const unsigned char setup[8], void *to, size_t length)
{
	static struct guest_return ret;
	uint32_t number = submit(guest, setup[0] & 0x80, setup, NULL, length);

	if (!guest_return(guest, &ret) || ret.number != number || ret.length > length)
		return -EIO;
	if (length)
		memcpy(to, ret.bytes, ret.length);
	return ret.status ? ret.status : (int)ret.length;
}

int guest_configure(struct guest *guest, uint8_t value)
{
	const unsigned char setup[8] = { 0x00, 0x09, value };

	return guest_control(guest, setup, NULL, 0);
}
