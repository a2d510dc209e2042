/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint while it is read: what the readers of its parts share. */
#include "profiles/blueprint/blueprint_read.h"

#include <string.h>

char *blueprint_read_copy(struct blueprint_reading *reading, const char *text)
{
	char *copy = strdup(text);

	reading->no_memory |= !copy;
	return copy;
}
