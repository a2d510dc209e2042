/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the rest of the host: udevd, disk, clock, limits, units, our own programs. */
#include "config.h"

#include "station/tools/look_host.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "profiles/library/source.h"
#include "station/tools/clock.h"
#include "station/tools/programs.h"
#include "station/tools/unit_file.h"

static bool is_there(const char *root, const char *path)
{
	char full[PATH_MAX];

	return snprintf(full, sizeof full, "%s%s", root, path) < (int)sizeof full &&
	       access(full, F_OK) == 0;
}

static void look_at_udev(const char *root, struct host *host)
{
	char path[PATH_MAX];
	FILE *file;

	host->has_udevd = is_there(root, "/run/udev/control");
	snprintf(path, sizeof path, "%s/proc/sys/net/core/rmem_max", root);
	file = fopen(path, "re");
	if (!file)
		return;
	if (fscanf(file, "%lu", &host->receive_max) != 1)
		host->receive_max = 0;
	fclose(file);
}

/* The nearest folder above PATH, itself included, that is there; changes PATH. */
static void climb(char path[static PATH_MAX])
{
	char *slash;

	while (access(path, F_OK) < 0 && errno == ENOENT && (slash = strrchr(path, '/')) &&
	       slash != path)
		*slash = '\0';
}

static void look_at_state(const struct state *state, struct host *host)
{
	char path[PATH_MAX];
	struct statvfs room;
	struct stat status;

	snprintf(host->state, sizeof host->state, "%s", state->dir);
	snprintf(path, sizeof path, "%s", state->dir);
	climb(path);
	if (stat(path, &status) < 0)
		snprintf(host->state_why, sizeof host->state_why, "%.200s: %s", path,
			 strerror(errno));
	else if (!S_ISDIR(status.st_mode))
		snprintf(host->state_why, sizeof host->state_why, "%.200s is not a directory",
			 path);
	else if (access(path, W_OK | X_OK) < 0)
		snprintf(host->state_why, sizeof host->state_why, "%.200s: %s", path,
			 strerror(errno));
	if (statvfs(path, &room) < 0)
		return;
	host->disk_known = true;
	host->disk_free = (uint64_t)room.f_bavail * room.f_frsize;
	/* A file system without inodes says 0 of 0. */
	host->files_free = room.f_files == 0 ? UINT64_MAX : room.f_favail;
}

static void look_at_clock(const struct state *state, struct host *host)
{
	char self[PATH_MAX];
	struct stat status;

	host->now = clock_wall();
	if (program_self(self) == 0 && stat(self, &status) == 0)
		host->program_time = status.st_mtime * 1000LL;
	if (stat(state->ledger, &status) == 0)
		host->ledger_time = status.st_mtime * 1000LL;
}

static void look_for_programs(struct host *host)
{
	static const char *const names[] = { "muster-mux", "muster-worker" };
	char path[PATH_MAX];
	size_t len = 0;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (program_find(names[i], path) < 0)
			len += (size_t)snprintf(host->missing + len, sizeof host->missing - len,
						"%s%s", len ? " " : "", names[i]);
}

/* The value of LINE if it is the field NAME ("Version: "). */
static const char *field(const char *line, const char *name)
{
	size_t len = strlen(name);

	return strncmp(line, name, len) == 0 ? line + len : NULL;
}

/* Debian's list of packages: paragraphs of fields, Package before Version. */
static void look_at_versions(const char *root, struct host *host)
{
	char path[PATH_MAX], line[256], *version = NULL;
	FILE *file;

	snprintf(path, sizeof path, "%s/var/lib/dpkg/status", root);
	file = fopen(path, "re");
	if (!file)
		return;
	while (fgets(line, sizeof line, file)) {
		const char *value = field(line, "Package: ");

		line[strcspn(line, "\n")] = '\0';
		if (value)
			version = strcmp(value, "usbmuxd") == 0 ? host->usbmuxd_version
				  : strcmp(value, "libimobiledevice6") == 0 ||
						  strcmp(value, "libimobiledevice-1.0-6") == 0
					  ? host->library_version
					  : NULL;
		value = field(line, "Version: ");
		if (value && version)
			snprintf(version, HOST_VERSION_MAX, "%.63s", value);
	}
	fclose(file);
}

/* Whether NAME is a unit that can be started; then UNIT is the caller's to free. */
static bool find_unit(const char *root, const char *name, struct unit **ret_unit)
{
	if (unit_read(root, name, ret_unit) < 0)
		return false;
	if (!unit_is_masked(*ret_unit))
		return true;
	unit_free(*ret_unit);
	return false;
}

/* As the unit and its drop-ins have it: the last word on who may be reached counts. */
static bool is_closed(const struct unit *unit)
{
	const char *deny = unit_value(unit, "Service", "IPAddressDeny");
	const char *allow = unit_value(unit, "Service", "IPAddressAllow");

	return deny && strcmp(deny, "any") == 0 && (!allow || strcmp(allow, "localhost") == 0);
}

static void look_at_refresh(const char *root, const struct state *state, struct host *host)
{
	char sources[PATH_MAX];
	struct unit *unit;

	snprintf(sources, sizeof sources, "%s/" SOURCES_FILE, state->dir);
	host->has_sources = access(sources, F_OK) == 0;
	if (find_unit(root, "muster.service", &unit)) {
		host->unit_closed = is_closed(unit);
		unit_free(unit);
	}
	host->has_refresher =
		is_there(root, "/etc/systemd/system/timers.target.wants/muster-refresh.timer");
}

void look_host(const char *root, const struct state *state, struct host *ret_host)
{
	struct host host = { 0 };
	struct rlimit limit;
	struct unit *unit;

	look_at_udev(root, &host);
	look_at_state(state, &host);
	look_at_clock(state, &host);
	look_for_programs(&host);
	look_at_versions(root, &host);
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
		host.open_files = limit.rlim_max;
	host.has_restarter = find_unit(root, "muster-usbmuxd.path", &unit);
	if (host.has_restarter)
		unit_free(unit);
	look_at_refresh(root, state, &host);
	*ret_host = host;
}
