/* SPDX-License-Identifier: Apache-2.0 */
/* The station's own watcher: a child on our terminal, and a client as any other. */
#include "config.h"

#include "station/tools/watch_child.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/tools/child.h"

bool watch_child_can_show(void)
{
	const char *term = getenv("TERM");

	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && *term &&
	       strcmp(term, "dumb") != 0;
}

int watch_child_start(const char *program, const char *state, struct watch_child *ret_child)
{
	const char *argv[] = { program, "--state", state, "watch", "--until-end", NULL };
	struct child_order order = {
		.argv = argv,
		.in = STDIN_FILENO,
		.out = STDOUT_FILENO,
		.err = STDERR_FILENO,
		.talk = -1,
		.on_terminal = true,
	};

	if (tcgetattr(STDIN_FILENO, &ret_child->terminal) < 0)
		return -errno;
	return child_start(&order, &ret_child->pid);
}

void watch_child_end(struct watch_child *child, int limit)
{
	if (child->pid == 0)
		return;
	if (!child_await(child->pid, limit)) {
		kill(child->pid, SIGTERM);
		if (!child_await(child->pid, limit)) {
			kill(child->pid, SIGKILL);
			(void)tcsetattr(STDIN_FILENO, TCSANOW, &child->terminal);
		}
	}
	while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
		;
	child->pid = 0;
}
