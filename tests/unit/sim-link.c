/* SPDX-License-Identifier: Apache-2.0 */
/* A host's connection to a service of a simulated device, in the clear or in TLS, for tests. */
#include "tests/unit/sim-link.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/sim/channel.h"
#include "tests/sim/decode.h"

struct link link_open(struct sim *sim, uint32_t handle, uint16_t port)
{
	signal(SIGPIPE, SIG_IGN); /* OpenSSL writes to a device that has hung up */
	return (struct link){ .sim = sim, .fd = sim_connect_port(sim, handle, port) };
}

void link_close(struct link *link)
{
	SSL_free(link->ssl);
	if (link->fd >= 0)
		close(link->fd);
	*link = (struct link){ .fd = -1 };
}

/* One call of OpenSSL that may have to be made again. */
struct attempt {
	SSL *ssl;
	int (*call)(SSL *ssl, void *bytes, int len);
	void *bytes;
	int len;
	int result; /* above 0: well */
};

static bool attempt_over(void *of)
{
	struct attempt *attempt = of;
	int why;

	ERR_clear_error();
	attempt->result = attempt->call(attempt->ssl, attempt->bytes, attempt->len);
	if (attempt->result > 0)
		return true;
	why = SSL_get_error(attempt->ssl, attempt->result);
	return why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE;
}

static int connect_call(SSL *ssl, void *bytes, int len)
{
	(void)bytes;
	(void)len;
	return SSL_connect(ssl);
}

static int write_call(SSL *ssl, void *bytes, int len)
{
	return SSL_write(ssl, bytes, len);
}

/* 0 is "sent, not yet received", which is no failure. */
static int shutdown_call(SSL *ssl, void *bytes, int len)
{
	int r = SSL_shutdown(ssl);

	(void)bytes;
	(void)len;
	return r == 0 ? SSL_shutdown(ssl) : r;
}

static int attempt(struct link *link, int (*call)(SSL *, void *, int), void *bytes, int len)
{
	struct attempt attempt = { .ssl = link->ssl, .call = call, .bytes = bytes, .len = len };

	return sim_wait(link->sim, attempt_over, &attempt) ? attempt.result : -1;
}

bool link_tls(struct link *link, X509 *certificate, EVP_PKEY *key)
{
	SSL_CTX *client = SSL_CTX_new(TLS_client_method());

	if (certificate) {
		SSL_CTX_use_certificate(client, certificate);
		SSL_CTX_use_PrivateKey(client, key);
	}
	link->ssl = SSL_new(client);
	SSL_CTX_free(client);
	SSL_set_fd(link->ssl, link->fd);
	return attempt(link, connect_call, NULL, 0) > 0;
}

bool link_clear(struct link *link)
{
	bool done = attempt(link, shutdown_call, NULL, 0) > 0;

	SSL_free(link->ssl);
	link->ssl = NULL;
	return done;
}

bool link_send(struct link *link, plist_t message)
{
	char *text = NULL, *whole;
	uint32_t len = 0, prefix;
	int written;

	if (!link->ssl) {
		service_send(link->fd, message, false);
		return true;
	}
	plist_to_xml(message, &text, &len);
	plist_free(message);
	whole = malloc(sizeof(prefix) + len);
	prefix = htonl(len);
	memcpy(whole, &prefix, sizeof(prefix));
	memcpy(whole + sizeof(prefix), text, len);
	written = attempt(link, write_call, whole, (int)(sizeof(prefix) + len));
	free(whole);
	free(text);
	return written > 0;
}

static int read_call(SSL *ssl, void *bytes, int len)
{
	return SSL_read(ssl, bytes, len);
}

bool link_read(struct link *link, void *to, size_t len)
{
	unsigned char *at = to;

	if (!link->ssl)
		return sim_read(link->sim, link->fd, to, len);
	while (len > 0) {
		int got = attempt(link, read_call, at, (int)len);

		if (got <= 0)
			return false;
		at += got;
		len -= (size_t)got;
	}
	return true;
}

plist_t link_receive(struct link *link)
{
	uint32_t prefix;
	plist_t message = NULL;
	char *text;

	if (!link_read(link, &prefix, sizeof(prefix)))
		return NULL;
	prefix = ntohl(prefix);
	text = malloc(prefix + 1);
	if (link_read(link, text, prefix))
		message = decode_plist(text, prefix, NULL);
	free(text);
	return message;
}

plist_t link_ask(struct link *link, plist_t message)
{
	if (link->fd < 0 || !link_send(link, message))
		return NULL;
	return link_receive(link);
}

plist_t lockdown_request(const char *name)
{
	plist_t request = plist_new_dict();

	plist_dict_set_item(request, "Label", plist_new_string("test"));
	plist_dict_set_item(request, "ProtocolVersion", plist_new_string("2"));
	plist_dict_set_item(request, "Request", plist_new_string(name));
	return request;
}

const char *lockdown_error(struct link *link, plist_t request)
{
	static char error[64];
	plist_t answer = link_ask(link, request);
	const char *text = answer ? text_of(answer, "Error") : "closed";

	memccpy(error, text, '\0', sizeof(error) - 1);
	plist_free(answer);
	return error;
}

struct link link_session(struct sim *sim, uint32_t handle, const struct host *host)
{
	struct link link = link_open(sim, handle, LOCKDOWN_PORT);
	plist_t request = lockdown_request("Pair");

	plist_dict_set_item(request, "PairRecord", host_record(host));
	if (lockdown_error(&link, request)[0] != '\0')
		link_close(&link);
	request = lockdown_request("StartSession");
	plist_dict_set_item(request, "HostID", plist_new_string(host->id));
	if (link.fd < 0 || lockdown_error(&link, request)[0] != '\0' ||
	    !link_tls(&link, host->host, host->key))
		link_close(&link);
	return link;
}

struct link link_service(struct link *session, uint32_t handle, const char *name,
			 const struct host *host)
{
	plist_t request = lockdown_request("StartService");
	struct link link = { .fd = -1 };
	plist_t answer;
	long long port;

	plist_dict_set_item(request, "Service", plist_new_string(name));
	answer = link_ask(session, request);
	port = number_of(answer, "Port");
	if (port > 0)
		link = link_open(session->sim, handle, (uint16_t)port);
	if (link.fd >= 0 && dict_true(answer, "EnableServiceSSL") &&
	    !link_tls(&link, host->root, host->key))
		link_close(&link);
	plist_free(answer);
	return link;
}
