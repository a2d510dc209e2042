/* SPDX-License-Identifier: Apache-2.0 */
/* muster-fetch: one bounded HTTPS exchange, ordered on standard input, answered on standard output.
 * It parses nothing of what it carries. */
#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "device/facts/whole.h"
#include "station/fetch/confine.h"
#include "station/fetch/transfer.h"

/* Reads the order up to its end. Returns its bytes, or NULL when they are too many or not whole. */
static char *read_all(size_t *ret_size)
{
	size_t size = 0, room = EXCHANGE_HEAD_MAX;
	char *bytes = malloc(room);

	while (bytes) {
		ssize_t n = read(STDIN_FILENO, bytes + size, room - size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0) {
			*ret_size = size;
			return bytes;
		}
		size += n > 0 ? (size_t)n : 0;
		if (n < 0 || size >= EXCHANGE_MESSAGE_MAX)
			break;
		if (size == room) {
			char *larger = realloc(bytes, room *= 2);

			if (!larger)
				break;
			bytes = larger;
		}
	}
	free(bytes);
	return NULL;
}

/* Memory is not given back piece by piece: the process was made for one exchange. */
static __attribute__((noreturn)) void leave(int status)
{
	_exit(status);
}

static __attribute__((noreturn)) void complain(const char *what)
{
	fprintf(stderr, "muster-fetch: %s\n", what);
	leave(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
	struct exchange_order order;
	struct exchange_answer answer;
	char *message;
	size_t size;

	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return puts("muster-fetch " PACKAGE_VERSION) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
	if (argc > 1)
		complain("takes no arguments: its order comes on standard input (see "
			 "muster-fetch(8))");
	if (confine() < 0)
		complain("cannot be confined");
	message = read_all(&size);
	if (!message)
		complain("the order cannot be read");
	if (exchange_read_order(message, size, &order) < 0)
		complain("the order is malformed");
	transfer(&order, &answer);
	if (exchange_write_answer(&answer, &message, &size) < 0)
		complain("the answer cannot be told");
	leave(whole_write(STDOUT_FILENO, message, size) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}
