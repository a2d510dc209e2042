/* SPDX-License-Identifier: Apache-2.0 */
/* The systems that profiles are for, and versions of them as numbers. */
#include "profiles/values/platform.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *text, *devices;
} platforms[PLATFORMS] = {
	[PLATFORM_IOS] = { "ios", "iPhone and iPad" },
	[PLATFORM_MACOS] = { "macos", "Mac" },
	[PLATFORM_TVOS] = { "tvos", "Apple TV" },
	[PLATFORM_VISIONOS] = { "visionos", "Vision Pro" },
	[PLATFORM_WATCHOS] = { "watchos", "Apple Watch" },
};

const char *platform_to_text(enum platform platform)
{
	return platforms[platform].text;
}

const char *platform_devices(enum platform platform)
{
	return platforms[platform].devices;
}

enum platform platform_of_product(const char *product)
{
	static const struct {
		const char *prefix;
		enum platform platform;
	} rows[] = {
		{ "iPhone", PLATFORM_IOS },
		{ "iPad", PLATFORM_IOS },
		{ "iPod", PLATFORM_IOS },
		{ "Mac", PLATFORM_MACOS },
		{ "iMac", PLATFORM_MACOS },
		{ "AppleTV", PLATFORM_TVOS },
		{ "RealityDevice", PLATFORM_VISIONOS },
		{ "Watch", PLATFORM_WATCHOS },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strncmp(product, rows[i].prefix, strlen(rows[i].prefix)) == 0)
			return rows[i].platform;
	return PLATFORMS;
}

int platform_is_target(enum platform platform, long long target)
{
	/* By the numbers of TargetDeviceType; 3 is HomePod, which has no row here. */
	static const enum platform targets[] = {
		PLATFORMS,     PLATFORM_IOS,   PLATFORM_WATCHOS,  PLATFORMS,
		PLATFORM_TVOS, PLATFORM_MACOS, PLATFORM_VISIONOS,
	};

	if (target == 0)
		return 1;
	return target > 0 && target < (long long)(sizeof targets / sizeof targets[0]) &&
	       targets[target] == platform;
}

const char *platform_version(short since, char out[static PLATFORM_VERSION_MAX])
{
	snprintf(out, PLATFORM_VERSION_MAX, "%d.%d", since / 100, since % 100);
	return out;
}
