/* SPDX-License-Identifier: Apache-2.0 */
/* Gates and worker processes: opened, started, told, ended. */
#include "station/bench/workers.h"

#include <inttypes.h>
#include <string.h>

#include "station/tools/clock.h"

/* When it cannot be told it is gone, or about to be ended: then every device leaves, and its job
 * goes on when there is another muster-mux. */
static void tell_mux(struct slot *slot, const struct mux_order *order)
{
	int r = muxlink_tell(slot->station->mux, order);
	struct log_about about = slot_about(slot);

	if (r < 0)
		log_line(LEVEL_WARN, &about, "muster-mux cannot be told: %s", strerror(-r));
}

void slot_open_gate(struct slot *slot)
{
	slot->gate = ++slot->station->gates;
	slot->worked_handle = slot->handle;
	tell_mux(slot, &(struct mux_order){ .verb = MUX_OPEN,
					    .key = slot->gate,
					    .handle = slot->handle,
					    .udid = slot->board->udid });
}

void slot_close_gate(struct slot *slot)
{
	struct mux_order order = { .verb = MUX_CLOSE, .key = slot->gate };

	if (slot->gate == 0)
		return;
	slot->gate = 0;
	tell_mux(slot, &order);
}

/* For benchmarks (doc/station.md, "Two sources"): how long it took from the first news of the
 * device.
 */
static void trace_start(const struct slot *slot)
{
	struct log_about about = slot_about(slot);
	uint64_t now = clock_monotonic_usec();

	if (slot->seen_usec != 0)
		log_line(LEVEL_DEBUG, &about, "worker started %" PRIu64 " us after its uevent",
			 now - slot->seen_usec);
	log_line(LEVEL_DEBUG, &about, "worker started %" PRIu64 " us after usbmuxd showed it",
		 now - slot->reached_usec);
}

int slot_start_worker(struct slot *slot)
{
	struct station *station = slot->station;
	struct log_about about = slot_about(slot);
	int r;

	slot->job = (struct job){ 0 };
	slot->lost = slot->left = slot->pulled = slot->put_off = false;
	slot->condemned = fault_none();
	slot->attachment_no++;
	r = worker_start(station->event, station->options->worker, slot->gate_path, &about,
			 station->listener, slot, &slot->worker);
	if (r < 0)
		return r;
	trace_start(slot);
	tell_mux(slot, &(struct mux_order){ .verb = MUX_ADMIT,
					    .key = slot->gate,
					    .pid = worker_pid(slot->worker) });
	return 0;
}

void slot_tell_stop(struct slot *slot)
{
	/* One that does not listen is killed when its time is over. */
	worker_tell(slot->worker, &(struct order){ .verb = ORDER_STOP }, -1);
	slot->job.told_to_stop = true;
}
