# SPDX-License-Identifier: Apache-2.0
# Unit tests: one C program a module, printing TAP.
noinst_LIBRARIES += libtap.a
libtap_a_SOURCES = %D%/tap.c %D%/tap.h

FACTS_TESTS = %D%/test-clean %D%/test-facts %D%/test-record
check_PROGRAMS += $(FACTS_TESTS)
TESTS += $(FACTS_TESTS)
%C%_test_clean_LDADD = libfacts.a libtap.a
%C%_test_facts_LDADD = libfacts.a libtap.a
%C%_test_record_LDADD = libfacts.a libtap.a
