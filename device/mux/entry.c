/* SPDX-License-Identifier: Apache-2.0 */
/* One device as usbmuxd announces it, judged by itself; and as a gate shows it. */
#include "device/mux/entry.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "device/mux/dict.h"

/* What usbmuxd says when it does not know the speed; a client may expect the key. */
#define SPEED_UNKNOWN 480000000

/* Reads an optional number; returns false when it is there and wrong. */
static bool read_number(plist_t properties, const char *key, uint64_t max, uint64_t *ret_number)
{
	return dict_number(properties, key, max, ret_number) != -EINVAL;
}

/* Each judges one property; returns NULL, or what is wrong with it. */
static const char *judge_handle(plist_t attached, plist_t properties, struct mux_event *entry)
{
	uint64_t outer = 0, inner;

	if (dict_number(attached, "DeviceID", UINT32_MAX, &outer) < 0)
		return "no usable DeviceID";
	if (outer == 0)
		return "DeviceID is 0";
	entry->handle = (uint32_t)outer;
	inner = outer;
	if (!properties)
		return "no Properties";
	if (!read_number(properties, "DeviceID", UINT32_MAX, &inner) || inner != outer)
		return "two different DeviceIDs";
	return NULL;
}

static const char *judge_serial(plist_t properties, struct mux_event *entry)
{
	const char *serial;

	if (dict_string(properties, "SerialNumber", &serial) < 0)
		return "no SerialNumber";
	if (serial[0] == '\0')
		return "the serial number is empty";
	if (udid_parse(serial, &entry->udid) < 0) {
		/* clean_string cuts it to what fits behind the words before it. */
		char whole[CLEAN_MAX + 1];

		snprintf(whole, sizeof whole, "the serial number is no UDID: %s", serial);
		clean_string(whole, entry->text);
		return entry->text;
	}
	return NULL;
}

/* Where an odd entry is, for whoever sees the bus; 0 when that cannot be read either. */
static uint32_t read_location(plist_t properties)
{
	uint64_t location = 0;

	if (!properties || !read_number(properties, "LocationID", UINT32_MAX, &location))
		return 0;
	return (uint32_t)location;
}

static const char *judge_numbers(plist_t properties, struct mux_event *entry)
{
	uint64_t product = 0, location = 0;

	if (!read_number(properties, "ProductID", UINT16_MAX, &product))
		return "ProductID is out of bounds";
	if (!read_number(properties, "LocationID", UINT32_MAX, &location))
		return "LocationID is out of bounds";
	if (!read_number(properties, "ConnectionSpeed", UINT64_MAX, &entry->speed))
		return "ConnectionSpeed is no number";
	entry->product = (uint16_t)product;
	entry->location = (uint32_t)location;
	return NULL;
}

static const char *judge_type(plist_t properties, struct mux_event *entry)
{
	const char *type;
	int r = dict_string(properties, "ConnectionType", &type);

	if (r == -ENOENT)
		return NULL;
	if (r < 0 || (strcmp(type, "USB") != 0 && strcmp(type, "Network") != 0))
		return "the ConnectionType is unknown";
	entry->network = type[0] == 'N';
	return NULL;
}

void entry_judge(plist_t attached, struct mux_event *ret_entry)
{
	struct mux_event entry = { .verb = MUX_ARRIVED };
	plist_t properties = NULL;
	const char *why;

	(void)dict_node(attached, "Properties", PLIST_DICT, &properties);
	why = judge_handle(attached, properties, &entry);
	if (!why)
		why = judge_serial(properties, &entry);
	if (!why)
		why = judge_numbers(properties, &entry);
	if (!why)
		why = judge_type(properties, &entry);
	if (!why) {
		*ret_entry = entry;
		return;
	}
	*ret_entry = (struct mux_event){ .verb = MUX_ODD,
					 .handle = entry.handle,
					 .location = read_location(properties) };
	clean_string(why, ret_entry->text);
}

plist_t entry_to_attached(const struct mux_event *entry)
{
	plist_t attached = plist_new_dict(), properties = plist_new_dict();
	uint64_t speed = entry->speed ? entry->speed : SPEED_UNKNOWN;

	plist_dict_set_item(properties, "ConnectionSpeed", plist_new_uint(speed));
	plist_dict_set_item(properties, "ConnectionType",
			    plist_new_string(entry->network ? "Network" : "USB"));
	plist_dict_set_item(properties, "DeviceID", plist_new_uint(entry->handle));
	plist_dict_set_item(properties, "LocationID", plist_new_uint(entry->location));
	plist_dict_set_item(properties, "ProductID", plist_new_uint(entry->product));
	plist_dict_set_item(properties, "SerialNumber", plist_new_string(entry->udid.text));
	plist_dict_set_item(attached, "MessageType", plist_new_string("Attached"));
	plist_dict_set_item(attached, "DeviceID", plist_new_uint(entry->handle));
	plist_dict_set_item(attached, "Properties", properties);
	return attached;
}
