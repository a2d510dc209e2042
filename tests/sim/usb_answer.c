/* SPDX-License-Identifier: Apache-2.0 */
/* Endpoint 0 of a simulated device: one table of the requests that it knows. */
#include "tests/sim/usb_answer.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#define MUX_INTERFACE 1
/* The configurations that the device can have now, and the mode it is in: the initial one. */
#define INITIAL_MODE 1

struct request {
	uint16_t value, index, length;
};

struct talk {
	struct usb_state *state;
	const struct usb_persona *persona;
	struct request request;
	unsigned char *to;
};

static uint32_t endpoint_bit(uint16_t address)
{
	return 1U << ((address & 0x80 ? 16 : 0) + (address & 0x0f));
}

static bool has_endpoint(const struct talk *talk)
{
	return talk->request.index == 0 ||
	       usb_persona_endpoint(talk->persona, talk->state->configuration,
				    talk->state->alternates, (uint8_t)talk->request.index);
}

static int answer_byte(const struct talk *talk, uint8_t byte)
{
	talk->to[0] = byte;
	return 1;
}

static int get_descriptor(struct talk *talk)
{
	size_t length = usb_persona_descriptor(talk->persona, (uint8_t)(talk->request.value >> 8),
					       (uint8_t)talk->request.value, talk->to);

	return length ? (int)length : -EPIPE;
}

static int get_status(struct talk *talk)
{
	talk->to[0] = 1; /* it feeds itself */
	talk->to[1] = 0;
	return 2;
}

static int get_interface_status(struct talk *talk)
{
	talk->to[0] = 0;
	talk->to[1] = 0;
	return 2;
}

static int get_endpoint_status(struct talk *talk)
{
	if (!has_endpoint(talk))
		return -EPIPE;
	talk->to[0] = !!(talk->state->halted & endpoint_bit(talk->request.index));
	talk->to[1] = 0;
	return 2;
}

static int get_configuration(struct talk *talk)
{
	return answer_byte(talk, talk->state->configuration);
}

static int set_configuration(struct talk *talk)
{
	struct usb_state *state = talk->state;

	if (talk->request.value > usb_persona_configurations(talk->persona))
		return -EPIPE;
	state->configuration = (uint8_t)talk->request.value;
	memset(state->alternates, 0, sizeof(state->alternates));
	state->halted = 0;
	state->restarts++;
	return 0;
}

static int get_interface(struct talk *talk)
{
	uint16_t interface = talk->request.index;

	if (interface >= USB_INTERFACES_MAX ||
	    !usb_persona_interface(talk->persona, talk->state->configuration, (uint8_t)interface,
				   0))
		return -EPIPE;
	return answer_byte(talk, talk->state->alternates[interface]);
}

static int set_interface(struct talk *talk)
{
	struct usb_state *state = talk->state;
	const struct request *request = &talk->request;

	if (request->index >= USB_INTERFACES_MAX || request->value > UINT8_MAX ||
	    !usb_persona_interface(talk->persona, state->configuration, (uint8_t)request->index,
				   (uint8_t)request->value))
		return -EPIPE;
	state->alternates[request->index] = (uint8_t)request->value;
	if (request->index == MUX_INTERFACE)
		state->restarts++;
	return 0;
}

/* Remote wake-up; nobody is ever woken. */
static int change_feature(struct talk *talk)
{
	return talk->request.value == 1 ? 0 : -EPIPE;
}

static int halt_endpoint(struct talk *talk)
{
	if (talk->request.value || !has_endpoint(talk))
		return -EPIPE;
	talk->state->halted |= endpoint_bit(talk->request.index);
	return 0;
}

static int clear_endpoint(struct talk *talk)
{
	if (talk->request.value || !has_endpoint(talk))
		return -EPIPE;
	talk->state->halted &= ~endpoint_bit(talk->request.index);
	return 0;
}

/* Apple's, for the network interface: the address of the other side. */
static int get_address(struct talk *talk)
{
	memcpy(talk->to, talk->persona->mac, sizeof(talk->persona->mac));
	return sizeof(talk->persona->mac);
}

/* Apple's: the mode that the configurations belong to. The driver of the network interface asks the
 * same and takes any first byte but 4 for "no carrier", which is right: nothing is shared. */
static int get_mode(struct talk *talk)
{
	static const unsigned char mode[] = { 3, 3, 3, 0 };

	memcpy(talk->to, mode, sizeof(mode));
	return sizeof(mode);
}

/* Apple's: only the mode that it is in; others have other configurations. */
static int set_mode(struct talk *talk)
{
	return talk->request.index == INITIAL_MODE ? answer_byte(talk, 0) : -EPIPE;
}

static const struct {
	uint8_t type, request;
	bool normal_only; /* not in recovery and DFU */
	int (*answer)(struct talk *talk);
} requests[] = {
	{ 0x80, 0x00, false, get_status },
	{ 0x81, 0x00, false, get_interface_status },
	{ 0x82, 0x00, false, get_endpoint_status },
	{ 0x00, 0x01, false, change_feature },
	{ 0x00, 0x03, false, change_feature },
	{ 0x02, 0x01, false, clear_endpoint },
	{ 0x02, 0x03, false, halt_endpoint },
	{ 0x80, 0x06, false, get_descriptor },
	{ 0x80, 0x08, false, get_configuration },
	{ 0x00, 0x09, false, set_configuration },
	{ 0x81, 0x0a, false, get_interface },
	{ 0x01, 0x0b, false, set_interface },
	{ 0xc0, 0x00, true, get_address },
	{ 0xc0, 0x45, true, get_mode },
	{ 0xc0, 0x52, true, set_mode },
};

int usb_answer(struct usb_state *state, const struct usb_persona *persona,
	       const unsigned char setup[8], unsigned char to[USB_DESCRIPTOR_MAX])
{
	struct talk talk = { state,
			     persona,
			     { (uint16_t)(setup[2] | setup[3] << 8),
			       (uint16_t)(setup[4] | setup[5] << 8),
			       (uint16_t)(setup[6] | setup[7] << 8) },
			     to };

	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		int length;

		if (requests[i].type != setup[0] || requests[i].request != setup[1])
			continue;
		if (requests[i].normal_only && !usb_persona_muxes(persona, 3))
			return -EPIPE;
		length = requests[i].answer(&talk);
		return length > talk.request.length ? talk.request.length : length;
	}
	return -EPIPE;
}

bool usb_state_open(const struct usb_state *state, const struct usb_persona *persona,
		    uint8_t address)
{
	return usb_persona_endpoint(persona, state->configuration, state->alternates, address) &&
	       !(state->halted & endpoint_bit(address));
}
