/* SPDX-License-Identifier: Apache-2.0 */
/* One HTTPS exchange with libcurl, within the limits of its order. */
#include "config.h"

#include "station/fetch/transfer.h"

#include <ctype.h>
#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "device/facts/clean.h"

/* The headers that callers look at. */
static const char *const wanted[] = {
	"content-type",	    "date", "retry-after", "request-id", "client-request-id",
	"www-authenticate",
};
#define WANTED (sizeof wanted / sizeof wanted[0])

/* What has come so far. */
struct arrival {
	const struct exchange_order *order;
	unsigned char *body;
	size_t size, room;
	bool too_large;
	char *headers[WANTED];
};

static size_t take_body(char *bytes, size_t one, size_t count, void *userdata)
{
	struct arrival *arrival = userdata;
	size_t size = one * count;

	if (size > arrival->order->most - arrival->size) {
		arrival->too_large = true;
		return 0;
	}
	if (arrival->size + size > arrival->room) {
		size_t room = 2 * (arrival->size + size);
		unsigned char *larger = realloc(arrival->body, room);

		if (!larger)
			return 0;
		arrival->body = larger;
		arrival->room = room;
	}
	memcpy(arrival->body + arrival->size, bytes, size);
	arrival->size += size;
	return size;
}

static void forget_headers(struct arrival *arrival)
{
	for (size_t i = 0; i < WANTED; i++) {
		free(arrival->headers[i]);
		arrival->headers[i] = NULL;
	}
}

/* Keeps the LENGTH bytes of VALUE as the header NUMBER, cleaned. */
static void keep_header(struct arrival *arrival, size_t number, const char *value, size_t length)
{
	char cleaned[CLEAN_MAX + 1], *line = NULL;

	while (length > 0 && isspace((unsigned char)value[0])) {
		value++;
		length--;
	}
	while (length > 0 && isspace((unsigned char)value[length - 1]))
		length--;
	clean_text(value, length, cleaned);
	if (asprintf(&line, "%s: %s", wanted[number], cleaned) < 0)
		return;
	free(arrival->headers[number]);
	arrival->headers[number] = line;
}

static size_t take_header(char *bytes, size_t one, size_t count, void *userdata)
{
	struct arrival *arrival = userdata;
	size_t size = one * count;

	/* A status line: what came before was an answer on the way to this one. */
	if (size > 5 && strncmp(bytes, "HTTP/", 5) == 0)
		forget_headers(arrival);
	for (size_t i = 0; i < WANTED; i++) {
		size_t length = strlen(wanted[i]);

		if (size > length && bytes[length] == ':' &&
		    strncasecmp(bytes, wanted[i], length) == 0)
			keep_header(arrival, i, bytes + length + 1, size - length - 1);
	}
	return size;
}

static enum exchange_failure failure_of(CURLcode code, const struct arrival *arrival)
{
	static const struct {
		CURLcode code;
		enum exchange_failure failure;
	} table[] = {
		{ CURLE_UNSUPPORTED_PROTOCOL, EXCHANGE_REFUSED },
		{ CURLE_URL_MALFORMAT, EXCHANGE_REFUSED },
		{ CURLE_SSL_CACERT_BADFILE, EXCHANGE_REFUSED },
		{ CURLE_COULDNT_RESOLVE_HOST, EXCHANGE_NO_ADDRESS },
		{ CURLE_COULDNT_RESOLVE_PROXY, EXCHANGE_NO_ADDRESS },
		{ CURLE_COULDNT_CONNECT, EXCHANGE_NO_CONNECT },
		{ CURLE_PEER_FAILED_VERIFICATION, EXCHANGE_CERTIFICATE },
		{ CURLE_SSL_CONNECT_ERROR, EXCHANGE_NO_TLS },
		{ CURLE_OPERATION_TIMEDOUT, EXCHANGE_SLOW },
		{ CURLE_FILESIZE_EXCEEDED, EXCHANGE_LARGE },
		{ CURLE_PARTIAL_FILE, EXCHANGE_SHORT },
	};

	if (arrival->too_large)
		return EXCHANGE_LARGE;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (table[i].code == code)
			return table[i].failure;
	return EXCHANGE_BROKEN;
}

static void fail(struct exchange_answer *answer, enum exchange_failure failure, const char *why)
{
	static char text[CLEAN_MAX + 1];

	clean_string(why, text);
	*answer = (struct exchange_answer){ .failure = failure, .text = text };
}

/* What both the first request and those after a redirect share. */
static void set_up(CURL *curl, const struct exchange_order *order, struct arrival *arrival)
{
	struct curl_slist *headers = NULL;

	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)order->connect);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)order->total);
	curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)order->most);
	curl_easy_setopt(curl, CURLOPT_PROXY, order->proxy ? order->proxy : "");
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "muster/" PACKAGE_VERSION);
	if (order->ca) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, order->ca);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, arrival);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, arrival);
	if (strcmp(order->method, "POST") == 0) {
		curl_easy_setopt(curl, CURLOPT_POST, 1L);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)order->body_size);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, order->body ? order->body : (void *)"");
		/* An old manner that only costs a second. */
		headers = curl_slist_append(headers, "Expect:");
	}
	for (size_t i = 0; i < order->header_count; i++)
		headers = curl_slist_append(headers, order->headers[i]);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
}

static bool same_part(CURLU *one, CURLU *other, CURLUPart part)
{
	char *a = NULL, *b = NULL;
	bool same = curl_url_get(one, part, &a, CURLU_DEFAULT_PORT) == CURLUE_OK &&
		    curl_url_get(other, part, &b, CURLU_DEFAULT_PORT) == CURLUE_OK &&
		    strcasecmp(a, b) == 0;

	curl_free(a);
	curl_free(b);
	return same;
}

/* The token in a header must go to no other server than the one it is for. */
static bool is_same_server(const char *url, const char *other)
{
	CURLU *one = curl_url(), *two = curl_url();
	bool same = curl_url_set(one, CURLUPART_URL, url, 0) == CURLUE_OK &&
		    curl_url_set(two, CURLUPART_URL, other, 0) == CURLUE_OK &&
		    same_part(one, two, CURLUPART_SCHEME) && same_part(one, two, CURLUPART_HOST) &&
		    same_part(one, two, CURLUPART_PORT);

	curl_url_cleanup(one);
	curl_url_cleanup(two);
	return same;
}

/* Tells where we were sent, without what may be a secret in it. */
static void fail_redirect(struct exchange_answer *answer, const char *url)
{
	static const CURLUPart secrets[] = { CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS,
					     CURLUPART_QUERY, CURLUPART_FRAGMENT };
	CURLU *parts = curl_url();
	char *shown = NULL;
	bool fine = parts && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK;

	for (size_t i = 0; fine && i < sizeof secrets / sizeof secrets[0]; i++)
		fine = curl_url_set(parts, secrets[i], NULL, 0) == CURLUE_OK;
	if (fine)
		curl_url_get(parts, CURLUPART_URL, &shown, 0);
	fail(answer, EXCHANGE_REDIRECT, shown ? shown : "to what is no address");
	curl_free(shown);
	curl_url_cleanup(parts);
}

/* Performs, and again while redirected within the order. Returns 0 with an answer's status and
 * body to be had of CURL, or -1 with ANSWER filled. */
static int perform(CURL *curl, const struct exchange_order *order, struct arrival *arrival,
		   struct exchange_answer *answer)
{
	static char text[CURL_ERROR_SIZE];
	char *url = strdup(order->url), *next = NULL;
	CURLcode code;

	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, text);
	for (unsigned followed = 0; url; followed++) {
		arrival->size = 0;
		curl_easy_setopt(curl, CURLOPT_URL, url);
		code = curl_easy_perform(curl);
		if (code != CURLE_OK) {
			fail(answer, failure_of(code, arrival),
			     text[0] ? text : curl_easy_strerror(code));
			return -1;
		}
		curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &next);
		if (!next)
			return 0;
		if (followed == order->redirects || strcmp(order->method, "GET") != 0 ||
		    !is_same_server(order->url, next)) {
			fail_redirect(answer, next);
			return -1;
		}
		url = strdup(next);
	}
	fail(answer, EXCHANGE_REFUSED, "no memory");
	return -1;
}

void transfer(const struct exchange_order *order, struct exchange_answer *ret_answer)
{
	struct arrival arrival = { .order = order };
	CURL *curl;
	long status = 0;

	if (order->ca && access(order->ca, R_OK) < 0) {
		fail(ret_answer, EXCHANGE_REFUSED, "the file of certificates cannot be read");
		return;
	}
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(curl = curl_easy_init())) {
		fail(ret_answer, EXCHANGE_REFUSED, "libcurl does not start");
		return;
	}
	set_up(curl, order, &arrival);
	if (perform(curl, order, &arrival, ret_answer) < 0)
		return;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	*ret_answer = (struct exchange_answer){
		.status = (unsigned)status,
		.body = arrival.body,
		.body_size = arrival.size,
	};
	for (size_t i = 0; i < WANTED; i++)
		if (arrival.headers[i])
			ret_answer->headers[ret_answer->header_count++] = arrival.headers[i];
}
