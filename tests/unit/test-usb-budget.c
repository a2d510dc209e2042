/* SPDX-License-Identifier: Apache-2.0 */
/* How many phones a bench holds, and what to move: the arithmetic, and what sysfs shows of it. */
#include "udev/usb_budget.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

static const struct {
	const char *driver;
	unsigned devices, endpoints, phones;
	unsigned room, holds;
} rooms[] = {
	{ "xhci_hcd", 0, 0, 0, 12, 12 },       { "xhci_hcd", 12, 96, 12, 0, 12 },
	{ "xhci_hcd", 11, 88, 11, 1, 12 },     { "xhci_hcd", 11, 89, 11, 0, 11 },
	{ "xhci_hcd", 4, 8, 0, 11, 11 },       { "xhci_hcd", 31, 31, 0, 1, 1 },
	{ "xhci_hcd", 32, 32, 0, 0, 0 },       { "xhci_hcd", 40, 200, 24, 0, 24 },
	{ "ehci-pci", 0, 0, 0, 127, 127 },     { "ehci-pci", 100, 900, 90, 27, 117 },
	{ "vhci_hcd", 15, 120, 15, 112, 127 }, { "", 127, 1, 3, 0, 3 },
	{ "xhci-hcd", 1, 1, 1, 11, 12 },
};

static void test_rooms(void)
{
	for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++) {
		struct usb_controller controller = { .devices = rooms[i].devices,
						     .endpoints = rooms[i].endpoints,
						     .phones = rooms[i].phones };

		snprintf(controller.driver, sizeof controller.driver, "%s", rooms[i].driver);
		ok(usb_budget_room(&controller) == rooms[i].room &&
			   usb_budget_phones(&controller) == rooms[i].holds,
		   "%s with %u devices, %u endpoints: room for %u, holds %u", rooms[i].driver,
		   rooms[i].devices, rooms[i].endpoints, usb_budget_room(&controller),
		   usb_budget_phones(&controller));
	}
}

static struct usb_tree tree;

static struct usb_controller *add_controller(const char *name, unsigned devices, unsigned endpoints,
					     unsigned phones)
{
	struct usb_controller *controller = &tree.controllers[tree.count++];

	*controller = (struct usb_controller){
		.devices = devices, .endpoints = endpoints, .phones = phones, .driver = "xhci_hcd"
	};
	snprintf(controller->name, sizeof controller->name, "%s", name);
	return controller;
}

static void add_branch(struct usb_controller *controller, const char *port, bool hub,
		       unsigned phones)
{
	struct usb_branch *branch = &controller->branches[controller->branch_count++];

	*branch = (struct usb_branch){ .hub = hub,
				       .devices = phones + hub,
				       .endpoints = phones * USB_PHONE_ENDPOINTS + 2 * hub,
				       .phones = phones };
	snprintf(branch->port, sizeof branch->port, "%s", port);
}

static void test_advice(void)
{
	struct usb_controller *full, *free;
	struct usb_advice advice;

	tree.count = 0;
	ok(!usb_budget_advise(&tree, &advice), "an empty bench needs no advice");
	full = add_controller("a", 14, 94, 11);
	add_branch(full, "1-1", true, 3);
	add_branch(full, "1-2", true, 7);
	add_branch(full, "1-3", false, 1);
	ok(!usb_budget_advise(&tree, &advice), "with one controller nothing can be moved");
	free = add_controller("b", 3, 6, 0);
	ok(usb_budget_advise(&tree, &advice) && advice.from == full && advice.to == free &&
		   strcmp(advice.branch->port, "1-2") == 0,
	   "the largest hub goes to the other");
	free->endpoints = 60;
	ok(usb_budget_advise(&tree, &advice) && strcmp(advice.branch->port, "1-1") == 0,
	   "if it fits; else a smaller one");
	free->endpoints = 90;
	ok(!usb_budget_advise(&tree, &advice), "what fits nowhere stays");
	free = add_controller("c", 0, 0, 0);
	ok(usb_budget_advise(&tree, &advice) && advice.to == free, "the emptiest is the place");
	full->endpoints = 80;
	ok(!usb_budget_advise(&tree, &advice), "who has room is left alone");
	full->endpoints = 94;
	full->branches[0].hub = full->branches[1].hub = false;
	ok(!usb_budget_advise(&tree, &advice), "only hubs can be moved");
}

/* Files of a fake sysfs. */
static char root[SCRATCH_PATH];

__attribute__((format(printf, 2, 3))) static void put(const char *text, const char *format, ...)
{
	char name[256], path[512];
	va_list args;

	va_start(args, format);
	vsnprintf(name, sizeof name, format, args);
	va_end(args);
	snprintf(path, sizeof path, "%s/%s", root, name);
	for (char *at = path + strlen(root) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		(void)mkdir(path, 0700);
		*at = '/';
	}
	scratch_write_text(path, text);
}

static void put_link(const char *target, const char *name)
{
	char path[512];

	snprintf(path, sizeof path, "%s/%s", root, name);
	ok(symlink(target, path) == 0, "%s", name);
}

#define PCI "sys/devices/pci0000:00/"
#define BUS "sys/bus/usb/devices/"

/* NAME as sysfs has it: a folder of its controller, and a link to it. */
static void put_device(const char *controller, const char *name, const char *vendor,
		       const char *product, const char *class)
{
	char target[256], link[128];

	put(vendor, PCI "%s/%s/idVendor", controller, name);
	put(product, PCI "%s/%s/idProduct", controller, name);
	put(class, PCI "%s/%s/bDeviceClass", controller, name);
	snprintf(target, sizeof target, "../../../devices/pci0000:00/%s/%s", controller, name);
	snprintf(link, sizeof link, BUS "%s", name);
	put_link(target, link);
}

static void put_interface(const char *controller, const char *name, const char *endpoints)
{
	char target[256], link[128];

	put(endpoints, PCI "%s/%s/bNumEndpoints", controller, name);
	snprintf(target, sizeof target, "../../../devices/pci0000:00/%s/%s", controller, name);
	snprintf(link, sizeof link, BUS "%s", name);
	put_link(target, link);
}

static void test_tree(void)
{
	const struct usb_controller *first, *second;

	scratch_make(root);
	is_number(usb_tree_read(root, &tree), -ENOENT, "a computer without USB");
	put("", BUS ".keep");
	is_number(usb_tree_read(root, &tree), 0, "one with no controller");
	is_number(tree.count, 0, "… has none");

	put("", "sys/bus/pci/drivers/xhci_hcd/bind");
	put_device("0000:00:14.0", "usb1", "1d6b\n", "0002\n", "09\n");
	put_device("0000:00:14.0", "usb2", "1d6b\n", "0003\n", "09\n");
	put_device("0000:00:1a.0", "usb3", "1d6b\n", "0002\n", "09\n");
	put_link("../../../bus/pci/drivers/xhci_hcd", PCI "0000:00:14.0/driver");
	put_interface("0000:00:14.0", "1-0:1.0", "01\n");
	/* A hub with a phone in normal mode, and one in recovery mode. */
	put_device("0000:00:14.0", "1-4", "05e3\n", "0610\n", "09\n");
	put_interface("0000:00:14.0", "1-4:1.0", "01\n");
	put_device("0000:00:14.0", "1-4.2", "05ac\n", "12a8\n", "00\n");
	put_interface("0000:00:14.0", "1-4.2:4.0", "03\n");
	put_interface("0000:00:14.0", "1-4.2:4.1", "02\n");
	put_device("0000:00:14.0", "1-4.3", "05ac\n", "1281\n", "00\n");
	/* A keyboard of Apple's on the controller itself, and a device that is just leaving. */
	put_device("0000:00:14.0", "2-1", "05ac\n", "024f\n", "00\n");
	put_interface("0000:00:14.0", "2-1:1.0", "");
	put_interface("0000:00:14.0", "9-1:1.0", "02\n");
	is_number(usb_tree_read(root, &tree), 0, "a bench");
	is_number(tree.count, 2, "two controllers: two buses share one");
	first = &tree.controllers[0];
	second = &tree.controllers[1];
	ok(strcmp(first->name, "0000:00:14.0") == 0 && strcmp(first->driver, "xhci_hcd") == 0,
	   "%s, %s", first->name, first->driver);
	ok(first->devices == 4 && first->endpoints == 10 && first->phones == 1,
	   "%u devices, %u endpoints, %u phones", first->devices, first->endpoints, first->phones);
	ok(strcmp(second->name, "0000:00:1a.0") == 0 && second->devices == 0, "%s is empty",
	   second->name);
	is_number(first->branch_count, 2, "two of its ports are in use");
	for (unsigned i = 0; i < first->branch_count; i++) {
		const struct usb_branch *branch = &first->branches[i];
		bool hub = strcmp(branch->port, "1-4") == 0;

		ok(branch->hub == hub && branch->devices == (hub ? 3 : 1) &&
			   branch->endpoints == (hub ? 9 : 1) && branch->phones == hub,
		   "port %s", branch->port);
	}
	scratch_remove(root);
}

int main(void)
{
	test_rooms();
	test_advice();
	test_tree();
	return tap_done();
}
