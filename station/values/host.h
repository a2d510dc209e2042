/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to know of a host before a station works on it: seen by tools, judged by rules. */
#ifndef STATION_VALUES_HOST_H
#define STATION_VALUES_HOST_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "station/values/wall.h"

/* Room for a command line, a path, or a sentence of somebody else's. */
#define HOST_TEXT_MAX 512
/* Room for a version. */
#define HOST_VERSION_MAX 64

/* How usbmuxd answered when it was asked. */
enum host_answer {
	ANSWER_UNKNOWN, /* it could not be asked */
	ANSWER_YES,
	ANSWER_SILENT, /* it takes connections, but does not answer */
	ANSWER_AWAY,   /* nobody takes the connection */
};

struct host_usbmuxd {
	/* USBMUXD_SOCKET_ADDRESS when it names another one than this host's: then nothing but
	 * `answer` is known of it. "" else. */
	char elsewhere[HOST_TEXT_MAX];
	enum host_answer answer;
	char answer_why[HOST_TEXT_MAX]; /* UNKNOWN ("": nobody tried), AWAY */

	bool installed;
	/* As the unit and its drop-ins have it; "" when they do not say. */
	bool has_unit, masked;
	char exec[HOST_TEXT_MAX];
	char restart[HOST_VERSION_MAX];
	char open_files[HOST_VERSION_MAX];
	/* The process that runs: its command line, words joined by blanks; "" when none is seen. */
	char running[HOST_TEXT_MAX];

	bool has_socket;
	mode_t socket_mode;
	bool may_connect; /* we, with the rights that we have */
	bool has_records;
	mode_t records_mode;
	unsigned open_records; /* that others may read; only counted where the folder is open to us
				*/
};

struct host {
	struct host_usbmuxd usbmuxd;
	bool has_restarter; /* muster-usbmuxd.path is installed */

	/* New downloads of profiles (muster-sources(5)). */
	bool has_sources;   /* sources.yaml is in the state directory */
	bool unit_closed;   /* muster.service is installed, and may reach nothing but this host */
	bool has_refresher; /* muster-refresh.timer is enabled, which does it for the station */

	bool has_udevd;
	uint64_t receive_max; /* net.core.rmem_max, in bytes; 0 not known */

	/* The state directory. */
	char state[HOST_TEXT_MAX];
	char state_why[HOST_TEXT_MAX];	/* why it cannot be used; "" it can, or can be made */
	char ledger_why[HOST_TEXT_MAX]; /* why the ledger cannot be used; "" it can */
	bool has_ledger;
	bool disk_known;
	uint64_t disk_free, files_free; /* bytes and inodes that we may use */

	wall_t now;
	wall_t program_time; /* when this program was written to disk; 0 not known */
	wall_t ledger_time;  /* when the ledger was written last; 0 not known */

	uint64_t open_files; /* how many descriptors a process may have; 0 not known */

	char missing[HOST_TEXT_MAX]; /* programs of ours that are not found; "" none */
	/* As the package manager has them; "" not known. */
	char usbmuxd_version[HOST_VERSION_MAX], library_version[HOST_VERSION_MAX];
};

#endif
