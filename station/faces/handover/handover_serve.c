/* SPDX-License-Identifier: Apache-2.0 */
/* muster handover serve: the profile on an HTTPS page, behind links that work once. */
#include "station/faces/handover/handover_serve.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/values/duration.h"
#include "station/faces/handover/handover_server.h"
#include "station/faces/handover/handover_sheet.h"
#include "station/faces/json_text.h"
#include "station/faces/profile/library_face.h"
#include "station/faces/new_file.h"
#include "station/faces/result_json.h"
#include "station/tools/exit_status.h"
#include "station/tools/option.h"
#include "station/tools/qr.h"

#define VERB "muster handover serve"

#define PORT_DEFAULT 8443
#define LIFE_DEFAULT (10 * 60 * 1000)

static const char usage[] =
	"usage: muster handover serve [--profile NAME|FILE] [--listen ADDR:PORT] [--count N]\n"
	"                             [--expires TIME] [--batch NAME] [--sheet FILE] [--json]\n"
	"\n"
	"Shows the profile on an HTTPS page in the bench's network, behind links that each work\n"
	"once and for a time. A link opens a page with a button: only the button uses it up, not\n"
	"a chat program's preview. Each download is recorded as handed over, not verified.\n"
	"\n"
	"The page's certificate is made for this run and signed by nobody, so browsers warn:\n"
	"compare the fingerprint that is shown here before going on.\n"
	"\n"
	"  --profile NAME|FILE  which profile; default: the only one in the library that enrolls\n"
	"                       Macs\n"
	"  --listen ADDR:PORT   where; default: this computer's first address, port 8443\n"
	"  --count N            how many links (1)\n"
	"  --expires TIME       how long they work (10m)\n"
	"  --batch NAME         these Macs belong together\n"
	"  --sheet FILE         also write the links and QR codes to a new HTML file, to print\n"
	"  --json               the links as one line of JSON, without QR codes\n"
	"  -h, --help           this\n"
	"\n"
	"Ends a minute after the last link was used or has expired, or by Ctrl-C.\n"
	"\n"
	"Exit status: 0 every link was used, 1 some was not, 2 usage, 3 the profile has expired or\n"
	"cannot be used, 4 it cannot listen there, or a download could not be recorded.\n";

struct request {
	const char *profile, *listen, *batch, *sheet;
	unsigned count;
	msec_t life;
	bool json, help;
};

static const struct option longs[] = {
	{ "profile", required_argument, NULL, 'p' },
	{ "listen", required_argument, NULL, 'l' },
	{ "count", required_argument, NULL, 'c' },
	{ "expires", required_argument, NULL, 'e' },
	{ "batch", required_argument, NULL, 'b' },
	{ "sheet", required_argument, NULL, 's' },
	{ "json", no_argument, NULL, 'j' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static bool take_option(int option, struct request *request)
{
	switch (option) {
	case 'p':
		request->profile = optarg;
		return true;
	case 'l':
		request->listen = optarg;
		return true;
	case 'c':
		if (option_number(optarg, 1, HANDOVER_LINKS_MAX, &request->count) == 0)
			return true;
		fprintf(stderr, VERB ": --count must be a number from 1 to %d\n",
			HANDOVER_LINKS_MAX);
		return false;
	case 'e':
		if (duration_parse(optarg, &request->life) == 0)
			return true;
		fputs(VERB ": --expires must be a time like 90s, 10m or 8h, at most 24h\n", stderr);
		return false;
	case 'b':
		request->batch = optarg;
		return true;
	case 's':
		request->sheet = optarg;
		return true;
	case 'j':
		return request->json = true;
	case 'h':
		return request->help = true;
	default: /* a wrong one, which has been told */
		return false;
	}
}

/* Returns -1 to go on, or the exit status. */
static int read_command_line(int argc, char **argv, struct request *request)
{
	int option;

	optind = 0;
	while ((option = option_next(VERB, argc, argv, OPTION_SHORTS, longs)) != -1)
		if (!take_option(option, request))
			return EXIT_USAGE;
	if (request->help) {
		fputs(usage, stdout);
		return EXIT_PASSED;
	}
	if (optind == argc)
		return -1;
	fprintf(stderr, VERB ": takes no \"%s\"; a profile is given by --profile\n", argv[optind]);
	return EXIT_USAGE;
}

static int find_address(const char *listen, struct listen_address *ret_address)
{
	int r = listen ? listen_address_parse(listen, PORT_DEFAULT, ret_address)
		       : listen_address_own(PORT_DEFAULT, ret_address);

	if (r == 0)
		return -1;
	if (listen) {
		fputs(VERB ": --listen takes an address that Macs reach, and a port: "
			   "192.168.7.1:8443, [fd00::1]:8443\n",
		      stderr);
		return EXIT_USAGE;
	}
	fputs(VERB ": this computer has no address that others reach; say --listen ADDR:PORT\n",
	      stderr);
	return EXIT_TROUBLE;
}

/* Prints one JSON line. Returns EXIT_PASSED or EXIT_TROUBLE. */
static int print_json(const struct handover_server *server)
{
	char url[HANDOVER_URL_MAX], *line;
	json_t *links = json_array();

	for (unsigned i = 0; i < server->count; i++)
		json_array_append_new(links, json_string(handover_server_url(server, i, url)));
	line = json_to_line(json_pack("{s:s, s:s, s:s, s:s, s:o}", "schema", JSON_SCHEMA, "profile",
				      server->profile.name, "fingerprint",
				      server->certificate.fingerprint, "expires", server->ends,
				      "links", links));
	if (line)
		fputs(line, stdout);
	free(line);
	return line ? EXIT_PASSED : EXIT_TROUBLE;
}

static void print_links(const struct handover_server *server)
{
	char url[HANDOVER_URL_MAX], until[HANDOVER_UNTIL_MAX], *blocks;

	printf("Profile      %s, good %s\n", server->profile.name,
	       handover_until(&server->profile, until));
	printf("Fingerprint  %s\n             (SHA-256 of the page's certificate; the browser warns, "
	       "compare it)\n",
	       server->certificate.fingerprint);
	for (unsigned i = 0; i < server->count; i++) {
		handover_server_url(server, i, url);
		blocks = qr_to_blocks(url);
		printf("\nLink %u of %u, good once, until %s\n%s\n%s", i + 1, server->count,
		       server->ends, url, blocks ? blocks : "");
		free(blocks);
	}
}

static int write_sheet(const struct handover_server *server, const char *file)
{
	struct handover_link links[HANDOVER_LINKS_MAX];
	char urls[HANDOVER_LINKS_MAX][HANDOVER_URL_MAX], *text;
	int status = EXIT_TROUBLE;

	for (unsigned i = 0; i < server->count; i++)
		links[i] = (struct handover_link){ handover_server_url(server, i, urls[i]),
						   server->ends, server->certificate.fingerprint };
	text = handover_page_sheet(&server->profile, links, server->count);
	if (text)
		status = new_file_write(VERB, file, text, strlen(text));
	free(text);
	return status;
}

static int tell(const struct handover_server *server, const struct request *request)
{
	int status = request->sheet ? write_sheet(server, request->sheet) : EXIT_PASSED;

	if (status == EXIT_PASSED && request->json)
		status = print_json(server);
	else if (status == EXIT_PASSED)
		print_links(server);
	if (fflush(stdout) != 0)
		return EXIT_TROUBLE;
	return status;
}

static int serve(struct handover_server *server, const struct request *request)
{
	char address[LISTEN_ADDRESS_MAX];
	int status, r = handover_server_open(server, request->count, request->life);

	if (r < 0) {
		fprintf(stderr, VERB ": %s: %s\n",
			listen_address_to_text(&server->address, address), strerror(-r));
		return EXIT_TROUBLE;
	}
	status = tell(server, request);
	if (status != EXIT_PASSED)
		return status;
	r = handover_server_run(server);
	if (r < 0 || server->in_trouble)
		return EXIT_TROUBLE;
	return handover_server_used(server) == server->count ? EXIT_PASSED : EXIT_NOT_PASSED;
}

int handover_serve(const char *state_option, int argc, char **argv)
{
	struct request request = { .batch = "", .count = 1, .life = LIFE_DEFAULT };
	struct handover_server server = { .https = NULL };
	struct state state;
	int status = read_command_line(argc, argv, &request);

	if (status < 0)
		status = find_address(request.listen, &server.address);
	if (status < 0)
		status = library_locate(VERB, state_option, &state);
	if (status < 0)
		status = handover_profile_open(VERB, &state, request.profile, &server.profile);
	if (status >= 0)
		return status;
	server.state = &state;
	server.batch = request.batch;
	server.quiet = request.json;
	status = serve(&server, &request);
	handover_server_close(&server);
	return status;
}
