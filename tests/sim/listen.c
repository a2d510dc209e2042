/* SPDX-License-Identifier: Apache-2.0 */
/* Listening sockets: TCP on an address, or a UNIX path. */
#define _GNU_SOURCE
#include "tests/sim/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

struct listener {
	int fd;
	sd_event_source *source;
	listener_accepted_t accepted;
	void *userdata;
	char *where;
	bool on_path; /* where is to be removed at the end */
};

static int listener_event(sd_event_source *source, int fd, uint32_t revents, void *userdata)
{
	struct listener *listener = userdata;
	int accepted = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)source;
	(void)revents;
	/* A connection that is gone already, or no descriptor left: the next one is tried again. */
	if (accepted >= 0)
		listener->accepted(listener->userdata, accepted);
	return 0;
}

/* Takes FD, bound, and WHERE, also on failure. */
static int listener_new(sd_event *event, int fd, char *where, struct listener **ret_listener)
{
	struct listener *listener = calloc(1, sizeof(*listener));
	int r = -ENOMEM;

	if (!listener) {
		close(fd);
		free(where);
		return -ENOMEM;
	}
	*listener = (struct listener){ .fd = fd, .where = where };
	if (where)
		r = listen(fd, SOMAXCONN) < 0 ? -errno : 0;
	if (r == 0)
		r = sd_event_add_io(event, &listener->source, fd, EPOLLIN, listener_event,
				    listener);
	if (r < 0) {
		listener_free(listener);
		return r;
	}
	*ret_listener = listener;
	return 0;
}

/* Splits "ADDRESS:PORT" and looks the address up; the caller frees it. */
static int tcp_resolve(const char *where, struct addrinfo **ret_address)
{
	const struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV,
					.ai_socktype = SOCK_STREAM };
	const char *colon = strrchr(where, ':');
	char host[64];
	int length;

	if (!colon || colon == where || !colon[1] || colon - where >= (int)sizeof(host))
		return -EINVAL;
	length = (int)(colon - where);
	if (where[0] == '[' && where[length - 1] == ']')
		snprintf(host, sizeof(host), "%.*s", length - 2, where + 1);
	else
		snprintf(host, sizeof(host), "%.*s", length, where);
	return getaddrinfo(host, colon + 1, &hints, ret_address) == 0 ? 0 : -EINVAL;
}

/* The address that FD is bound to, as text; NULL without memory. */
static char *tcp_where(int fd)
{
	struct sockaddr_storage bound = { 0 };
	socklen_t length = sizeof(bound);
	char host[NI_MAXHOST] = "";
	char port[NI_MAXSERV] = "";
	char *where = NULL;

	(void)getsockname(fd, (struct sockaddr *)&bound, &length);
	(void)getnameinfo((struct sockaddr *)&bound, length, host, sizeof(host), port, sizeof(port),
			  NI_NUMERICHOST | NI_NUMERICSERV);
	if (asprintf(&where, bound.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port) < 0)
		return NULL;
	return where;
}

int listen_tcp(sd_event *event, const char *where, listener_accepted_t accepted, void *userdata,
	       struct listener **ret_listener)
{
	struct addrinfo *address;
	int one = 1;
	int r = tcp_resolve(where, &address);
	int fd;

	if (r < 0)
		return r;
	fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (fd < 0 || bind(fd, address->ai_addr, address->ai_addrlen) < 0)
		r = -errno;
	freeaddrinfo(address);
	if (r < 0) {
		if (fd >= 0)
			close(fd);
		return r;
	}
	r = listener_new(event, fd, tcp_where(fd), ret_listener);
	if (r < 0)
		return r;
	(*ret_listener)->accepted = accepted;
	(*ret_listener)->userdata = userdata;
	return 0;
}

/* Whether nobody listens at ADDRESS, though a socket is there. */
static bool unix_dead(const struct sockaddr_un *address)
{
	struct stat status;
	int fd;
	bool dead;

	if (lstat(address->sun_path, &status) < 0 || !S_ISSOCK(status.st_mode))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return false;
	dead = connect(fd, (const struct sockaddr *)address, sizeof(*address)) < 0 &&
	       errno == ECONNREFUSED;
	close(fd);
	return dead;
}

static int unix_bind(int fd, const struct sockaddr_un *address)
{
	const struct sockaddr *to = (const struct sockaddr *)address;

	if (bind(fd, to, sizeof(*address)) == 0)
		return 0;
	if (errno != EADDRINUSE || !unix_dead(address))
		return -errno;
	if (unlink(address->sun_path) < 0 || bind(fd, to, sizeof(*address)) < 0)
		return -errno;
	return 0;
}

int listen_unix(sd_event *event, const char *path, listener_accepted_t accepted, void *userdata,
		struct listener **ret_listener)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;
	int r;

	if (strlen(path) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	r = unix_bind(fd, &address);
	if (r < 0) {
		close(fd);
		return r;
	}
	r = listener_new(event, fd, strdup(path), ret_listener);
	if (r < 0)
		return r;
	(*ret_listener)->accepted = accepted;
	(*ret_listener)->userdata = userdata;
	(*ret_listener)->on_path = true;
	return 0;
}

const char *listener_where(const struct listener *listener)
{
	return listener->where;
}

void listener_free(struct listener *listener)
{
	if (!listener)
		return;
	sd_event_source_disable_unref(listener->source);
	close(listener->fd);
	if (listener->on_path)
		(void)unlink(listener->where);
	free(listener->where);
	free(listener);
}
