# SPDX-License-Identifier: Apache-2.0
# The station: tools, rules, faces, and the verbs of muster.
noinst_LIBRARIES += libstation.a
libstation_a_SOURCES =
libstation_a_SOURCES += %D%/values/exit_kind.h
libstation_a_SOURCES += %D%/values/handover.c %D%/values/handover.h
libstation_a_SOURCES += %D%/values/wall.h

libstation_a_SOURCES += %D%/tools/call.c %D%/tools/call.h
libstation_a_SOURCES += %D%/tools/call_words.c %D%/tools/call_words.h
libstation_a_SOURCES += %D%/tools/child.c %D%/tools/child.h
libstation_a_SOURCES += %D%/tools/child_words.c %D%/tools/child_words.h
libstation_a_SOURCES += %D%/tools/clock.c %D%/tools/clock.h
libstation_a_SOURCES += %D%/tools/demo_folder.c %D%/tools/demo_folder.h
libstation_a_SOURCES += %D%/tools/exit_status.h
libstation_a_SOURCES += %D%/tools/http.c %D%/tools/http.h
libstation_a_SOURCES += %D%/tools/http_loop.c %D%/tools/http_loop.h
libstation_a_SOURCES += %D%/tools/http_stream.c %D%/tools/http_stream.h
libstation_a_SOURCES += %D%/tools/https.c %D%/tools/https.h
libstation_a_SOURCES += %D%/tools/listen_address.c %D%/tools/listen_address.h
libstation_a_SOURCES += %D%/tools/log.c %D%/tools/log.h
libstation_a_SOURCES += %D%/tools/log_file.c %D%/tools/log_file.h
libstation_a_SOURCES += %D%/tools/mounts.c %D%/tools/mounts.h
libstation_a_SOURCES += %D%/tools/mux_lock.c %D%/tools/mux_lock.h
libstation_a_SOURCES += %D%/tools/muxlink.c %D%/tools/muxlink.h
libstation_a_SOURCES += %D%/tools/option.c %D%/tools/option.h
libstation_a_SOURCES += %D%/tools/page_certificate.c %D%/tools/page_certificate.h
libstation_a_SOURCES += %D%/tools/pair_keys.c %D%/tools/pair_keys.h
libstation_a_SOURCES += %D%/tools/passphrase.c %D%/tools/passphrase.h
libstation_a_SOURCES += %D%/tools/programs.c %D%/tools/programs.h
libstation_a_SOURCES += %D%/tools/qr.c %D%/tools/qr.h
libstation_a_SOURCES += %D%/tools/report_folder.c %D%/tools/report_folder.h
libstation_a_SOURCES += %D%/tools/sealed.c %D%/tools/sealed.h
libstation_a_SOURCES += %D%/tools/state.c %D%/tools/state.h
libstation_a_SOURCES += %D%/tools/stick_files.c %D%/tools/stick_files.h
libstation_a_SOURCES += %D%/tools/text_stream.c %D%/tools/text_stream.h
libstation_a_SOURCES += %D%/tools/timer.c %D%/tools/timer.h
libstation_a_SOURCES += %D%/tools/unix_socket.c %D%/tools/unix_socket.h
libstation_a_SOURCES += %D%/tools/view_pipe.c %D%/tools/view_pipe.h
libstation_a_SOURCES += %D%/tools/watch_child.c %D%/tools/watch_child.h
libstation_a_SOURCES += %D%/tools/watch_page.c %D%/tools/watch_page.h
libstation_a_SOURCES += %D%/tools/watch_screen.c %D%/tools/watch_screen.h
libstation_a_SOURCES += %D%/tools/worker.c %D%/tools/worker.h

libstation_a_SOURCES += %D%/ledger/ledger.c %D%/ledger/ledger.h
libstation_a_SOURCES += %D%/ledger/ledger_file.c %D%/ledger/ledger_store.h
libstation_a_SOURCES += %D%/ledger/ledger_handover.c %D%/ledger/ledger_handover.h
libstation_a_SOURCES += %D%/ledger/ledger_past.c
libstation_a_SOURCES += %D%/ledger/ledger_schema.c
libstation_a_SOURCES += %D%/ledger/ledger_statement.c
libstation_a_SOURCES += %D%/ledger/ledger_write.c
libstation_a_SOURCES += %D%/ledger/result.c %D%/ledger/result.h

libstation_a_SOURCES += %D%/rules/board.c %D%/rules/board.h
libstation_a_SOURCES += %D%/rules/event.c %D%/rules/event.h
libstation_a_SOURCES += %D%/rules/hold.c %D%/rules/hold.h
libstation_a_SOURCES += %D%/rules/job.c %D%/rules/job.h
libstation_a_SOURCES += %D%/rules/link.c %D%/rules/link.h
libstation_a_SOURCES += %D%/rules/mac_report.c %D%/rules/mac_report.h
libstation_a_SOURCES += %D%/rules/mac_serial.c %D%/rules/mac_serial.h
libstation_a_SOURCES += %D%/rules/queue.c %D%/rules/queue.h
libstation_a_SOURCES += %D%/rules/retry.c %D%/rules/retry.h
libstation_a_SOURCES += %D%/rules/shelf.c %D%/rules/shelf.h
libstation_a_SOURCES += %D%/rules/slot.c %D%/rules/slot.h
libstation_a_SOURCES += %D%/rules/tally.c %D%/rules/tally.h
libstation_a_SOURCES += %D%/rules/volume.c %D%/rules/volume.h

libstation_a_SOURCES += %D%/faces/blueprint_json.c %D%/faces/blueprint_json.h
libstation_a_SOURCES += %D%/faces/blueprint_new.c %D%/faces/blueprint_new.h
libstation_a_SOURCES += %D%/faces/blueprint_show.c %D%/faces/blueprint_show.h
libstation_a_SOURCES += %D%/faces/blueprint_verb.c %D%/faces/blueprint_verb.h
libstation_a_SOURCES += %D%/faces/board_json.c %D%/faces/board_json.h
libstation_a_SOURCES += %D%/faces/csv.c %D%/faces/csv.h
libstation_a_SOURCES += %D%/faces/demo_verb.c %D%/faces/demo_verb.h
libstation_a_SOURCES += %D%/faces/devices_verb.c %D%/faces/devices_verb.h
libstation_a_SOURCES += %D%/faces/event_json.c %D%/faces/event_json.h
libstation_a_SOURCES += %D%/faces/fault_json.c %D%/faces/fault_json.h
libstation_a_SOURCES += %D%/faces/handover_collect.c %D%/faces/handover_collect.h
libstation_a_SOURCES += %D%/faces/handover_json.c %D%/faces/handover_json.h
libstation_a_SOURCES += %D%/faces/handover_page.c %D%/faces/handover_page.h
libstation_a_SOURCES += %D%/faces/handover_profile.c %D%/faces/handover_profile.h
libstation_a_SOURCES += %D%/faces/handover_record.c %D%/faces/handover_record.h
libstation_a_SOURCES += %D%/faces/handover_serve.c %D%/faces/handover_serve.h
libstation_a_SOURCES += %D%/faces/handover_server.c %D%/faces/handover_server.h
libstation_a_SOURCES += %D%/faces/handover_sheet.c %D%/faces/handover_sheet.h
libstation_a_SOURCES += %D%/faces/handover_stick.c %D%/faces/handover_stick.h
libstation_a_SOURCES += %D%/faces/handover_verb.c %D%/faces/handover_verb.h
libstation_a_SOURCES += %D%/faces/handover_volume.c %D%/faces/handover_volume.h
libstation_a_SOURCES += %D%/faces/handover_write.c %D%/faces/handover_write.h
libstation_a_SOURCES += %D%/faces/identity_list.c %D%/faces/identity_list.h
libstation_a_SOURCES += %D%/faces/identity_option.c %D%/faces/identity_option.h
libstation_a_SOURCES += %D%/faces/identity_verb.c %D%/faces/identity_verb.h
libstation_a_SOURCES += %D%/faces/json_text.c %D%/faces/json_text.h
libstation_a_SOURCES += %D%/faces/library_face.c %D%/faces/library_face.h
libstation_a_SOURCES += %D%/faces/mac_report_json.c %D%/faces/mac_report_json.h
libstation_a_SOURCES += %D%/faces/new_file.c %D%/faces/new_file.h
libstation_a_SOURCES += %D%/faces/profile_add.c %D%/faces/profile_add.h
libstation_a_SOURCES += %D%/faces/profile_check.c %D%/faces/profile_check.h
libstation_a_SOURCES += %D%/faces/profile_export.c %D%/faces/profile_export.h
libstation_a_SOURCES += %D%/faces/profile_inspect.c %D%/faces/profile_inspect.h
libstation_a_SOURCES += %D%/faces/profile_list.c %D%/faces/profile_list.h
libstation_a_SOURCES += %D%/faces/profile_remove.c %D%/faces/profile_remove.h
libstation_a_SOURCES += %D%/faces/profile_seal.c %D%/faces/profile_seal.h
libstation_a_SOURCES += %D%/faces/profile_show.c %D%/faces/profile_show.h
libstation_a_SOURCES += %D%/faces/profile_verb.c %D%/faces/profile_verb.h
libstation_a_SOURCES += %D%/faces/report.c %D%/faces/report.h
libstation_a_SOURCES += %D%/faces/result_json.c %D%/faces/result_json.h
libstation_a_SOURCES += %D%/faces/results_verb.c %D%/faces/results_verb.h
libstation_a_SOURCES += %D%/faces/shelf_gate.c %D%/faces/shelf_gate.h
libstation_a_SOURCES += %D%/faces/table.c %D%/faces/table.h
libstation_a_SOURCES += %D%/faces/view_board.c %D%/faces/view_board.h
libstation_a_SOURCES += %D%/faces/view_lines.c %D%/faces/view_lines.h
libstation_a_SOURCES += %D%/faces/view_plain.c %D%/faces/view_plain.h
libstation_a_SOURCES += %D%/faces/view_verb.c %D%/faces/view_verb.h
libstation_a_SOURCES += %D%/faces/view_words.c %D%/faces/view_words.h
libstation_a_SOURCES += %D%/faces/watch_layout.c %D%/faces/watch_layout.h
libstation_a_SOURCES += %D%/faces/watch_link.c %D%/faces/watch_link.h
libstation_a_SOURCES += %D%/faces/watch_model.c %D%/faces/watch_model.h
libstation_a_SOURCES += %D%/faces/watch_tile.c %D%/faces/watch_tile.h
libstation_a_SOURCES += %D%/faces/watch_verb.c %D%/faces/watch_verb.h
libstation_a_SOURCES += %D%/faces/yes.c %D%/faces/yes.h

libstation_a_SOURCES += %D%/bench.h
libstation_a_SOURCES += %D%/run_request.c %D%/run_request.h
libstation_a_SOURCES += %D%/run_verb.c %D%/run_verb.h
libstation_a_SOURCES += %D%/station.c %D%/station.h
libstation_a_SOURCES += %D%/station_arrivals.c
libstation_a_SOURCES += %D%/station_commit.c
libstation_a_SOURCES += %D%/station_ends.c
libstation_a_SOURCES += %D%/station_handover.c
libstation_a_SOURCES += %D%/station_jobs.c
libstation_a_SOURCES += %D%/station_limits.c %D%/station_limits.h
libstation_a_SOURCES += %D%/station_profiles.c
libstation_a_SOURCES += %D%/station_push.c
libstation_a_SOURCES += %D%/station_retries.c %D%/station_retries.h
libstation_a_SOURCES += %D%/station_slots.c
libstation_a_SOURCES += %D%/station_steps.c
libstation_a_SOURCES += %D%/station_workers.c

# state.c asks whether the program is installed.
AM_CPPFLAGS += -DMUSTER_BINDIR='"$(bindir)"'
# programs.c looks there for what is not beside the running program.
AM_CPPFLAGS += -DMUSTER_LIBEXECDIR='"$(libexecdir)"'
# programs.c looks there for examples that are not in the build tree.
AM_CPPFLAGS += -DMUSTER_PKGDATADIR='"$(pkgdatadir)"'

# What runs on a Mac, from the stick.
dist_pkgdata_SCRIPTS += %D%/mac/Enroll.command

bin_PROGRAMS += muster
muster_SOURCES = %D%/main.c
muster_LDADD = libstation.a libprofiles.a libfacts.a $(JANSSON_LIBS) $(MICROHTTPD_LIBS) \
	$(NCURSESW_LIBS) $(SQLITE_LIBS) $(SYSTEMD_LIBS) $(PLIST_LIBS) $(OPENSSL_LIBS) \
	$(YAML_LIBS) $(QRENCODE_LIBS)
