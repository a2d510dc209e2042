/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be thought of the bench's USB: how many phones it holds, and what to move. */
#include <stdio.h>

#include "station/rules/doctor.h"
#include "udev/usb_budget.h"

static unsigned phones_of(const struct usb_tree *tree)
{
	unsigned phones = 0;

	for (unsigned i = 0; i < tree->count; i++)
		phones += tree->controllers[i].phones;
	return phones;
}

static void judge_bench(const struct usb_tree *tree, struct check *check)
{
	unsigned holds = 0, phones = tree ? phones_of(tree) : 0;

	*check = (struct check){ .name = "usb" };
	for (unsigned i = 0; tree && i < tree->count; i++)
		holds += usb_budget_phones(&tree->controllers[i]);
	if (!tree || tree->count == 0) {
		check_say(check, GRADE_WARN, "no USB controller is seen");
		check_advise(check, "devices can only come from a usbmuxd that is elsewhere");
		return;
	}
	check_say(check, GRADE_OK,
		  "this bench holds about %u iPhones on %u controllers; %u %s there", holds,
		  tree->count, phones, phones == 1 ? "is" : "are");
}

/* A controller that is full; whatever is plugged in next does not even show up. */
static void judge_full(const struct usb_tree *tree, const struct usb_controller *controller,
		       struct check *check)
{
	struct usb_advice advice;

	*check = (struct check){ .name = "usb.controller" };
	check_say(
		check, GRADE_WARN,
		"controller %s is full: %u devices with %u endpoints, %u of them iPhones or iPads",
		controller->name, controller->devices, controller->endpoints, controller->phones);
	if (usb_budget_advise(tree, &advice) && advice.from == controller)
		check_advise(check,
			     "move the hub on port %s (%u devices) to a socket of controller %s",
			     advice.branch->port, advice.branch->devices, advice.to->name);
	else
		check_advise(check, "plug no more there; add a controller (a PCIe card) for more");
}

size_t doctor_judge_usb(const struct usb_tree *tree, struct check out[static CHECKS_MAX])
{
	size_t count = 1;

	judge_bench(tree, &out[0]);
	for (unsigned i = 0; tree && i < tree->count && count < CHECKS_MAX; i++) {
		const struct usb_controller *controller = &tree->controllers[i];

		if (controller->phones > 0 && usb_budget_room(controller) == 0)
			judge_full(tree, controller, &out[count++]);
	}
	return count;
}
