/* SPDX-License-Identifier: Apache-2.0 */
/* The worker's plan, its patience with persons, its end of the conversation, and its TLS witness.
 */
#include "device/conversation.h"

#include <errno.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "device/patience.h"
#include "device/plan.h"
#include "device/tls_witness.h"
#include "tests/unit/tap.h"

static int add(struct plan *plan, enum step_kind kind, unsigned ordinal)
{
	return plan_add(plan, &(struct plan_step){ .id = { kind, ordinal } });
}

static void test_plan(void)
{
	struct plan plan = { 0 };

	ok(!plan_is_whole(&plan), "an empty plan is none");
	is_number(add(&plan, STEP_NAME, 1), -EPROTO, "a plan begins with pair");
	is_number(add(&plan, STEP_PAIR, 1), 0, "which is taken");
	ok(plan_is_whole(&plan), "and makes a plan");
	is_number(add(&plan, STEP_PAIR, 1), -EPROTO, "once");
	is_number(add(&plan, STEP_INSTALL, 1), 0, "a profile");
	is_number(add(&plan, STEP_INSTALL, 1), -EPROTO, "not the same again");
	is_number(add(&plan, STEP_INSTALL, 2), 0, "a second");
	is_number(add(&plan, STEP_VERIFY, 1), 0, "then verify");
	is_number(add(&plan, STEP_NAME, 1), -EPROTO, "which is the last");
	is_number(plan.count, 4, "four steps are planned");
	plan = (struct plan){ 0 };
	add(&plan, STEP_PAIR, 1);
	for (unsigned i = 1; i < STEPS_MAX; i++)
		add(&plan, STEP_INSTALL, i);
	is_number(add(&plan, STEP_VERIFY, 1), -EPROTO, "a plan has room for so many steps only");
}

/* Faults to be had one after another. */
struct tries {
	const enum fault_kind *kinds;
	unsigned next;
};

static struct fault next_try(void *subject)
{
	struct tries *tries = subject;

	return (struct fault){ .kind = tries->kinds[tries->next++] };
}

/* Everything said on SOCKET until now, in one line. */
static const char *heard(int socket)
{
	static char line[RECORD_MAX];
	struct record record;
	int fd;

	line[0] = '\0';
	while (record_receive(socket, &record, &fd) == 1)
		for (size_t i = 0; i < record.count; i++)
			snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s",
				 record.word[i], i + 1 < record.count ? " " : ";");
	return line;
}

static void test_patience(struct conversation *talk, int station)
{
	static const enum fault_kind at_once[] = { FAULT_NONE };
	static const enum fault_kind changes[] = { FAULT_TRUST_MISSED, FAULT_PASSCODE_LOCKED,
						   FAULT_NONE };
	static const enum fault_kind denied[] = { FAULT_APPROVAL_MISSED, FAULT_TRUST_DENIED };
	struct fault fault;

	fault = with_patience(talk, next_try, &(struct tries){ .kinds = at_once });
	ok(!fault_is_set(&fault), "what works is not waited for");
	is_string(heard(station), "", "and nothing is said");
	fault = with_patience(talk, next_try, &(struct tries){ .kinds = changes });
	ok(!fault_is_set(&fault), "persons are waited for");
	is_string(heard(station), "wait trust;waited trust;wait passcode;waited passcode;",
		  "each with its own word");
	fault = with_patience(talk, next_try, &(struct tries){ .kinds = denied });
	ok(fault.kind == FAULT_TRUST_DENIED, "another fault ends the waiting");
	is_string(heard(station), "wait approval;", "and nobody is said to have acted");
}

static void test_saying(struct conversation *talk, int station)
{
	struct fault fault = fault_new(FAULT_PROFILE_REFUSED, "no");

	fault_add_link(&fault, "D", 1, "outer");
	fault_add_link(&fault, "D", 2, "inner");
	say_fault(talk, &fault);
	is_string(heard(station), "chain D 1 outer;chain D 2 inner;fault profile-refused   0 no;",
		  "a fault comes after its chain, each link once");
	say_note(talk, NOTE_NAME, "a\nb");
	is_string(heard(station), "note name a b;", "a note is cleaned");
	say_ended(talk, TALK_ALREADY, (struct step_id){ STEP_NAME, 1 });
	is_string(heard(station), "already name verified;", "a step ends verified");
	say_verb(talk, TALK_END);
	is_string(heard(station), "end;", "and the job ends");
}

/* What becomes of a worker that waits when the station says ORDER (NULL: goes away): its exit
 * status. */
static int exit_after(const struct order *order)
{
	int pair[2], status = -1;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -1;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		close(pair[0]);
		if (!freopen("/dev/null", "w", stderr))
			_exit(97);
		conversation_pause(&(struct conversation){ pair[1] }, 30000);
		_exit(98);
	}
	close(pair[1]);
	if (order)
		order_send(pair[0], order, -1);
	else
		close(pair[0]);
	waitpid(pid, &status, 0);
	if (order)
		close(pair[0]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_ends(void)
{
	is_number(exit_after(&(struct order){ .verb = ORDER_STOP }), 0, "stop ends a pause");
	is_number(exit_after(NULL), 1, "so does a station that is gone");
	is_number(exit_after(&(struct order){ .verb = ORDER_START }), 1,
		  "and a word out of its turn");
}

/* Both ends of a handshake in memory, as far as it goes. */
static void shake_hands(SSL *client, SSL *server)
{
	for (int i = 0; i < 10; i++) {
		SSL_do_handshake(client);
		SSL_do_handshake(server);
	}
}

static void test_witness(void)
{
	struct tls_witness *witness = tls_witness_new();
	SSL_CTX *client_tls = SSL_CTX_new(TLS_client_method());
	SSL_CTX *server_tls = SSL_CTX_new(TLS_server_method());
	BIO *one, *other;
	SSL *client, *server;
	unsigned before;

	/* Without a certificate: enough for a handshake, if not for the world. */
	SSL_CTX_set_security_level(client_tls, 0);
	SSL_CTX_set_security_level(server_tls, 0);
	SSL_CTX_set_max_proto_version(client_tls, TLS1_2_VERSION);
	SSL_CTX_set_cipher_list(client_tls, "aNULL");
	SSL_CTX_set_cipher_list(server_tls, "aNULL");
	SSL_CTX_set_dh_auto(server_tls, 1);

	server = SSL_new(server_tls);
	before = tls_witness_count(witness);
	ok(!tls_witness_saw(witness, before), "what was there before is not seen");
	client = SSL_new(client_tls);
	ok(tls_witness_count(witness) == before + 1, "a new connection is counted");
	ok(!tls_witness_saw(witness, before), "it is not private before its handshake");
	BIO_new_bio_pair(&one, 0, &other, 0);
	SSL_set_bio(client, one, one);
	SSL_set_bio(server, other, other);
	SSL_set_connect_state(client);
	SSL_set_accept_state(server);
	shake_hands(client, server);
	ok(tls_witness_saw(witness, before), "and is after it");
	ok(!tls_witness_saw(witness, before + 1), "for those who ask about it");
	SSL_free(client);
	ok(!tls_witness_saw(witness, before), "one that is gone is not private");
	SSL_free(server);
	SSL_CTX_free(client_tls);
	SSL_CTX_free(server_tls);
	tls_witness_free(witness);
	tls_witness_free(NULL);
}

int main(void)
{
	int pair[2];
	struct conversation talk;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return 1;
	talk.socket = pair[1];
	/* The station's end does not wait: what was said is there. */
	if (setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){ .tv_usec = 1000 },
		       sizeof(struct timeval)) < 0)
		return 1;
	test_plan();
	test_patience(&talk, pair[0]);
	test_saying(&talk, pair[0]);
	test_ends();
	test_witness();
	return tap_done();
}
