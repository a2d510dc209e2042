/* SPDX-License-Identifier: Apache-2.0 */
/* A USB port's path, the name that stays with a place on the bench: "1-4.2". */
#ifndef DEVICE_FACTS_PORT_H
#define DEVICE_FACTS_PORT_H

#include <stdbool.h>

/* Longest path, without its end: a bus and six levels of ports, "255-15.15.15.15.15.15" and room
 * to spare. USB allows five hubs in a row between the computer and a device. */
#define PORT_MAX 31
/* Most ports in a path. */
#define PORT_LEVELS 6

/*
 * Whether TEXT is a port's path as the kernel writes it: the number of a bus, a dash, then one to
 * PORT_LEVELS port numbers with dots between; each number from 1 to 255, without leading zeros.
 */
bool port_is_valid(const char *text);

/*
 * Compares two valid paths as a person reads them: number by number, a hub before what is behind
 * it. So "1-2" < "1-10" < "1-10.1" < "2-1".
 * Returns less than 0, 0, or more than 0.
 */
int port_compare(const char *a, const char *b);

#endif
