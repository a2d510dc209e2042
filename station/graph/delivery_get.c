/* SPDX-License-Identifier: Apache-2.0 */
/* The profile of a source that is asked by one GET, with what its operator gave for the headers. */
#define _GNU_SOURCE /* memmem */
#include "station/graph/delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profiles/profile/profile.h"
#include "profiles/files/secret_file.h"
#include "profiles/values/address.h"
#include "station/graph/ask.h"
#include "station/graph/throttle.h"

/* Headers that an operator's file may have, beside the one of ours. */
#define OWN_HEADERS_MAX 8
/* From http to a name with www, from a short link to the file: no more is honest. */
#define REDIRECTS 3

struct getting {
	struct delivery *delivery;
	struct refusal *refusal;
	const char *name;
};

/* Why an answer with another STATUS than 200 is none, and what to do. */
static int refuse_status(const struct getting *getting, unsigned status)
{
	if (status == 401 || status == 403)
		return refuse(
			getting->refusal, REFUSAL_DENIED,
			"%s: the server wants other credentials (HTTP %u): look at \"header\" "
			"and \"url\"",
			getting->name, status);
	if (status == 404 || status == 410)
		return refuse(getting->refusal, REFUSAL_MISSING,
			      "%s: it is not there (HTTP %u): look at \"url\"; an invitation may "
			      "have ended",
			      getting->name, status);
	return refuse(getting->refusal, status == 429 ? REFUSAL_BUSY : REFUSAL_SERVICE,
		      "%s: the server answers HTTP %u: try again later", getting->name, status);
}

static int take_file(const struct exchange_answer *answer, void *userdata)
{
	struct getting *getting = userdata;
	const char *type = exchange_header(answer, "content-type");
	const char *date = exchange_header(answer, "date");

	if (answer->failure != EXCHANGE_WELL)
		return refuse(getting->refusal,
			      answer->failure == EXCHANGE_REFUSED ? REFUSAL_FILE : REFUSAL_NETWORK,
			      "%s: %s (%s)", getting->name,
			      exchange_failure_sentence(answer->failure), answer->text);
	if (answer->status != 200)
		return refuse_status(getting, answer->status);
	if (answer->body_size == 0 || (type && strncasecmp(type, "text/html", 9) == 0))
		return refuse(getting->refusal, REFUSAL_PROFILE,
			      "%s: what came is %s, not a profile: the address wants a person at "
			      "a browser; download the file there and add it",
			      getting->name, answer->body_size == 0 ? "nothing" : "a web page");
	getting->delivery->bytes = malloc(answer->body_size);
	if (!getting->delivery->bytes)
		return refuse(getting->refusal, REFUSAL_HOST, "no memory");
	memcpy(getting->delivery->bytes, answer->body, answer->body_size);
	getting->delivery->size = answer->body_size;
	getting->delivery->date = date ? http_date_parse(date) : -1;
	return 0;
}

/* Takes the lines of TEXT, which is changed, as headers of ORDER. Returns whether they are. */
static bool add_headers(char *text, struct exchange_order *order)
{
	unsigned own = 0;
	char *rest = NULL;

	for (char *line = strtok_r(text, "\r\n", &rest); line;
	     line = strtok_r(NULL, "\r\n", &rest)) {
		char *colon = strstr(line, ": ");

		if (!colon || colon == line || own++ == OWN_HEADERS_MAX)
			return false;
		order->headers[order->header_count++] = line;
	}
	return true;
}

/* Reads the source's file of headers: TEXT is secret, NULL when there is none. */
static int read_headers(const struct source *source, char **ret_text, struct refusal *refusal)
{
	struct problems problems = { 0 };
	size_t size;
	int r;

	*ret_text = NULL;
	if (!source->header)
		return 0;
	r = secret_file_read(source->header, &problems, ret_text, &size);
	if (r < 0)
		refuse(refusal, problems.count > 0 ? REFUSAL_FILE : REFUSAL_HOST, "%s: %s",
		       source->header, problems.count > 0 ? problems.list[0].text : "no memory");
	problems_done(&problems);
	return r < 0 ? -1 : 0;
}

/* The server, and no more: what stands before and behind it may be a secret. */
static void name_server(const char *url, char out[static CLEAN_MAX + 1])
{
	char shown[CLEAN_MAX + 1];
	const char *host;

	address_show(url, shown);
	host = strstr(shown, "://");
	clean_text(shown, host ? 3 + (size_t)(host - shown) + strcspn(host + 3, "/?") : 0, out);
}

int delivery_get(const struct source *source, bool only_look, struct delivery *ret_delivery,
		 struct refusal *refusal)
{
	struct delivery delivery = { .date = -1 };
	struct getting getting = { .delivery = &delivery,
				   .refusal = refusal,
				   .name = source->name };
	struct exchange_order order = {
		.method = "GET",
		.url = source->url,
		.headers = { "Accept: application/x-apple-aspen-config, */*;q=0.5" },
		.header_count = 1,
		.connect = ASK_CONNECT,
		.total = ASK_TOTAL,
		.most = PROFILE_SIZE_MAX,
		.redirects = REDIRECTS,
		.ca = source->ca,
		.proxy = source->proxy,
	};
	char *headers;
	int r = read_headers(source, &headers, refusal);

	if (r == 0 && headers && !add_headers(headers, &order))
		r = refuse(refusal, REFUSAL_FILE,
			   "%s: is no list of headers: it needs lines \"Name: value\", at most %d",
			   source->header, OWN_HEADERS_MAX);
	if (r == 0 && !only_look)
		r = ask(&order, true, take_file, &getting, refusal);
	secret_free(headers);
	name_server(source->url, delivery.from);
	if (r == 0)
		*ret_delivery = delivery;
	return r;
}
