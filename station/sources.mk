# SPDX-License-Identifier: Apache-2.0
# The station: tools, rules, faces, and the verbs of muster.
noinst_LIBRARIES += libstation.a
libstation_a_SOURCES =
libstation_a_SOURCES += %D%/bench.h
libstation_a_SOURCES += %D%/blueprint_json.c %D%/blueprint_json.h
libstation_a_SOURCES += %D%/blueprint_new.c %D%/blueprint_new.h
libstation_a_SOURCES += %D%/blueprint_show.c %D%/blueprint_show.h
libstation_a_SOURCES += %D%/blueprint_verb.c %D%/blueprint_verb.h
libstation_a_SOURCES += %D%/board.c %D%/board.h
libstation_a_SOURCES += %D%/board_json.c %D%/board_json.h
libstation_a_SOURCES += %D%/call.c %D%/call.h
libstation_a_SOURCES += %D%/call_words.c %D%/call_words.h
libstation_a_SOURCES += %D%/child.c %D%/child.h
libstation_a_SOURCES += %D%/child_words.c %D%/child_words.h
libstation_a_SOURCES += %D%/clock.c %D%/clock.h
libstation_a_SOURCES += %D%/csv.c %D%/csv.h
libstation_a_SOURCES += %D%/demo_folder.c %D%/demo_folder.h
libstation_a_SOURCES += %D%/demo_verb.c %D%/demo_verb.h
libstation_a_SOURCES += %D%/devices_verb.c %D%/devices_verb.h
libstation_a_SOURCES += %D%/event.c %D%/event.h
libstation_a_SOURCES += %D%/event_json.c %D%/event_json.h
libstation_a_SOURCES += %D%/exit_kind.h
libstation_a_SOURCES += %D%/exit_status.h
libstation_a_SOURCES += %D%/fault_json.c %D%/fault_json.h
libstation_a_SOURCES += %D%/hold.c %D%/hold.h
libstation_a_SOURCES += %D%/http.c %D%/http.h
libstation_a_SOURCES += %D%/http_stream.c %D%/http_stream.h
libstation_a_SOURCES += %D%/job.c %D%/job.h
libstation_a_SOURCES += %D%/json_text.c %D%/json_text.h
libstation_a_SOURCES += %D%/ledger.c %D%/ledger.h
libstation_a_SOURCES += %D%/ledger_file.c %D%/ledger_store.h
libstation_a_SOURCES += %D%/ledger_past.c
libstation_a_SOURCES += %D%/ledger_schema.c
libstation_a_SOURCES += %D%/ledger_statement.c
libstation_a_SOURCES += %D%/ledger_write.c
libstation_a_SOURCES += %D%/log.c %D%/log.h
libstation_a_SOURCES += %D%/log_file.c %D%/log_file.h
libstation_a_SOURCES += %D%/mux_lock.c %D%/mux_lock.h
libstation_a_SOURCES += %D%/muxlink.c %D%/muxlink.h
libstation_a_SOURCES += %D%/option.c %D%/option.h
libstation_a_SOURCES += %D%/pair_keys.c %D%/pair_keys.h
libstation_a_SOURCES += %D%/programs.c %D%/programs.h
libstation_a_SOURCES += %D%/queue.c %D%/queue.h
libstation_a_SOURCES += %D%/report.c %D%/report.h
libstation_a_SOURCES += %D%/result.c %D%/result.h
libstation_a_SOURCES += %D%/result_json.c %D%/result_json.h
libstation_a_SOURCES += %D%/results_verb.c %D%/results_verb.h
libstation_a_SOURCES += %D%/retry.c %D%/retry.h
libstation_a_SOURCES += %D%/run_request.c %D%/run_request.h
libstation_a_SOURCES += %D%/run_verb.c %D%/run_verb.h
libstation_a_SOURCES += %D%/sealed.c %D%/sealed.h
libstation_a_SOURCES += %D%/slot.c %D%/slot.h
libstation_a_SOURCES += %D%/state.c %D%/state.h
libstation_a_SOURCES += %D%/station.c %D%/station.h
libstation_a_SOURCES += %D%/station_arrivals.c
libstation_a_SOURCES += %D%/station_commit.c
libstation_a_SOURCES += %D%/station_ends.c
libstation_a_SOURCES += %D%/station_jobs.c
libstation_a_SOURCES += %D%/station_limits.c %D%/station_limits.h
libstation_a_SOURCES += %D%/station_push.c
libstation_a_SOURCES += %D%/station_retries.c %D%/station_retries.h
libstation_a_SOURCES += %D%/station_slots.c
libstation_a_SOURCES += %D%/station_steps.c
libstation_a_SOURCES += %D%/station_workers.c
libstation_a_SOURCES += %D%/table.c %D%/table.h
libstation_a_SOURCES += %D%/tally.c %D%/tally.h
libstation_a_SOURCES += %D%/timer.c %D%/timer.h
libstation_a_SOURCES += %D%/unix_socket.c %D%/unix_socket.h
libstation_a_SOURCES += %D%/view_board.c %D%/view_board.h
libstation_a_SOURCES += %D%/view_lines.c %D%/view_lines.h
libstation_a_SOURCES += %D%/view_pipe.c %D%/view_pipe.h
libstation_a_SOURCES += %D%/view_plain.c %D%/view_plain.h
libstation_a_SOURCES += %D%/view_verb.c %D%/view_verb.h
libstation_a_SOURCES += %D%/view_words.c %D%/view_words.h
libstation_a_SOURCES += %D%/wall.h
libstation_a_SOURCES += %D%/watch_child.c %D%/watch_child.h
libstation_a_SOURCES += %D%/watch_layout.c %D%/watch_layout.h
libstation_a_SOURCES += %D%/watch_link.c %D%/watch_link.h
libstation_a_SOURCES += %D%/watch_model.c %D%/watch_model.h
libstation_a_SOURCES += %D%/watch_page.c %D%/watch_page.h
libstation_a_SOURCES += %D%/watch_screen.c %D%/watch_screen.h
libstation_a_SOURCES += %D%/watch_tile.c %D%/watch_tile.h
libstation_a_SOURCES += %D%/watch_verb.c %D%/watch_verb.h
libstation_a_SOURCES += %D%/worker.c %D%/worker.h

# state.c asks whether the program is installed.
AM_CPPFLAGS += -DMUSTER_BINDIR='"$(bindir)"'
# programs.c looks there for what is not beside the running program.
AM_CPPFLAGS += -DMUSTER_LIBEXECDIR='"$(libexecdir)"'
# programs.c looks there for examples that are not in the build tree.
AM_CPPFLAGS += -DMUSTER_PKGDATADIR='"$(pkgdatadir)"'

bin_PROGRAMS += muster
muster_SOURCES = %D%/main.c
muster_LDADD = libstation.a libprofiles.a libfacts.a $(JANSSON_LIBS) $(MICROHTTPD_LIBS) \
	$(NCURSESW_LIBS) $(SQLITE_LIBS) $(SYSTEMD_LIBS) $(PLIST_LIBS) $(OPENSSL_LIBS) \
	$(YAML_LIBS)
