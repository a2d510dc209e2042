/* SPDX-License-Identifier: Apache-2.0 */
/* How much longer than usual a test waits: for runs under valgrind and the like. */
#include "tests/unit/patience.h"

#include <stdlib.h>

int patience(void)
{
	const char *text = getenv("MUSTER_PATIENCE");
	long factor = text ? strtol(text, NULL, 10) : 1;

	return factor < 1 ? 1 : factor > 1000 ? 1000 : (int)factor;
}
