/* SPDX-License-Identifier: Apache-2.0 */
/* The systems that profiles are for, and versions of them as numbers. */
#ifndef PROFILES_VALUES_PLATFORM_H
#define PROFILES_VALUES_PLATFORM_H

enum platform {
	PLATFORM_IOS, /* iPhone, iPad, iPod touch */
	PLATFORM_MACOS,
	PLATFORM_TVOS,
	PLATFORM_VISIONOS,
	PLATFORM_WATCHOS,
	PLATFORMS,
};

/* "ios", "macos" … as JSON has it; "iPhone and iPad", "Mac" … as a person reads it. */
const char *platform_to_text(enum platform platform);
const char *platform_devices(enum platform platform);

/* The platform of a ProductType, or of a pattern of them ("iPad*", "Mac14,2"); PLATFORMS when it
 * does not say. */
enum platform platform_of_product(const char *product);

/* Does TargetDeviceType TARGET name PLATFORM? 0 is any. */
int platform_is_target(enum platform platform, long long target);

/* The text of a version that a table holds as 100 × major + minor: 1602 is "16.2". Fills OUT and
 * returns it. */
#define PLATFORM_VERSION_MAX 16
const char *platform_version(short since, char out[static PLATFORM_VERSION_MAX]);

#endif
