/* SPDX-License-Identifier: Apache-2.0 */
/* muster-port-reset: resets a USB port, or all that the station has asked for. Root's units run it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "device/facts/clean.h"
#include "udev/port_reset.h"

enum exit_status {
	EXIT_USAGE = 2,
	EXIT_HOST = 4,
};

/* Requests of one run: a bench has no more ports. */
#define REQUESTS_MAX 512

static const char usage[] =
	"usage: muster-port-reset PORT\n"
	"       muster-port-reset --requests DIR\n"
	"Resets the USB port PORT (\"1-4.2\"), if an Apple device is there; or each port that a\n"
	"file in DIR is named after, and removes the files. Needs root.\n"
	"      --root DIR  the system whose files are below DIR\n"
	"  -h, --help      this text\n"
	"      --version   the version\n";

/* Returns the exit status. */
static int reset_one(const char *root, const char *port)
{
	char cleaned[CLEAN_MAX + 1];
	int r = port_reset(root, port);

	clean_string(port, cleaned);
	if (r == 0)
		printf("port %s was reset\n", cleaned);
	else if (r == -EINVAL)
		fprintf(stderr, "muster-port-reset: \"%s\" is no port\n", cleaned);
	else if (r == -EPERM)
		fprintf(stderr, "muster-port-reset: port %s: no Apple device, or not allowed\n",
			cleaned);
	else
		fprintf(stderr, "muster-port-reset: port %s: %s\n", cleaned, strerror(-r));
	return r == 0 ? EXIT_SUCCESS : r == -EINVAL ? EXIT_USAGE : EXIT_HOST;
}

/* A request that is left would be asked again at once. */
static int take_requests(const char *root, const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	int status = EXIT_SUCCESS;

	if (!folder) {
		fprintf(stderr, "muster-port-reset: %s: %s\n", path, strerror(errno));
		return EXIT_HOST;
	}
	for (unsigned i = 0; i < REQUESTS_MAX && (entry = readdir(folder)); i++) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlinkat(fd, entry->d_name, 0) < 0 &&
		    unlinkat(fd, entry->d_name, AT_REMOVEDIR) < 0)
			status = EXIT_HOST;
		if (reset_one(root, entry->d_name) != EXIT_SUCCESS)
			status = EXIT_HOST;
	}
	closedir(folder);
	return status;
}

static int wrong(void)
{
	fputs(usage, stderr);
	return EXIT_USAGE;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "requests", required_argument, NULL, 'q' },
		{ "root", required_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ 0 },
	};
	const char *requests = NULL, *root = "";
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		if (option == 'h')
			return fputs(usage, stdout) < 0;
		if (option == 'v')
			return puts("muster-port-reset " PACKAGE_VERSION) < 0;
		if (option == 'q')
			requests = optarg;
		else if (option == 'r')
			root = optarg;
		else
			return wrong();
	}
	if (requests && optind == argc)
		return take_requests(root, requests);
	if (requests || optind + 1 != argc)
		return wrong();
	return reset_one(root, argv[optind]);
}
