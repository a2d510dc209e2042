/* SPDX-License-Identifier: Apache-2.0 */
/* What the station asks of root's few units: a file is touched, a path unit sees it
 * (doc/station.md). */
#ifndef STATION_TOOLS_REQUESTS_H
#define STATION_TOOLS_REQUESTS_H

/* Where the installed units look. */
#define REQUESTS_FOLDER "/run/muster/requests"

/* End a usbmuxd that hangs, and start it anew: muster-usbmuxd.path. */
#define REQUEST_USBMUXD "usbmuxd"

/* Reset the port that the file in this folder is called after: muster-port.path. */
#define REQUEST_PORTS "ports"

/*
 * Touches the file NAME in FOLDER. Whether anybody looks is not known.
 * Returns 0 or negative errno: -ENOENT when there is no such folder, -EACCES.
 */
int request_ask(const char *folder, const char *name);

#endif
