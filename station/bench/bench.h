/* SPDX-License-Identifier: Apache-2.0 */
/* The bench: the station and its slots, and what is looked up in them. For this folder and the
 * files of the folder above. */
#ifndef STATION_BENCH_BENCH_H
#define STATION_BENCH_BENCH_H

#include "station/bench/options.h"
#include "station/ledger/ledger.h"
#include "station/rules/arrivals.h"
#include "station/rules/board.h"
#include "station/rules/event.h"
#include "station/rules/health.h"
#include "station/rules/job.h"
#include "station/rules/slot.h"
#include "station/rules/tally.h"
#include "station/tools/http.h"
#include "station/tools/log.h"
#include "station/tools/muxlink.h"
#include "station/tools/pair_keys.h"
#include "station/tools/refresher.h"
#include "station/tools/view_pipe.h"
#include "station/tools/watch_child.h"
#include "station/tools/worker.h"

struct pending;
struct usb_link;

/* One slot of the bench; what faces see of it is in `board`. */
struct slot {
	struct station *station;
	struct board_slot *board;
	bool changed; /* since it was pushed */
	sd_event_source *state_timer, *warn_timer, *kill_timer;

	/* Where it is: a port that a person can point at keeps its row of the board and its name.
	 */
	bool placed;
	/* The device in it, as the sources of arrivals tell; NULL none. One that was unplugged
	 * stays for as long as it may come back to its port. */
	const struct arrival *arrival;
	msec_t came_at;	       /* monotonic: when it was first heard of, in this plug */
	uint64_t seen_usec;    /* the same by udev, 0 when udev says nothing of it */
	uint64_t reached_usec; /* by usbmuxd */
	unsigned speed;	       /* in Mbit/s; 0 unknown */
	bool vacated;	       /* for another slot: what the bus shows in it is seen at the next
				* commit */
	msec_t reset_at;       /* monotonic: when a reset of its port was asked for; 0 never */

	/* The device as the mux knows it. */
	bool present;
	bool network;
	uint32_t handle;       /* while present */
	struct udid last_udid; /* whose slot this is, also while it is empty */
	msec_t left_at;	       /* monotonic: when a device left it last; 0 never */
	uint64_t arrived;      /* its place in the queue */

	/* The job, while board->job or a worker is there. */
	const struct blueprint *blueprint; /* NULL: only identify */
	struct job job;			   /* the conversation of the present attachment */
	/* What its steps install; a newer download is for workers that begin later. */
	const struct profile *planned[STEPS_MAX];
	struct worker *worker;
	bool new_keys; /* it got a set that no worker had before */
	uint64_t gate; /* its key; 0 none */
	char gate_path[GATE_PATH_MAX];
	uint32_t worked_handle; /* the handle that the worker was started for */
	uint64_t attachment_no; /* counts up: an answer meant for an earlier worker is dropped */
	int64_t attachment;	/* in the ledger; 0 none */
	bool lost;		/* the device left while the worker was there: its handle does not
				 * tell, it may come back with the same */
	bool left;		/* the same, but before the worker's last word */
	bool pulled;		/* it left by itself; else it is usbmuxd that went away */
	bool put_off;		/* that its worker wants a step is heard once … */
	struct step_id wanted;	/* … another slot is known not to have its device */
	struct fault condemned; /* why the station ends the job, if it does */
	struct job_verdict verdict;
	msec_t began; /* when the device came for this job */

	/* What limits it; see station_limits.c and retries.c. */
	msec_t worked;			 /* by this worker, in the step under way */
	msec_t waited[STEPS_MAX][WAITS]; /* for a person, since the device came */
	msec_t *counting;		 /* which of them runs; NULL none */
	msec_t counting_since;
	unsigned faults;     /* outside steps */
	unsigned tried;	     /* how often what failed last has failed, this time included */
	unsigned forgiven;   /* faults that were the echo of the device's leaving */
	unsigned departures; /* under a worker, since the last step that was got done */

	uint64_t ended_in; /* the commit that the outcome belongs to */
};

struct station {
	const struct station_options *options;
	sd_event *event;
	struct ledger *ledger;
	struct muxlink *mux;
	struct usb_link *usb;			/* NULL: usbmuxd alone tells of devices */
	const struct worker_listener *listener; /* to every worker */
	struct http *http;
	struct view_pipe *view;
	struct watch_child screen;
	struct pair_keys *keys;
	struct refresher *refresher;
	sd_event_source *commit_source;
	wall_t started;

	struct board board;
	struct board_slot board_slots[SLOTS_MAX];
	struct slot slots[SLOTS_MAX];
	unsigned slot_count;
	bool changed;	       /* what the board says of the station, since it was pushed */
	struct arrivals there; /* every device, by both sources */
	sd_event_source *arrival_timer;
	uint64_t arrivals, gates; /* the last numbers given */
	bool queue_called;	  /* a place may be free, or somebody may want one */

	/* What waits for the next commit, oldest first. */
	struct pending *first, **last;
	uint64_t commits;    /* done so far */
	struct shelf *shelf; /* the profiles that devices get; see profile_shelf.c */

	struct health health;		     /* usbmuxd's */
	struct slot *last_plugged, *suspect; /* NULL none; who may make usbmuxd end */
	char status[CLEAN_MAX + 32];	     /* what the service manager was told last */

	struct tally tally;
	unsigned refused; /* devices that could not be given a job */
	bool ready;	  /* the ready fd was told */
	bool stopping;
	bool in_trouble; /* the ledger failed: nothing more is begun, told or shown */
};

/* For the log: the slot and its device. */
struct log_about slot_about(const struct slot *slot);
/* Another slot in which the same device is, or seems to be; NULL none. */
struct slot *slot_twin(const struct slot *slot);
/* Whether the bus shows a device in the slot. */
bool slot_is_on_bus(const struct slot *slot);
/* What the slot's blueprint says of STEP, or NULL. */
const struct blueprint_step *slot_blueprint_step(const struct slot *slot, struct step_id step);
/* The limits of STEP of the slot's plan. */
struct step_limits slot_step_limits(const struct slot *slot, struct step_id step);
/* What is known of the slot's device, for names and templates; the strings stay the slot's. */
struct blueprint_facts slot_facts(const struct slot *slot);
bool station_has_workers(const struct station *station);
/* Microseconds of the monotonic clock when the loop woke up for what is being heard now. */
uint64_t station_now_usec(const struct station *station);

#endif
