/* SPDX-License-Identifier: Apache-2.0 */
/* Starting a process of ours: its descriptors, its limits, and the news when it cannot be. */
#ifndef STATION_TOOLS_CHILD_H
#define STATION_TOOLS_CHILD_H

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/types.h>

/* One limit more than RLIMIT_CORE, which is 0 for every child. */
struct child_limit {
	__rlimit_resource_t resource;
	rlim_t value;
};

struct child_order {
	const char *const *argv;  /* argv[0] is the program's path */
	char *const *environment; /* NULL: ours */
	/* Each is ours to close afterwards; -1 is /dev/null for the first three and nothing for
	 * the last, which becomes the child's descriptor 3. */
	int in, out, err, talk;
	const struct child_limit *limits;
	unsigned limit_count;
	int nice; /* added to ours */
	/* It stays in our group, where the terminal's keys reach it and it may read and draw; it
	 * gets SIGTERM when we end, to give the terminal back. */
	bool on_terminal;
};

/*
 * Starts a process: in a group of its own, killed by the kernel when we end, with default signals
 * and no descriptor but the ones ordered. Waits until the program runs or could not be run.
 * Returns 0 and its pid, or negative errno: of fork, or of exec.
 */
int child_start(const struct child_order *order, pid_t *ret_pid);

/* Sends SIGNAL to the child's whole group; not for one that was started on_terminal. */
void child_signal(pid_t pid, int signal);

/* Waits at most LIMIT milliseconds for the child's end; its exit status is left to be waited for.
 * Returns whether it has ended. */
bool child_await(pid_t pid, int limit);

/* The same, then kills what is left of the child's group, and reaps the child; not for one that was
 * started on_terminal, nor for one that was reaped. */
void child_end(pid_t pid, int limit);

#endif
