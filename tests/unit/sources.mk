# SPDX-License-Identifier: Apache-2.0
# Unit tests: one C program a module, printing TAP.
noinst_LIBRARIES += libtap.a
libtap_a_SOURCES = %D%/tap.c %D%/tap.h

check_PROGRAMS += test-muxtalk
TESTS += test-muxtalk
test_muxtalk_SOURCES = %D%/test-muxtalk.c
test_muxtalk_LDADD = libtap.a libfacts.a
