/* SPDX-License-Identifier: Apache-2.0 */
/* The station's log: one line a thing, on stderr. */
#ifndef STATION_TOOLS_LOG_H
#define STATION_TOOLS_LOG_H

enum log_level {
	LEVEL_ERROR, /* the station cannot do its part */
	LEVEL_WARN,  /* a device failed, something is odd */
	LEVEL_NOTE,  /* what a person may want to follow */
	LEVEL_DEBUG, /* each step of the machinery */
};

/* Lines above LEVEL are dropped. NOTE until this is called. The log has the only globals of
 * the program: one that had to be carried into every function would be written less. */
void log_set_level(enum log_level level);

/* Whom a line is about; "-" for what is NULL or "". */
struct log_about {
	const char *slot;
	const char *udid;
};

/*
 * Writes "TIME LEVEL SLOT UDID TEXT" in one go; ABOUT may be NULL. TEXT is cleaned and cut to
 * CLEAN_MAX. Never waits: where stderr has no room the line is lost, and how many were is said
 * before the next one. Keeps errno.
 */
void log_line(enum log_level level, const struct log_about *about, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
