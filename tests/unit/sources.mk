# SPDX-License-Identifier: Apache-2.0
# Unit tests: one C program a module, printing TAP.
noinst_LIBRARIES += libtap.a
libtap_a_SOURCES = %D%/tap.c %D%/tap.h

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

# The faces and their tools.
FACES_TESTS =
FACES_TESTS += %D%/test-call
FACES_TESTS += %D%/test-http
check_PROGRAMS += $(FACES_TESTS)
TESTS += $(FACES_TESTS)
%C%_test_call_LDADD = libtap.a libstation.a
%C%_test_http_LDADD = libtap.a libstation.a $(MICROHTTPD_LIBS) $(SYSTEMD_LIBS)

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
%C%_test_result_LDADD = $(LEDGER_TEST_LIBS)
%C%_test_results_verb_LDADD = $(LEDGER_TEST_LIBS)
%C%_test_state_LDADD = $(LEDGER_TEST_LIBS)
%C%_test_table_LDADD = $(LEDGER_TEST_LIBS)
dist_noinst_DATA += tests/golden/results.csv
dist_noinst_DATA += tests/golden/results.json
dist_noinst_DATA += tests/golden/results.txt
