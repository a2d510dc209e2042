/* SPDX-License-Identifier: Apache-2.0 */
/* Namespaces of a test's own, also for who is not root. */
#ifndef TESTS_UNIT_NAMESPACES_H
#define TESTS_UNIT_NAMESPACES_H

#include <stdbool.h>

/* Leaves the host's namespaces of KINDS (CLONE_NEWNS, CLONE_NEWNET, ...), as root has them, or else
 * in a user namespace, where everybody is root. Returns false when neither is allowed here. */
bool namespaces_leave(int kinds);

#endif
