/* SPDX-License-Identifier: Apache-2.0 */
/* What a child writes to its stderr, line by line into our log, stamped with whom it is about. */
#ifndef STATION_TOOLS_CHILD_WORDS_H
#define STATION_TOOLS_CHILD_WORDS_H

#include <systemd/sd-event.h>

#include "station/tools/log.h"

/* Longest line taken; what is longer comes as several. */
#define CHILD_LINE_MAX 1024
/* Lines taken of one child in its life: a broken cable or a chatty library must not fill the disk.
 * What is above is read, counted and dropped. */
#define CHILD_LINES_MAX 500

struct child_words;

/*
 * Makes the pipe. RET_WRITE_END is for the child, the caller's to close. WHO names the program;
 * it and ABOUT are copied. Lines are logged with LEVEL_WARN: a child of ours that is well says
 * nothing. Returns 0 or negative errno.
 */
int child_words_open(sd_event *event, const char *who, const struct log_about *about,
		     struct child_words **ret_words, int *ret_write_end);
/* Logs what is left in the pipe, and how many lines were dropped. */
void child_words_close(struct child_words *words);

#endif
