# SPDX-License-Identifier: Apache-2.0
# Unit tests: one C program a module, printing TAP.
noinst_LIBRARIES += libtap.a
libtap_a_SOURCES = %D%/tap.c %D%/tap.h

# The simulated devices' services.
noinst_LIBRARIES += libsimtest.a
libsimtest_a_CPPFLAGS = $(libsim_a_CPPFLAGS)
libsimtest_a_SOURCES =
libsimtest_a_SOURCES += %D%/sim-host.c
libsimtest_a_SOURCES += %D%/sim-host.h
libsimtest_a_SOURCES += %D%/sim-keys.c
libsimtest_a_SOURCES += %D%/sim-keys.h
libsimtest_a_SOURCES += %D%/sim-link.c
libsimtest_a_SOURCES += %D%/sim-link.h
SIM_TEST_LIBS = libsimtest.a libsim.a libtap.a $(PLIST_LIBS) $(OPENSSL_LIBS) $(SYSTEMD_LIBS) $(YAML_LIBS)
SIM_TEST_LIBS += $(JANSSON_LIBS) -lm
SIMSVC_TESTS =
SIMSVC_TESTS += %D%/test-sim-decode
SIMSVC_TESTS += %D%/test-sim-lockdown
SIMSVC_TESTS += %D%/test-sim-mcinstall
SIMSVC_TESTS += %D%/test-sim-pairing
SIMSVC_TESTS += %D%/test-sim-payload
SIMSVC_TESTS += %D%/test-sim-profiles
SIMSVC_TESTS += %D%/test-sim-services
SIMSVC_TESTS += %D%/test-sim-values
check_PROGRAMS += $(SIMSVC_TESTS)
TESTS += $(SIMSVC_TESTS)
%C%_test_sim_decode_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_lockdown_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_mcinstall_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_pairing_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_payload_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_profiles_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_services_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_values_LDADD = $(SIM_TEST_LIBS)

check_PROGRAMS += test-talk
TESTS += test-talk
test_talk_SOURCES = %D%/test-talk.c
test_talk_LDADD = libtap.a libfacts.a

check_PROGRAMS += test-order
TESTS += test-order
test_order_SOURCES = %D%/test-order.c
test_order_LDADD = libtap.a libfacts.a
FACTS_TESTS = %D%/test-clean %D%/test-facts %D%/test-record
check_PROGRAMS += $(FACTS_TESTS)
TESTS += $(FACTS_TESTS)
%C%_test_clean_LDADD = libfacts.a libtap.a
%C%_test_facts_LDADD = libfacts.a libtap.a
%C%_test_record_LDADD = libfacts.a libtap.a
check_PROGRAMS += test-muxtalk
TESTS += test-muxtalk
test_muxtalk_SOURCES = %D%/test-muxtalk.c
test_muxtalk_LDADD = libtap.a libfacts.a

# The faces and their tools. What stands in FACES_LIBS is everything that libstation.a may need.
FACES_LIBS = libtap.a libstation.a libfacts.a $(JANSSON_LIBS) $(MICROHTTPD_LIBS) $(SYSTEMD_LIBS)
FACES_TESTS =
FACES_TESTS += %D%/test-board-json
FACES_TESTS += %D%/test-call
FACES_TESTS += %D%/test-event-json
FACES_TESTS += %D%/test-http
FACES_TESTS += %D%/test-option
FACES_TESTS += %D%/test-view
check_PROGRAMS += $(FACES_TESTS)
TESTS += $(FACES_TESTS)

# muster-mux.
MUX_TESTS =
MUX_TESTS += %D%/test-address
MUX_TESTS += %D%/test-entry
MUX_TESTS += %D%/test-frame
MUX_TESTS += %D%/test-request
check_PROGRAMS += $(MUX_TESTS)
TESTS += $(MUX_TESTS)
%C%_test_address_LDADD = libtap.a libmux.a libfacts.a
%C%_test_entry_LDADD = libtap.a libmux.a libfacts.a $(PLIST_LIBS)
%C%_test_entry_CFLAGS = $(AM_CFLAGS) $(PLIST_CFLAGS)
%C%_test_frame_LDADD = libtap.a libmux.a libfacts.a $(PLIST_LIBS)
%C%_test_frame_CFLAGS = $(AM_CFLAGS) $(PLIST_CFLAGS)
%C%_test_request_LDADD = libtap.a libmux.a libfacts.a $(PLIST_LIBS)
%C%_test_request_CFLAGS = $(AM_CFLAGS) $(PLIST_CFLAGS)
%C%_test_board_json_SOURCES = %D%/test-board-json.c
%C%_test_board_json_SOURCES += %D%/bench_slots.c %D%/bench_slots.h
%C%_test_board_json_SOURCES += %D%/golden.c %D%/golden.h
%C%_test_board_json_LDADD = $(FACES_LIBS)
%C%_test_call_LDADD = $(FACES_LIBS)
%C%_test_event_json_SOURCES = %D%/test-event-json.c
%C%_test_event_json_SOURCES += %D%/bench_slots.c %D%/bench_slots.h
%C%_test_event_json_SOURCES += %D%/golden.c %D%/golden.h
%C%_test_event_json_LDADD = $(FACES_LIBS)
%C%_test_http_LDADD = $(FACES_LIBS)
%C%_test_option_LDADD = $(FACES_LIBS)
%C%_test_view_SOURCES = %D%/test-view.c
%C%_test_view_SOURCES += %D%/bench_slots.c %D%/bench_slots.h
%C%_test_view_SOURCES += %D%/golden.c %D%/golden.h
%C%_test_view_LDADD = $(FACES_LIBS)
dist_noinst_DATA += tests/golden/events.txt
dist_noinst_DATA += tests/golden/view.txt
dist_noinst_DATA += tests/golden/board.json
dist_noinst_DATA += tests/golden/events.jsonl

# The ledger and its results.
noinst_LIBRARIES += libscratch.a
libscratch_a_SOURCES = %D%/scratch.c %D%/scratch.h
LEDGER_TESTS =
LEDGER_TESTS += %D%/test-hostile-names
LEDGER_TESTS += %D%/test-ledger
LEDGER_TESTS += %D%/test-result
LEDGER_TESTS += %D%/test-results-verb
LEDGER_TESTS += %D%/test-state
LEDGER_TESTS += %D%/test-table
check_PROGRAMS += $(LEDGER_TESTS)
TESTS += $(LEDGER_TESTS)
LEDGER_TEST_LIBS = libscratch.a libtap.a libstation.a libfacts.a $(SQLITE_LIBS) $(JANSSON_LIBS)
%C%_test_hostile_names_LDADD = $(LEDGER_TEST_LIBS)
%C%_test_ledger_LDADD = $(LEDGER_TEST_LIBS)

# The simulated bench.
SIMCORE_TESTS =
SIMCORE_TESTS += %D%/test-sim-benchfile
SIMCORE_TESTS += %D%/test-sim-channel
SIMCORE_TESTS += %D%/test-sim-control
SIMCORE_TESTS += %D%/test-sim-frame
SIMCORE_TESTS += %D%/test-sim-mux
SIMCORE_TESTS += %D%/test-sim-records
SIMCORE_TESTS += %D%/test-sim-rule
SIMCORE_TESTS += %D%/test-sim-words
check_PROGRAMS += $(SIMCORE_TESTS)
TESTS += $(SIMCORE_TESTS)
%C%_test_sim_benchfile_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_channel_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_control_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_frame_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_mux_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_records_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_rule_LDADD = $(SIM_TEST_LIBS)
%C%_test_sim_words_LDADD = $(SIM_TEST_LIBS)

%C%_test_result_LDADD = $(LEDGER_TEST_LIBS)
%C%_test_results_verb_LDADD = $(LEDGER_TEST_LIBS)
%C%_test_state_LDADD = $(LEDGER_TEST_LIBS)
%C%_test_table_LDADD = $(LEDGER_TEST_LIBS)
dist_noinst_DATA += tests/golden/results.csv
dist_noinst_DATA += tests/golden/results.json
dist_noinst_DATA += tests/golden/results.txt

# The station's rules.
RULES_TESTS =
RULES_TESTS += %D%/test-hold
RULES_TESTS += %D%/test-job
RULES_TESTS += %D%/test-queue
RULES_TESTS += %D%/test-slot
RULES_TESTS += %D%/test-tally
check_PROGRAMS += $(RULES_TESTS)
TESTS += $(RULES_TESTS)
%C%_test_hold_LDADD = libtap.a libstation.a libfacts.a
%C%_test_job_LDADD = libtap.a libstation.a libfacts.a
%C%_test_queue_LDADD = libtap.a libstation.a libfacts.a
%C%_test_slot_LDADD = libtap.a libstation.a libfacts.a
%C%_test_tally_LDADD = libtap.a libstation.a libfacts.a
