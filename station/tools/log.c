/* SPDX-License-Identifier: Apache-2.0 */
/* The station's log: one line a thing, on stderr. */
#include "station/tools/log.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "device/facts/clean.h"

static enum log_level highest = LEVEL_NOTE;
static unsigned lost; /* lines that nobody took */

static const char *const words[] = {
	[LEVEL_ERROR] = "error",
	[LEVEL_WARN] = "warn",
	[LEVEL_NOTE] = "note",
	[LEVEL_DEBUG] = "debug",
};

void log_set_level(enum log_level level)
{
	highest = level;
}

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

/* A pipe that is full and a terminal that was stopped would be waited for. */
static bool has_room(void)
{
	struct pollfd room = { .fd = STDERR_FILENO, .events = POLLOUT };

	return poll(&room, 1, 0) != 0;
}

static void put(enum log_level level, const struct log_about *about, const char *text)
{
	char line[2 * CLEAN_MAX], when[32];
	struct timespec now;
	struct tm utc;
	int len;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	strftime(when, sizeof when, "%FT%T", &utc);
	len = snprintf(line, sizeof line, "%s.%03ldZ %s %s %s %s\n", when, now.tv_nsec / 1000000,
		       words[level], or_dash(about ? about->slot : NULL),
		       or_dash(about ? about->udid : NULL), text);
	/* A log that nobody can take is not worth stopping for. */
	(void)!write(STDERR_FILENO, line, (size_t)len);
}

/* Makes sure that a line can be put, behind how many were lost before it. */
static bool make_ready(void)
{
	char text[CLEAN_MAX + 1];

	if (!has_room())
		return false;
	if (lost == 0)
		return true;
	snprintf(text, sizeof text, "%u lines of this log were lost: nobody read it", lost);
	lost = 0;
	put(LEVEL_WARN, NULL, text);
	return has_room();
}

void log_line(enum log_level level, const struct log_about *about, const char *format, ...)
{
	char raw[2 * CLEAN_MAX], text[CLEAN_MAX + 1];
	int error = errno;
	va_list args;

	if (level > highest)
		return;
	va_start(args, format);
	vsnprintf(raw, sizeof raw, format, args);
	va_end(args);
	clean_string(raw, text);
	if (make_ready())
		put(level, about, text);
	else
		lost++;
	errno = error;
}
