/* SPDX-License-Identifier: Apache-2.0 */
/* What hangs on each USB host controller: devices and endpoints, counted from sysfs. */
#include "udev/usb_tree.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "udev/usb_attribute.h"
#include "udev/usb_identity.h"

/* A hub's device class. */
#define CLASS_HUB 0x09
/* USB has 127 addresses a bus; the kernel numbers buses on. */
#define BUSES_MAX 256

/* What is known while the tree is read. */
struct reading {
	const char *root;
	struct usb_tree *tree;
	struct usb_controller *of_bus[BUSES_MAX]; /* NULL: not seen */
};

/* The last part of the file that PATH is a link to. */
static int read_link_name(const char *path, char out[static USB_NAME_MAX])
{
	char real[PATH_MAX];

	if (!realpath(path, real))
		return -errno;
	snprintf(out, USB_NAME_MAX, "%.*s", USB_NAME_MAX - 1, strrchr(real, '/') + 1);
	return 0;
}

static struct usb_controller *find_controller(struct usb_tree *tree, const char *name)
{
	struct usb_controller *controller;

	for (unsigned i = 0; i < tree->count; i++)
		if (strcmp(tree->controllers[i].name, name) == 0)
			return &tree->controllers[i];
	if (tree->count == USB_CONTROLLERS_MAX)
		return NULL;
	controller = &tree->controllers[tree->count++];
	snprintf(controller->name, sizeof controller->name, "%s", name);
	return controller;
}

/* A bus, "usb3": its controller is what it lies in. A controller for USB 3 has two buses. */
static void add_bus(struct reading *reading, const char *entry)
{
	char path[PATH_MAX], name[USB_NAME_MAX], driver[USB_NAME_MAX] = "";
	unsigned bus = (unsigned)strtoul(entry + strlen("usb"), NULL, 10);
	struct usb_controller *controller;

	if (bus >= BUSES_MAX)
		return;
	snprintf(path, sizeof path, "%s" USB_DEVICES "/%s/..", reading->root, entry);
	if (read_link_name(path, name) < 0)
		return;
	snprintf(path, sizeof path, "%s" USB_DEVICES "/%s/../driver", reading->root, entry);
	(void)read_link_name(path, driver);
	controller = find_controller(reading->tree, name);
	if (controller)
		snprintf(controller->driver, sizeof controller->driver, "%s", driver);
	reading->of_bus[bus] = controller;
}

static struct usb_controller *controller_of(const struct reading *reading, const char *entry)
{
	unsigned long bus = strtoul(entry, NULL, 10);

	return bus < BUSES_MAX ? reading->of_bus[bus] : NULL;
}

/* The branch that ENTRY, "3-4.2" or "3-4.2:1.0", is on: "3-4". */
static struct usb_branch *find_branch(struct usb_controller *controller, const char *entry)
{
	size_t len = strcspn(entry, ".:");
	struct usb_branch *branch;

	for (unsigned i = 0; i < controller->branch_count; i++) {
		branch = &controller->branches[i];
		if (strncmp(branch->port, entry, len) == 0 && branch->port[len] == '\0')
			return branch;
	}
	if (controller->branch_count == USB_BRANCHES_MAX || len > USB_PORT_MAX)
		return NULL;
	branch = &controller->branches[controller->branch_count++];
	memcpy(branch->port, entry, len);
	return branch;
}

static bool is_phone(const struct reading *reading, const char *entry)
{
	unsigned vendor = 0, product = 0;
	enum usb_mode mode;

	return usb_attribute_read(reading->root, entry, "idVendor", 16, &vendor) == 0 &&
	       usb_attribute_read(reading->root, entry, "idProduct", 16, &product) == 0 &&
	       usb_identity_find((uint16_t)vendor, (uint16_t)product, &mode) == 0 &&
	       mode == USB_NORMAL;
}

static void add_device(const struct reading *reading, const char *entry)
{
	struct usb_controller *controller = controller_of(reading, entry);
	struct usb_branch *branch = controller ? find_branch(controller, entry) : NULL;
	bool phone = is_phone(reading, entry);
	unsigned class = 0;

	if (!branch)
		return;
	(void)usb_attribute_read(reading->root, entry, "bDeviceClass", 16, &class);
	if (class == CLASS_HUB && strcmp(branch->port, entry) == 0)
		branch->hub = true;
	/* Each has the control endpoint. */
	controller->devices++;
	controller->endpoints++;
	controller->phones += phone;
	branch->devices++;
	branch->endpoints++;
	branch->phones += phone;
}

/* An interface of a device that is configured: its endpoints, in the setting it is in. */
static void add_interface(const struct reading *reading, const char *entry)
{
	struct usb_controller *controller = controller_of(reading, entry);
	struct usb_branch *branch;
	unsigned endpoints = 0;

	/* "3-0:1.0" is the bus itself. */
	if (!controller || strncmp(strchr(entry, '-'), "-0:", 3) == 0)
		return;
	branch = find_branch(controller, entry);
	if (!branch ||
	    usb_attribute_read(reading->root, entry, "bNumEndpoints", 16, &endpoints) < 0)
		return;
	controller->endpoints += endpoints;
	branch->endpoints += endpoints;
}

static void add_entry(struct reading *reading, const char *entry, bool buses)
{
	bool bus = strncmp(entry, "usb", 3) == 0;

	if (buses && bus)
		add_bus(reading, entry);
	if (buses || bus || !strchr(entry, '-'))
		return;
	if (strchr(entry, ':'))
		add_interface(reading, entry);
	else
		add_device(reading, entry);
}

/* What is on a bus can only be counted once all buses are known. */
static int read_entries(struct reading *reading, bool buses)
{
	char path[PATH_MAX];
	const struct dirent *entry;
	DIR *folder;

	if (snprintf(path, sizeof path, "%s" USB_DEVICES, reading->root) >= (int)sizeof path)
		return -ENAMETOOLONG;
	folder = opendir(path);
	if (!folder)
		return -errno;
	while ((entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			add_entry(reading, entry->d_name, buses);
	closedir(folder);
	return 0;
}

static int by_name(const void *a, const void *b)
{
	const struct usb_controller *left = a, *right = b;

	return strcmp(left->name, right->name);
}

int usb_tree_read(const char *root, struct usb_tree *ret_tree)
{
	struct reading reading = { .root = root, .tree = ret_tree };
	int r;

	*ret_tree = (struct usb_tree){ 0 };
	r = read_entries(&reading, true);
	if (r == 0)
		r = read_entries(&reading, false);
	if (r == 0)
		qsort(ret_tree->controllers, ret_tree->count, sizeof ret_tree->controllers[0],
		      by_name);
	return r;
}
