/* SPDX-License-Identifier: Apache-2.0 */
/* The cloud configuration of a simulated device: who owns it, and what Setup Assistant skips. */
#include "tests/sim/cloud.h"

#include <stddef.h>

#include "tests/sim/chain.h"
#include "tests/sim/decode.h"
#include "tests/sim/phone.h"

/* Keys with a known type; devices refuse another one. */
static const struct {
	const char *key;
	plist_type type;
} keys[] = {
	{ "IsSupervised", PLIST_BOOLEAN },
	{ "AllowPairing", PLIST_BOOLEAN },
	{ "IsMandatory", PLIST_BOOLEAN },
	{ "IsMDMUnremovable", PLIST_BOOLEAN },
	{ "IsMultiUser", PLIST_BOOLEAN },
	{ "AwaitDeviceConfigured", PLIST_BOOLEAN },
	{ "SupervisorHostCertificates", PLIST_ARRAY },
	{ "SkipSetup", PLIST_ARRAY },
	{ "OrganizationName", PLIST_STRING },
	{ "OrganizationMagic", PLIST_STRING },
	{ "ConfigurationURL", PLIST_STRING },
	{ "ConfigurationWebURL", PLIST_STRING },
	{ "AnchorCertificates", PLIST_ARRAY },
	{ "ConfigurationSource", PLIST_UINT },
};

plist_t cloud_set(struct phone *phone, plist_t configuration)
{
	/* A device that is set up has had its configuration, if only an empty one. */
	if (phone->cloud_configuration || phone->setup.setup_done)
		return chain_add(NULL, 14002, "A cloud configuration is already present.");
	if (!phone->setup.activated)
		return chain_add(NULL, 33003, "The device is not activated.");
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		plist_t node = plist_dict_get_item(configuration, keys[i].key);

		if (node && plist_get_node_type(node) != keys[i].type)
			return chain_add(NULL, 33002, "The value of \"%s\" is invalid.",
					 keys[i].key);
	}
	phone->cloud_configuration = plist_copy(configuration);
	phone->setup.supervised = dict_true(configuration, "IsSupervised");
	return NULL;
}
