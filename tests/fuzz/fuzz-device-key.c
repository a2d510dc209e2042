/* SPDX-License-Identifier: Apache-2.0 */
/* The public key that a device sends for its pairing. */
#include "device/certificate.h"
#include "tests/fuzz/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct host_keys keys;
	struct certificates certificates = { 0 };

	if (!keys.root)
		must(host_keys_make(&keys) == 0);
	if (certificates_make(&keys, bytes, size, &certificates) == 0)
		must(certificates.root && certificates.host && certificates.device);
	certificates_free(&certificates);
	return 0;
}
