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
