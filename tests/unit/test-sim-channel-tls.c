/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of a connection to a simulated device: TLS that comes and goes. */
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/bench.h"
#include "tests/sim/certificate.h"
#include "tests/sim/phone.h"
#include "tests/unit/sim-echo.h"
#include "tests/unit/sim-keys.h"
#include "tests/unit/sim-secret.h"
#include "tests/unit/tap.h"

/* Makes the phone trust HOST. */
static struct host trusted_host(struct phone *phone)
{
	plist_t key = identity_public_key(phone->identity);
	struct host host = host_new("A", key);

	phone->pairings = calloc(1, sizeof(*phone->pairings));
	phone->pairings->host_id = strdup(host.id);
	phone->pairings->system_buid = strdup("B");
	phone->pairings->root_certificate = new_pem_node(host.root);
	phone->pairings->host_certificate = new_pem_node(host.host);
	plist_free(key);
	return host;
}

static void test_tls_in_mid_stream(int version, bool good_bye)
{
	struct sim sim;
	int fd = echo_begin(&sim, false);
	struct host host = trusted_host(sim.bench->phones);
	struct secret secret;

	for (int i = 0; i < 2; i++) {
		service_send(fd, echo_request("start"), false);
		is_reply(&sim, fd, "start");
		ok(secret_connect(&secret, &sim, fd, &host, version), "TLS %x is made", version);
		ok(secret_ask(&secret, "echo"), "a request in secret");
		ok(seen.has_tls && seen.certificate_known, "the service knows it is, and by whom");
		ok(secret_ask(&secret, "stop"), "it is stopped behind a reply");
		if (good_bye)
			SSL_shutdown(secret.ssl);
		/* The device's good-bye is TLS too; the host reads it before it goes on. */
		sim_wait(&sim, all_done, &sim);
		ok(!secret_read(&secret, &(char){ 0 }, 1), "the device says good-bye");
		secret_free(&secret);
		service_send(fd, echo_request("clear"), false);
		is_reply(&sim, fd, "clear");
		ok(!seen.has_tls && !seen.certificate_known, "in clear text again");
	}
	host_done(&host);
	echo_end(&sim, fd);
}

static void test_tls_from_the_start(void)
{
	struct sim sim;
	int fd = echo_begin(&sim, true);
	struct host host = trusted_host(sim.bench->phones);
	struct secret secret;

	ok(secret_connect(&secret, &sim, fd, &host, TLS1_3_VERSION), "TLS from the first byte");
	ok(secret_ask(&secret, "echo"), "a request in secret");
	SSL_shutdown(secret.ssl);
	ok(!secret_read(&secret, &(char){ 0 }, 1), "good-bye is answered");
	ok(sim_closed(&sim, fd), "and the connection closed");
	secret_free(&secret);
	host_done(&host);
	echo_end(&sim, fd);
}

static void test_tls_refused(void)
{
	struct sim sim;
	int fd = echo_begin(&sim, true);
	struct host host = trusted_host(sim.bench->phones);
	struct host stranger = host_new(
		"S", plist_dict_get_item(plist_dict_get_item(sim.bench->phones->values, ""),
					 "DevicePublicKey"));
	struct secret secret;

	secret_connect(&secret, &sim, fd, &stranger, TLS1_2_VERSION);
	ok(!secret_ask(&secret, "echo"), "a host that is not trusted is not served");
	is_number(seen.requests, 0, "nothing of it reaches the service");
	secret_free(&secret);
	host_done(&stranger);
	host_done(&host);
	echo_end(&sim, fd);

	fd = echo_begin(&sim, true);
	service_send(fd, echo_request("echo"), false);
	is_number(seen.requests, 0, "clear text where TLS should be is not served");
	sim_wait(&sim, all_done, &sim);
	is_number(seen.closed, 1, "but ends the connection");
	echo_end(&sim, fd);
}

int main(void)
{
	test_tls_in_mid_stream(TLS1_VERSION, true);
	test_tls_in_mid_stream(TLS1_2_VERSION, false);
	test_tls_in_mid_stream(TLS1_3_VERSION, true);
	test_tls_from_the_start();
	test_tls_refused();
	return tap_done();
}
