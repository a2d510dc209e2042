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

/* A queue of no length still takes one or two. */
#define CROWD_MAX 4

struct listener {
	sd_event *event;
	int fd; /* -1: closed */
	sd_event_source *source;
	listener_accepted_t accepted;
	void *userdata;
	char *where;
	bool on_path; /* where is a path, to be removed at the end */
	int crowd[CROWD_MAX];
	unsigned crowd_count;
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

/* A socket bound to "ADDRESS:PORT". Returns it or a negative errno. */
static int tcp_bind(const char *where)
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
	if (r == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return r;
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

/* Returns 0, or -ENAMETOOLONG. */
static int unix_address(const char *path, struct sockaddr_un *ret_address)
{
	if (strlen(path) >= sizeof(ret_address->sun_path))
		return -ENAMETOOLONG;
	*ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	strcpy(ret_address->sun_path, path);
	return 0;
}

static int unix_name(int fd, const struct sockaddr_un *address)
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

/* A socket bound to PATH. Returns it or a negative errno. */
static int unix_bind(const char *path)
{
	struct sockaddr_un address;
	int r = unix_address(path, &address);
	int fd;

	if (r < 0)
		return r;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	r = unix_name(fd, &address);
	if (r == 0)
		return fd;
	close(fd);
	return r;
}

static void crowd_leave(struct listener *listener)
{
	while (listener->crowd_count)
		close(listener->crowd[--listener->crowd_count]);
}

void listener_close(struct listener *listener)
{
	crowd_leave(listener);
	listener->source = sd_event_source_disable_unref(listener->source);
	if (listener->fd < 0)
		return;
	close(listener->fd);
	listener->fd = -1;
	if (listener->on_path)
		(void)unlink(listener->where);
}

/* One more in the queue. False: it is full. */
static bool crowd_grow(struct listener *listener, const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return false;
	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) < 0) {
		close(fd);
		return false;
	}
	listener->crowd[listener->crowd_count++] = fd;
	return true;
}

void listener_crowd(struct listener *listener)
{
	struct sockaddr_un address;

	if (!listener->on_path || listener->fd < 0 || unix_address(listener->where, &address) < 0) {
		listener_close(listener);
		return;
	}
	(void)sd_event_source_set_enabled(listener->source, SD_EVENT_OFF);
	(void)listen(listener->fd, 0);
	while (listener->crowd_count < CROWD_MAX && crowd_grow(listener, &address))
		;
}

int listener_open(struct listener *listener)
{
	int r;

	if (listener->fd >= 0) {
		crowd_leave(listener);
		(void)listen(listener->fd, SOMAXCONN);
		return sd_event_source_set_enabled(listener->source, SD_EVENT_ON);
	}
	r = listener->on_path ? unix_bind(listener->where) : tcp_bind(listener->where);
	if (r < 0)
		return r;
	listener->fd = r;
	if (listen(listener->fd, SOMAXCONN) < 0)
		return -errno;
	return sd_event_add_io(listener->event, &listener->source, listener->fd, EPOLLIN,
			       listener_event, listener);
}

static int listener_new(sd_event *event, const char *where, bool on_path,
			listener_accepted_t accepted, struct listener **ret_listener)
{
	struct listener *listener = calloc(1, sizeof(*listener));
	int r = -ENOMEM;

	if (!listener)
		return -ENOMEM;
	*listener = (struct listener){ .event = sd_event_ref(event),
				       .fd = -1,
				       .accepted = accepted,
				       .where = strdup(where),
				       .on_path = on_path };
	if (listener->where)
		r = listener_open(listener);
	if (r < 0) {
		listener_free(listener);
		return r;
	}
	*ret_listener = listener;
	return 0;
}

int listen_tcp(sd_event *event, const char *where, listener_accepted_t accepted, void *userdata,
	       struct listener **ret_listener)
{
	struct listener *listener;
	char *bound;
	int r = listener_new(event, where, false, accepted, &listener);

	if (r < 0)
		return r;
	/* With the port that port 0 has become, which it keeps. */
	bound = tcp_where(listener->fd);
	if (!bound) {
		listener_free(listener);
		return -ENOMEM;
	}
	free(listener->where);
	listener->where = bound;
	listener->userdata = userdata;
	*ret_listener = listener;
	return 0;
}

int listen_unix(sd_event *event, const char *path, listener_accepted_t accepted, void *userdata,
		struct listener **ret_listener)
{
	int r = listener_new(event, path, true, accepted, ret_listener);

	if (r == 0)
		(*ret_listener)->userdata = userdata;
	return r;
}

const char *listener_where(const struct listener *listener)
{
	return listener->where;
}

void listener_free(struct listener *listener)
{
	if (!listener)
		return;
	listener_close(listener);
	sd_event_unref(listener->event);
	free(listener->where);
	free(listener);
}
