/* SPDX-License-Identifier: Apache-2.0 */
/* A commented blueprint to begin with. */
#include "station/faces/blueprint_new.h"

#include "station/faces/new_file.h"

static const char text[] =
	"# A blueprint for muster: what is done to a device that is plugged in, in order.\n"
	"# Look it over with \"muster blueprint check FILE\" and \"muster blueprint show FILE\";\n"
	"# all keys are explained in muster-blueprint(5).\n"
	"\n"
	"# The version of this format.\n"
	"muster: 1\n"
	"\n"
	"# What screens and results call it. A device goes through a blueprint of one name once.\n"
	"name: New blueprint\n"
	"\n"
	"# Which devices it is for; leave this out for all. Of several blueprints, the first that\n"
	"# fits a device is used.\n"
	"#for: { product: \"iPad*\", os: \">=16\" }\n"
	"\n"
	"# Pairing comes first and reading back last by themselves.\n"
	"steps:\n"
	"  # A configuration profile, from a file beside this one.\n"
	"  #- install: wifi.mobileconfig\n"
	"\n"
	"  # The same with its limits: how long the station may work at it, how often it may try\n"
	"  # when a fault may pass, how long a person may take to confirm it on the device.\n"
	"  #- install: { file: enrollment.mobileconfig, deadline: 90s, attempts: 3, "
	"operator-limit: 10m }\n"
	"\n"
	"  # The device's name; {serial}, {udid}, {product} and {ecid} are its own.\n"
	"  - name: \"Device {serial}\"\n";

int blueprint_new(const char *verb, const char *file)
{
	return new_file_publish(verb, file, text, sizeof text - 1);
}
