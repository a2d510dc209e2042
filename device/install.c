/* SPDX-License-Identifier: Apache-2.0 */
/* The step install.N: one configuration profile on the device. */
#include "device/install.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include "device/mcinstall_answer.h"
#include "device/patience.h"
#include "profiles/profile/profile.h"

struct installing {
	struct job *job;
	const struct plan_step *step;
	const char *bytes;
	size_t len;
	bool was_there; /* at the first look */
	bool sent;
};

static struct fault look(struct installing *installing, enum profile_presence *ret_presence)
{
	const struct plan_step *step = installing->step;
	plist_t list;
	struct fault fault = mcinstall_list(&installing->job->mcinstall, &list);

	if (fault_is_set(&fault))
		return fault;
	fault = mcinstall_find(list, step->argument, step->uuid, ret_presence);
	plist_free(list);
	return fault;
}

/* What it means that the device took the profile and does not list it. */
static struct fault not_yet(const struct installing *installing, enum profile_presence presence)
{
	if (!installing->job->in_setup)
		return fault_new(FAULT_APPROVAL_MISSED, "%s", installing->step->argument);
	return fault_new(presence == PROFILE_OTHER ? FAULT_PROFILE_DIFFERS : FAULT_PROFILE_MISSING,
			 "%s", installing->step->argument);
}

static struct fault attempt(void *subject)
{
	struct installing *installing = subject;
	enum profile_presence presence;
	struct fault fault = look(installing, &presence);

	if (fault_is_set(&fault))
		return fault;
	if (presence == PROFILE_THERE) {
		installing->was_there = !installing->sent;
		return fault_none();
	}
	if (installing->sent)
		return not_yet(installing, presence);
	fault = mcinstall_install(&installing->job->mcinstall, installing->bytes, installing->len);
	if (fault_is_set(&fault))
		return fault;
	installing->sent = true;
	fault = look(installing, &presence);
	if (fault_is_set(&fault) || presence == PROFILE_THERE)
		return fault;
	return not_yet(installing, presence);
}

/* Maps the profile. Gives host-trouble when FD holds none that could be sent. */
static struct fault map_profile(int fd, struct installing *installing)
{
	struct stat stat;
	void *bytes;

	if (fd < 0 || fstat(fd, &stat) < 0 || stat.st_size <= 0 || stat.st_size > PROFILE_SIZE_MAX)
		return fault_new(FAULT_HOST_TROUBLE, "the station gave no profile");
	bytes = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return fault_new(FAULT_HOST_TROUBLE, "the profile cannot be read");
	installing->bytes = bytes;
	installing->len = (size_t)stat.st_size;
	return fault_none();
}

struct fault install_run(struct job *job, const struct plan_step *step, int profile_fd,
			 bool *ret_was_so)
{
	struct installing installing = { .job = job, .step = step };
	struct fault fault = map_profile(profile_fd, &installing);

	if (fault_is_set(&fault))
		return fault;
	fault = with_patience(job->talk, attempt, &installing);
	munmap((void *)installing.bytes, installing.len);
	*ret_was_so = installing.was_there;
	return fault;
}
