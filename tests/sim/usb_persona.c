/* SPDX-License-Identifier: Apache-2.0 */
/* The descriptors of simulated devices: tables of configurations, and the bytes made of them. */
#include "tests/sim/usb_persona.h"

#include <stdio.h>
#include <string.h>

#include "tests/sim/phone.h"
#include "tests/sim/usb_serial.h"

#define PRODUCT_RECOVERY 0x1281
#define PRODUCT_DFU	 0x1227
#define LANGUAGE	 0x0409 /* English, United States: the only one */
#define BULK		 2
#define INTERRUPT	 3
#define SELF_POWERED	 0xc0
#define HALF_AN_AMPERE	 250

enum descriptor_type {
	DEVICE = 1,
	CONFIGURATION = 2,
	STRING = 3,
	INTERFACE = 4,
	ENDPOINT = 5,
	QUALIFIER = 6,
};

struct endpoint {
	uint8_t address, kind;
	uint16_t packet;
	uint8_t interval;
};

struct interface {
	uint8_t number, alternate;
	uint8_t class, subclass, protocol;
	uint8_t text;
	uint8_t endpoint_count;
	struct endpoint endpoints[3];
};

struct configuration {
	uint8_t text;
	uint8_t interface_count; /* of different numbers */
	uint8_t setting_count;
	struct interface settings[USB_INTERFACES_MAX];
};

/* The value of a configuration is its place, from 1. */
struct usb_shape {
	uint8_t maker, name, serial; /* numbers of texts */
	uint8_t configuration_count;
	struct configuration configurations[4];
};

/* Texts of a device in normal mode; recovery and DFU have the nonces in the first. */
enum text {
	TEXT_MAKER = 1,
	TEXT_NAME,
	TEXT_SERIAL,
	TEXT_PTP,
	TEXT_MUX,
	TEXT_ETHERNET,
};

#define PTP                                                                           \
	{                                                                             \
		0, 0, 6, 1, 1, TEXT_PTP, 3,                                           \
		{                                                                     \
			{ 0x02, BULK, USB_PACKET, 0 }, { 0x81, BULK, USB_PACKET, 0 }, \
				{ 0x83, INTERRUPT, 64, 10 },                          \
		}                                                                     \
	}
#define MUX                                                                 \
	{                                                                   \
		1, 0, 255, 254, 2, TEXT_MUX, 2,                             \
		{                                                           \
			{ USB_MUX_OUT, BULK, USB_PACKET, 0 },               \
				{ 0x80 | USB_MUX_IN, BULK, USB_PACKET, 0 }, \
		}                                                           \
	}

/* Four configurations as real phones have: pictures; pictures once more where they have the audio
 * of the old dock, which no station uses; pictures and usbmux; and these with the network of a
 * personal hotspot, whose endpoints are in its second setting. */
static const struct usb_shape normal = {
	.maker = TEXT_MAKER,
	.name = TEXT_NAME,
	.serial = TEXT_SERIAL,
	.configuration_count = 4,
	.configurations = {
		{ TEXT_PTP, 1, 1, { PTP } },
		{ TEXT_PTP, 1, 1, { PTP } },
		{ TEXT_MUX, 2, 2, { PTP, MUX } },
		{ TEXT_ETHERNET, 3, 4,
		  { PTP, MUX,
		    { 2, 0, 255, 253, 1, TEXT_ETHERNET, 0, { { 0 } } },
		    { 2, 1, 255, 253, 1, TEXT_ETHERNET, 2,
		      { { 0x86, BULK, USB_PACKET, 0 }, { 0x05, BULK, USB_PACKET, 0 } } } } },
	},
};

static const struct usb_shape recovery = {
	.maker = 2,
	.name = 3,
	.serial = 4,
	.configuration_count = 1,
	.configurations = { { 0,
			      1,
			      1,
			      { { 0,
				  0,
				  255,
				  255,
				  81,
				  0,
				  1,
				  { { 0x04, BULK, USB_PACKET, 0 } } } } } },
};

static const struct usb_shape dfu = {
	.maker = 2,
	.name = 3,
	.serial = 4,
	.configuration_count = 1,
	.configurations = { { 0, 1, 1, { { 0, 0, 254, 1, 0, 0, 0, { { 0 } } } } } },
};

static void persona_normal(const struct phone *phone, struct usb_persona *persona)
{
	persona->shape = &normal;
	persona->product = phone->product_id;
	strcpy(persona->texts[TEXT_MAKER], "Apple Inc.");
	strcpy(persona->texts[TEXT_NAME], phone->product_id == 0x12ab ? "iPad" : "iPhone");
	usb_serial_normal(phone, persona->texts[TEXT_SERIAL]);
	strcpy(persona->texts[TEXT_PTP], "PTP");
	strcpy(persona->texts[TEXT_MUX], "Apple USB Multiplexor");
	strcpy(persona->texts[TEXT_ETHERNET], "Apple USB Ethernet");
	/* Locally administered, and another one for each device. */
	persona->mac[0] = 0x02;
	for (int i = 1; i < 6; i++)
		persona->mac[i] = (unsigned char)(phone->ecid >> 8 * (5 - i));
}

static void persona_boot(const struct phone *phone, struct usb_persona *persona)
{
	bool in_dfu = phone->mode == MODE_DFU;

	persona->shape = in_dfu ? &dfu : &recovery;
	persona->product = in_dfu ? PRODUCT_DFU : PRODUCT_RECOVERY;
	usb_serial_nonces(phone, persona->texts[1]);
	strcpy(persona->texts[2], "Apple Inc.");
	snprintf(persona->texts[3], sizeof(persona->texts[3]), "Apple Mobile Device (%s Mode)",
		 in_dfu ? "DFU" : "Recovery");
	usb_serial_boot(phone, persona->texts[4]);
}

void usb_persona_of(const struct phone *phone, struct usb_persona *ret_persona)
{
	memset(ret_persona, 0, sizeof(*ret_persona));
	if (phone->mode == MODE_NORMAL)
		persona_normal(phone, ret_persona);
	else
		persona_boot(phone, ret_persona);
}

uint8_t usb_persona_configurations(const struct usb_persona *persona)
{
	return persona->shape->configuration_count;
}

static size_t put_device(const struct usb_persona *persona, unsigned char *to)
{
	const struct usb_shape *shape = persona->shape;
	const unsigned char bytes[] = {
		18,
		DEVICE,
		0x00, /* USB 2.0 */
		0x02,
		0, /* each interface has its own class */
		0,
		0,
		64,
		USB_VENDOR_APPLE & 0xff,
		USB_VENDOR_APPLE >> 8,
		(unsigned char)persona->product,
		(unsigned char)(persona->product >> 8),
		USB_RELEASE & 0xff,
		USB_RELEASE >> 8,
		shape->maker,
		shape->name,
		shape->serial,
		shape->configuration_count,
	};

	memcpy(to, bytes, sizeof(bytes));
	return sizeof(bytes);
}

/* What it would be at full speed. */
static size_t put_qualifier(const struct usb_persona *persona, unsigned char *to)
{
	const unsigned char bytes[] = {
		10, QUALIFIER, 0x00, 0x02, 0, 0, 0, 64, persona->shape->configuration_count, 0
	};

	memcpy(to, bytes, sizeof(bytes));
	return sizeof(bytes);
}

static size_t put_interface(const struct interface *interface, unsigned char *to)
{
	const unsigned char head[] = { 9,
				       INTERFACE,
				       interface->number,
				       interface->alternate,
				       interface->endpoint_count,
				       interface->class,
				       interface->subclass,
				       interface->protocol,
				       interface->text };
	size_t length = sizeof(head);

	memcpy(to, head, sizeof(head));
	for (unsigned i = 0; i < interface->endpoint_count; i++) {
		const struct endpoint *endpoint = &interface->endpoints[i];
		const unsigned char bytes[] = { 7,
						ENDPOINT,
						endpoint->address,
						endpoint->kind,
						(unsigned char)endpoint->packet,
						(unsigned char)(endpoint->packet >> 8),
						endpoint->interval };

		memcpy(to + length, bytes, sizeof(bytes));
		length += sizeof(bytes);
	}
	return length;
}

static size_t put_configuration(const struct usb_persona *persona, uint8_t index, unsigned char *to)
{
	const struct configuration *from = &persona->shape->configurations[index];
	unsigned char head[] = { 9,	     CONFIGURATION,	    0,
				 0,	     from->interface_count, index + 1,
				 from->text, SELF_POWERED,	    HALF_AN_AMPERE };
	size_t length = sizeof(head);

	for (unsigned i = 0; i < from->setting_count; i++)
		length += put_interface(&from->settings[i], to + length);
	head[2] = (unsigned char)length;
	head[3] = (unsigned char)(length >> 8);
	memcpy(to, head, sizeof(head));
	return length;
}

/* Our texts are bytes, each of which is one letter. */
static size_t put_string(const char *text, unsigned char *to)
{
	size_t length = 2;

	for (; *text; text++) {
		to[length++] = (unsigned char)*text;
		to[length++] = 0;
	}
	to[0] = (unsigned char)length;
	to[1] = STRING;
	return length;
}

size_t usb_persona_descriptor(const struct usb_persona *persona, uint8_t type, uint8_t index,
			      unsigned char to[USB_DESCRIPTOR_MAX])
{
	static const unsigned char languages[] = { 4, STRING, LANGUAGE & 0xff, LANGUAGE >> 8 };
	const struct usb_shape *shape = persona->shape;

	if (type == DEVICE && index == 0)
		return put_device(persona, to);
	if (type == QUALIFIER && index == 0)
		return put_qualifier(persona, to);
	if (type == CONFIGURATION && index < shape->configuration_count)
		return put_configuration(persona, index, to);
	if (type == STRING && index == 0) {
		memcpy(to, languages, sizeof(languages));
		return sizeof(languages);
	}
	/* An empty serial is a text as well. */
	if (type == STRING && index < USB_TEXTS &&
	    (*persona->texts[index] || index == shape->serial))
		return put_string(persona->texts[index], to);
	return 0;
}

static const struct configuration *configuration_of(const struct usb_persona *persona,
						    uint8_t value)
{
	if (!value || value > persona->shape->configuration_count)
		return NULL;
	return &persona->shape->configurations[value - 1];
}

bool usb_persona_interface(const struct usb_persona *persona, uint8_t value, uint8_t interface,
			   uint8_t alternate)
{
	const struct configuration *in = configuration_of(persona, value);

	for (unsigned i = 0; in && i < in->setting_count; i++) {
		if (in->settings[i].number == interface && in->settings[i].alternate == alternate)
			return true;
	}
	return false;
}

static bool has_endpoint(const struct interface *interface, uint8_t address)
{
	for (unsigned i = 0; i < interface->endpoint_count; i++) {
		if (interface->endpoints[i].address == address)
			return true;
	}
	return false;
}

bool usb_persona_endpoint(const struct usb_persona *persona, uint8_t value,
			  const uint8_t alternates[USB_INTERFACES_MAX], uint8_t address)
{
	const struct configuration *in = configuration_of(persona, value);

	for (unsigned i = 0; in && i < in->setting_count; i++) {
		const struct interface *interface = &in->settings[i];

		if (interface->alternate == alternates[interface->number] &&
		    has_endpoint(interface, address))
			return true;
	}
	return false;
}

bool usb_persona_muxes(const struct usb_persona *persona, uint8_t value)
{
	static const uint8_t first[USB_INTERFACES_MAX] = { 0 };

	return persona->shape == &normal &&
	       usb_persona_endpoint(persona, value, first, 0x80 | USB_MUX_IN);
}
