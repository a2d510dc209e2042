/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded under valgrind, which keeps descriptors for itself and so lets nobody set the limit of
 * them: that it was set is what test-child proves, without valgrind. */
#include <sys/resource.h>

int setrlimit(__rlimit_resource_t resource, const struct rlimit *limits)
{
	(void)resource;
	(void)limits;
	return 0;
}
