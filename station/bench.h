/* SPDX-License-Identifier: Apache-2.0 */
/* What the station_*.c files share: the station and its slots. Nobody else includes this. */
#ifndef STATION_BENCH_H
#define STATION_BENCH_H

#include "station/rules/board.h"
#include "station/rules/event.h"
#include "station/tools/http.h"
#include "station/rules/job.h"
#include "station/ledger/ledger.h"
#include "station/tools/log.h"
#include "station/tools/muxlink.h"
#include "station/tools/pair_keys.h"
#include "station/rules/slot.h"
#include "station/station.h"
#include "station/rules/tally.h"
#include "station/tools/view_pipe.h"
#include "station/tools/watch_child.h"
#include "station/tools/worker.h"

struct pending;

/* One slot of the bench; what faces see of it is in `board`. */
struct slot {
	struct station *station;
	struct board_slot *board;
	bool changed; /* since it was pushed */
	sd_event_source *state_timer, *warn_timer, *kill_timer;

	/* The device as the mux knows it. */
	bool present;
	bool network;
	uint32_t handle;       /* while present */
	struct udid last_udid; /* whose slot this is, also while it is empty */
	msec_t left_at;	       /* monotonic: when a device left it last; 0 never */
	uint64_t arrival;      /* its place in the queue */

	/* The job, while board->job or a worker is there. */
	const struct blueprint *blueprint; /* NULL: only identify */
	struct job job;			   /* the conversation of the present attachment */
	struct worker *worker;
	bool new_keys; /* it got a set that no worker had before */
	uint64_t gate; /* its key; 0 none */
	char gate_path[GATE_PATH_MAX];
	uint32_t worked_handle; /* the handle that the worker was started for */
	uint64_t attachment_no; /* counts up: an answer meant for an earlier worker is dropped */
	int64_t attachment;	/* in the ledger; 0 none */
	bool left;		/* the device left before the worker's last word */
	bool pulled;		/* it left by itself; else it is usbmuxd that went away */
	struct fault condemned; /* why the station ends the job, if it does */
	struct job_verdict verdict;
	msec_t began; /* when the device came for this job */

	/* What limits it; see station_limits.c and station_retries.c. */
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
	struct http *http;
	struct view_pipe *view;
	struct watch_child screen;
	struct pair_keys *keys;
	sd_event_source *commit_source;
	wall_t started;

	struct board board;
	struct board_slot board_slots[SLOTS_MAX];
	struct slot slots[SLOTS_MAX];
	unsigned slot_count;
	bool changed;		  /* what the board says of the station, since it was pushed */
	uint64_t arrivals, gates; /* the last numbers given */
	bool queue_called;	  /* a place may be free, or somebody may want one */

	/* What waits for the next commit, oldest first. */
	struct pending *first, **last;
	uint64_t commits;    /* done so far */
	struct shelf *shelf; /* the profiles that devices get; see station_profiles.c */

	struct tally tally;
	unsigned refused; /* devices that could not be given a job */
	bool ready;	  /* the ready fd was told */
	bool stopping;
	bool in_trouble; /* the ledger failed: nothing more is begun, told or shown */
};

/* station_arrivals.c: what the mux says, and which slot it is for. */
void station_hear_mux(const struct mux_event *news, void *userdata);
/* The settle time is over: may the device be touched? If not, what is to be done has been. */
bool station_device_settled(struct slot *slot);

/* The slot's worker is gone: gives the cues of what the device did in the meantime. */
void slot_catch_up(struct slot *slot);

/* station_slots.c: the slots' states. */
/* CUE happens to the slot: changes its state and acts, by the table in slot.c. */
void slot_happen(struct slot *slot, enum slot_cue cue);
/* Ends the job with FAULT; it is not given another reason later. */
void slot_condemn(struct slot *slot, struct fault fault);
/* Waits the settle time once more. */
void slot_settle_again(struct slot *slot);
struct log_about slot_about(const struct slot *slot);
/* Gives free places to who waits for one, if the queue was called. */
void station_serve_queue(struct station *station);
bool station_has_workers(const struct station *station);

/* station_workers.c: gates and worker processes. */
void slot_open_gate(struct slot *slot);
void slot_close_gate(struct slot *slot);
void slot_start_worker(struct slot *slot);
void slot_tell_stop(struct slot *slot);

/* station_steps.c: the conversation, step by step. */
void slot_hear(struct slot *slot, const struct talk *talk);
/* Tells EVENT, whose outcome and details are set, of the step that the board shows. */
void slot_tell_step(struct slot *slot, struct event event);
/* Fills the blueprint's name TEMPLATE from what is known of the device by now. Returns 0, -ENODATA
 * when that is not enough, or -ENOMEM. */
int slot_fill_name(struct slot *slot, const char *template, char out[static CLEAN_MAX + 1]);
/* Ends a step that is under way, since its worker is gone. */
void slot_end_step(struct slot *slot, enum step_outcome outcome, const struct fault *fault);

/* What is known of the slot's device, for names and templates. */
struct blueprint_facts slot_facts(const struct slot *slot);

/* station_profiles.c: the profiles that devices get. */
/* Returns 0 or -ENOMEM; station_close_shelf in any case. */
int station_open_shelf(struct station *station);
/* Says what was allowed, and begins to count down. */
void station_begin_shelf(struct station *station);
void station_close_shelf(struct station *station);
/* The name of an expired profile that keeps a job with BLUEPRINT (or NULL) from being begun now; or
 * NULL. A newer download in the library is taken first. */
const char *station_expired_profile(struct station *station, const struct blueprint *blueprint);
/* The bytes that the slot's device gets for STEP, an installation, filled if it is a template, with
 * their digest (that of the template when they cannot be made). Returns a sealed descriptor, the
 * caller's, or what profile_template_fill or the system failed with. */
int slot_open_profile(struct slot *slot, const struct blueprint_step *step,
		      char ret_sha256[static 65]);

/* station_jobs.c: jobs in the ledger, opened or taken up again. */
/* What the ledger calls a job with BLUEPRINT, or without one (NULL). */
const char *station_blueprint_name(const struct blueprint *blueprint);
/* The newest job of the slot's device with that blueprint; a zeroed one when there is none.
 * Returns false when the ledger failed. */
bool slot_find_past(struct slot *slot, const char *blueprint, struct job_past *ret_past);
/* Opens a job with the slot's blueprint. Returns 0, -ENOSPC, or what the ledger failed with. */
int slot_open_job(struct slot *slot);
/* Records that the job's device is in this slot now, with all that is known of it. */
void slot_open_attachment(struct slot *slot);
/* The worker can be told its plan: chooses the blueprint, opens or resumes the job. */
void slot_take_job(struct slot *slot);
void slot_note(struct slot *slot, enum note_key key, const char *value);

/* station_handover.c: writes the handover in BODY into the ledger, for a verb; see http_route. */
char *station_take_handover(void *userdata, const char *body, size_t size, unsigned *ret_status);

/* station_ends.c: jobs judged and ended. */
/* The worker is gone: judges, and gives the cue that follows. */
void slot_judge(struct slot *slot, enum exit_kind how, int number);
/* Records the outcome in slot->verdict. */
void slot_end_job(struct slot *slot);
void slot_show_held(struct slot *slot);
void slot_refuse(struct slot *slot);
void slot_interrupt(struct slot *slot);
/* The last commit failed: outcomes that were to be in it did not happen. */
void station_take_back_ends(struct station *station);

/* station_push.c: what is pushed to the faces. */
/* What an answer of events begins with: the board, as lines. The caller's, or NULL. */
char *station_begin_events(void *userdata);
void station_push_event(struct station *station, const char *line);
/* Pushes what has changed on the board; to be called only when all of it is durable. */
void station_push_changes(struct station *station);
/* Whether anybody is there to be pushed to. */
bool station_is_watched(const struct station *station);

/* station_commit.c: nothing is told before it is durable. */
/* Sends ORDER to the slot's worker after the next commit; FD (or -1) is taken over. */
void station_answer(struct slot *slot, const struct order *order, int fd);
/* What the board says of the slot has changed: it is pushed after the next commit. */
void slot_show(struct slot *slot);
/* Tells EVENT (its time is set here) to the faces after the next commit. */
void station_tell(struct station *station, struct event event);
/* The station's own news, TEXT in printf form. */
void station_say(struct station *station, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* R is what a write into the ledger returned: a failure puts the station in trouble. Returns R. */
int station_wrote(struct station *station, int r);
/* The queue is served after the next commit, when all who came at the same time are in it. */
void station_call_queue(struct station *station);
/* Commits now, then tells what waited. */
void station_commit(struct station *station);
int station_commit_open(struct station *station);
void station_commit_close(struct station *station);

/* station.c */
/* Begins the end: no new jobs, workers are told to stop. */
void station_stop(struct station *station, const char *why);

#endif
