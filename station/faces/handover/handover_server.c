/* SPDX-License-Identifier: Apache-2.0 */
/* The links of one run of muster handover serve: made, told, answered for. */
#include "station/faces/handover/handover_server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "station/faces/handover/handover_sheet.h"
#include "station/faces/handover/handover_write.h"
#include "station/rules/mac_serial.h"
#include "station/rules/volume.h"
#include "station/tools/clock.h"

/* How long the page stays when no link is open any more, for who is still reading or downloading,
 * and to say so to who comes too late. */
#define LINGER 60000

#define HTML "text/html; charset=utf-8"

/* Sets when the run ends: LINGER behind the last link that is open. */
static int set_end(struct handover_server *server)
{
	msec_t now = clock_monotonic(), last = link_last_end(server->links, server->count, now);

	return https_end_in(server->https, (last > now ? last - now : 0) + LINGER);
}

static void answer_html(struct https_answer *answer, unsigned status, char *text)
{
	answer->status = status;
	answer->type = HTML;
	answer->bytes = text;
	answer->size = text ? strlen(text) : 0;
}

static void answer_plain(struct https_answer *answer, unsigned status, const char *title,
			 const char *sentence)
{
	answer_html(answer, status, handover_page_plain(title, sentence));
}

static void show(const struct handover_server *server, const struct link *link,
		 const char *complaint, struct https_answer *answer)
{
	char url[HANDOVER_URL_MAX];
	const struct handover_link shown = { handover_server_url(
						     server, (unsigned)(link - server->links), url),
					     server->ends, server->certificate.fingerprint };

	answer_html(answer, complaint[0] ? 422 : 200,
		    handover_page_landing(&server->profile, &shown, complaint));
}

/* The profile's bytes, as they are. */
static void answer_profile(const struct handover_server *server, struct https_answer *answer)
{
	const struct profile *profile = server->profile.profile;

	answer->bytes = malloc(profile->size);
	if (!answer->bytes)
		return;
	memcpy(answer->bytes, profile->bytes, profile->size);
	answer->size = profile->size;
	answer->status = 200;
	answer->type = "application/x-apple-aspen-config";
	answer->saved = server->saved;
}

static void tell(const struct handover_server *server, const struct https_request *request,
		 const struct link *link, const char *serial)
{
	char when[16] = "";
	time_t now = time(NULL);
	struct tm tm;

	if (server->quiet)
		return;
	if (localtime_r(&now, &tm))
		strftime(when, sizeof when, "%H:%M:%S", &tm);
	printf("%s  link %u of %u: downloaded by %s%s%s\n", when,
	       (unsigned)(link - server->links) + 1, server->count, request->client,
	       serial[0] ? ", " : "", serial);
	fflush(stdout);
}

/* Records the download, then gives the profile: what is not in the ledger did not happen. */
static void give(struct handover_server *server, const struct https_request *request,
		 struct link *link, struct https_answer *answer)
{
	struct handover handover = { .way = HANDOVER_PAGE, .standing = HANDOVER_GIVEN };
	struct mac_serial serial = { .text = "" };
	enum mac_serial_fault fault = MAC_SERIAL_FINE;
	char why[CALL_WHY_MAX];

	if (request->field[strspn(request->field, " \t\r\n")] != '\0')
		fault = mac_serial_read(request->field, &serial);
	if (fault != MAC_SERIAL_FINE) {
		show(server, link, mac_serial_sentence(fault), answer);
		return;
	}
	clean_string(serial.text, handover.serial);
	clean_string(server->profile.name, handover.profile);
	strcpy(handover.profile_sha256, server->profile.profile->sha256);
	clean_string(server->batch, handover.batch);
	snprintf(handover.note, sizeof handover.note, "downloaded by %s", request->client);
	handover_sign(&handover);
	if (handover_write(server->state, &handover, why) < 0) {
		fprintf(stderr, "muster handover serve: %s\n", why);
		server->in_trouble = true;
		answer_plain(
			answer, 503, "Not now",
			"The bench could not write this down, so it gave nothing out. The link "
			"still works: tell whoever runs the bench, then try again.");
		return;
	}
	answer_profile(server, answer);
	link->used = true;
	tell(server, request, link, serial.text);
	(void)set_end(server); /* it ends later, then: at the time that was set before */
}

static void answer_link(struct handover_server *server, const struct https_request *request,
			struct link *link, struct https_answer *answer)
{
	switch (link_answer(link, request->post ? LINK_TAKE : LINK_LOOK, clock_monotonic())) {
	case LINK_SHOW:
		show(server, link, "", answer);
		break;
	case LINK_GIVE:
		give(server, request, link, answer);
		break;
	case LINK_GONE_USED:
		answer_plain(answer, 410, "This link was used",
			     "A link gives the profile once. Ask at the bench for another.");
		break;
	case LINK_GONE_EXPIRED:
		answer_plain(answer, 410, "This link has expired",
			     "Its time is over. Ask at the bench for another.");
		break;
	}
}

static void answer(const struct https_request *request, struct https_answer *ret_answer,
		   void *userdata)
{
	struct handover_server *server = userdata;
	/* "GET ?x" is of no path at all. */
	const char *word = request->path[0] == '/' ? request->path + 1 : "";
	struct link *link = link_find(server->links, server->count, word);

	if (link) {
		answer_link(server, request, link, ret_answer);
	} else if (strcmp(request->path, "/style.css") == 0 && !request->post) {
		answer_html(ret_answer, 200, strdup(handover_style));
		ret_answer->type = "text/css; charset=utf-8";
	} else {
		answer_plain(ret_answer, 404, "Nothing is here",
			     "Look whether the link is whole, or ask at the bench for one.");
	}
}

/* A token that nobody guesses. Returns 0 or negative errno. */
static int make_token(char out[static LINK_TOKEN_LEN + 1])
{
	unsigned char bytes[LINK_TOKEN_BYTES];

	/* So few bytes come whole. */
	if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
		return -EIO;
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
	return 0;
}

/* A link does not outlive its profile. */
static msec_t judge_life(const struct handover_server *server, msec_t life)
{
	int64_t end = server->profile.expiry.end.at;
	msec_t left;

	if (end == EXPIRY_NEVER)
		return life;
	left = (end - clock_wall() / 1000) * 1000;
	return left < life ? left : life;
}

static int make_links(struct handover_server *server, unsigned count, msec_t life)
{
	time_t end = (time_t)((clock_wall() + life) / 1000);
	struct tm tm;
	int r = 0;

	for (server->count = 0; r == 0 && server->count < count; server->count++) {
		server->links[server->count].ends = clock_monotonic() + life;
		r = make_token(server->links[server->count].token);
	}
	if (localtime_r(&end, &tm))
		strftime(server->ends, sizeof server->ends, "%Y-%m-%d %H:%M", &tm);
	return r;
}

static int listen_and_serve(struct handover_server *server, msec_t life)
{
	struct https_options options = { .field = HANDOVER_FIELD,
					 .answer = answer,
					 .userdata = server };
	int64_t now = clock_wall() / 1000;
	int r = page_certificate_make(server->address.host, now, now + (life + 2 * LINGER) / 1000,
				      &server->certificate);

	if (r == 0)
		r = listen_address_open(&server->address, &options.listen);
	if (r < 0)
		return r;
	options.key = server->certificate.key;
	options.certificate = server->certificate.certificate;
	return https_open(&options, &server->https);
}

int handover_server_open(struct handover_server *server, unsigned count, msec_t life)
{
	int r;

	volume_name(server->profile.name, ".mobileconfig", server->saved);
	life = judge_life(server, life);
	r = make_links(server, count, life);
	if (r == 0)
		r = listen_and_serve(server, life);
	return r < 0 ? r : set_end(server);
}

int handover_server_run(struct handover_server *server)
{
	return https_run(server->https);
}

void handover_server_close(struct handover_server *server)
{
	https_close(server->https);
	page_certificate_done(&server->certificate);
	handover_profile_done(&server->profile);
}

const char *handover_server_url(const struct handover_server *server, unsigned number,
				char out[static HANDOVER_URL_MAX])
{
	char address[LISTEN_ADDRESS_MAX];

	snprintf(out, HANDOVER_URL_MAX, "https://%s/%s",
		 listen_address_to_text(&server->address, address), server->links[number].token);
	return out;
}

unsigned handover_server_used(const struct handover_server *server)
{
	unsigned used = 0;

	for (unsigned i = 0; i < server->count; i++)
		used += server->links[i].used;
	return used;
}
