/* SPDX-License-Identifier: Apache-2.0 */
/* How many phones a bench holds, and what to move where: arithmetic with controllers' limits. */
#include "udev/usb_budget.h"

#include <limits.h>
#include <string.h>

struct budget {
	unsigned devices, endpoints;
};

static struct budget budget_of(const struct usb_controller *controller)
{
	/* "xhci_hcd", "xhci-pci-renesas", "xhci-hcd" on other buses than PCI. */
	if (strncmp(controller->driver, "xhci", 4) == 0)
		return (struct budget){ USB_BUDGET_DEVICES, USB_BUDGET_ENDPOINTS };
	return (struct budget){ USB_BUDGET_ADDRESSES, UINT_MAX };
}

static unsigned left(unsigned budget, unsigned used)
{
	return used < budget ? budget - used : 0;
}

unsigned usb_budget_room(const struct usb_controller *controller)
{
	struct budget budget = budget_of(controller);
	unsigned devices = left(budget.devices, controller->devices);
	unsigned phones = left(budget.endpoints, controller->endpoints) / USB_PHONE_ENDPOINTS;

	return phones < devices ? phones : devices;
}

unsigned usb_budget_phones(const struct usb_controller *controller)
{
	return controller->phones + usb_budget_room(controller);
}

static bool fits(const struct usb_branch *branch, const struct usb_controller *controller)
{
	struct budget budget = budget_of(controller);

	return branch->devices <= left(budget.devices, controller->devices) &&
	       branch->endpoints <= left(budget.endpoints, controller->endpoints);
}

/* The controller with the most room on which BRANCH fits. */
static const struct usb_controller *find_place(const struct usb_tree *tree,
					       const struct usb_controller *from,
					       const struct usb_branch *branch)
{
	const struct usb_controller *best = NULL;

	for (unsigned i = 0; i < tree->count; i++) {
		const struct usb_controller *to = &tree->controllers[i];

		if (to != from && fits(branch, to) &&
		    (!best || usb_budget_room(to) > usb_budget_room(best)))
			best = to;
	}
	return best;
}

static void weigh(const struct usb_tree *tree, const struct usb_controller *from,
		  struct usb_advice *best)
{
	for (unsigned i = 0; i < from->branch_count; i++) {
		const struct usb_branch *branch = &from->branches[i];
		const struct usb_controller *to;

		if (!branch->hub || branch->phones == 0 ||
		    (best->branch && branch->phones <= best->branch->phones))
			continue;
		to = find_place(tree, from, branch);
		if (to)
			*best = (struct usb_advice){ from, to, branch };
	}
}

bool usb_budget_advise(const struct usb_tree *tree, struct usb_advice *ret_advice)
{
	struct usb_advice best = { 0 };

	for (unsigned i = 0; i < tree->count; i++)
		if (tree->controllers[i].phones > 0 && usb_budget_room(&tree->controllers[i]) == 0)
			weigh(tree, &tree->controllers[i], &best);
	if (best.branch)
		*ret_advice = best;
	return best.branch != NULL;
}
