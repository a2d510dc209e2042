/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of usbmuxd's health: every state with every news, and restarts over time. */
#include "station/rules/health.h"

#include "tests/unit/tap.h"

#define MINUTE 60000LL

static const struct {
	bool hung, broken; /* before */
	enum health_news news;
	enum health_deed deed;
	bool now_hung, now_broken;
} rows[] = {
	{ false, false, HEALTH_HUNG, HEALTH_RESTART, true, false },
	{ false, false, HEALTH_AWAKE, HEALTH_NOTHING, false, false },
	{ false, false, HEALTH_IDLE, HEALTH_NOTHING, false, false },
	{ false, false, HEALTH_LOST, HEALTH_NOTHING, false, true },
	{ false, false, HEALTH_BACK, HEALTH_NOTHING, false, false },
	{ false, false, HEALTH_BLIND, HEALTH_NOTHING, false, false },

	{ true, false, HEALTH_HUNG, HEALTH_NOTHING, true, false },
	{ true, false, HEALTH_AWAKE, HEALTH_SAY_AWAKE, false, false },
	{ true, false, HEALTH_IDLE, HEALTH_NOTHING, false, true },
	{ true, false, HEALTH_LOST, HEALTH_NOTHING, false, true },
	{ true, false, HEALTH_BACK, HEALTH_SAY_COUNT, false, false },
	{ true, false, HEALTH_BLIND, HEALTH_NOTHING, false, false },

	{ false, true, HEALTH_HUNG, HEALTH_RESTART, true, true },
	{ false, true, HEALTH_AWAKE, HEALTH_NOTHING, false, true },
	{ false, true, HEALTH_IDLE, HEALTH_NOTHING, false, true },
	{ false, true, HEALTH_LOST, HEALTH_NOTHING, false, true },
	{ false, true, HEALTH_BACK, HEALTH_SAY_COUNT, false, false },
	{ false, true, HEALTH_BLIND, HEALTH_NOTHING, false, false },
};

static void test_rows(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct health health = { .hung = rows[i].hung, .broken = rows[i].broken };
		enum health_deed deed = health_hear(&health, rows[i].news, 1000);

		ok(deed == rows[i].deed && health.hung == rows[i].now_hung &&
			   health.broken == rows[i].now_broken,
		   "%s%s usbmuxd, news %d: deed %d", rows[i].hung ? "a hung" : "a",
		   rows[i].broken ? " broken" : "", rows[i].news, deed);
	}
}

/* It goes away under devices, and comes back. */
static enum health_deed restart(struct health *health, msec_t now)
{
	(void)health_hear(health, HEALTH_LOST, now - 1);
	return health_hear(health, HEALTH_BACK, now);
}

static void test_restarts(void)
{
	struct health health = { 0 };

	for (unsigned i = 1; i <= HEALTH_RESTARTS_MAX; i++)
		ok(restart(&health, i * MINUTE) == HEALTH_SAY_COUNT, "restart %u", i);
	is_number(restart(&health, 4 * MINUTE), HEALTH_NAME_LAST, "the fourth is one too many");
	is_number(restart(&health, 5 * MINUTE), HEALTH_NAME_LAST, "so is each that follows");
	is_number(restart(&health, 5 * MINUTE), HEALTH_NAME_LAST, "also at the same moment");
	is_number(health.count, HEALTH_RESTARTS_MAX + 1, "no more are kept than matter");
	is_number(restart(&health, 5 * MINUTE + HEALTH_WINDOW + 1), HEALTH_SAY_COUNT,
		  "after a quiet time it begins anew");
	is_number(health.count, 1, "with the one");
}

static void test_window(void)
{
	struct health health = { 0 };

	/* Every four minutes: never four within ten. */
	for (unsigned i = 1; i <= 12; i++)
		ok(restart(&health, i * 4 * MINUTE) == HEALTH_SAY_COUNT && health.count <= 3,
		   "restart %u of a slow row", i);
	/* The oldest of four is exactly as old as the window. */
	health = (struct health){ 0 };
	restart(&health, 0);
	restart(&health, 1);
	restart(&health, 2);
	is_number(restart(&health, HEALTH_WINDOW), HEALTH_NAME_LAST, "the edge is within");
}

static void test_idle(void)
{
	struct health health = { 0 };

	for (unsigned i = 1; i <= 9; i++) {
		(void)health_hear(&health, HEALTH_IDLE, i);
		ok(health_hear(&health, HEALTH_BACK, i) == HEALTH_NOTHING && health.count == 0,
		   "one that ends with its last device is not broken");
	}
}

static void test_doubt(void)
{
	ok(health_is_doubtful(FAULT_LINK_REFUSED) && health_is_doubtful(FAULT_ANSWER_LATE) &&
		   health_is_doubtful(FAULT_DEADLINE),
	   "what is late may be usbmuxd's fault");
	ok(!health_is_doubtful(FAULT_TRUST_DENIED) && !health_is_doubtful(FAULT_PROFILE_REFUSED) &&
		   !health_is_doubtful(FAULT_NONE),
	   "what the device says is not");
}

int main(void)
{
	test_rows();
	test_restarts();
	test_window();
	test_idle();
	test_doubt();
	return tap_done();
}
