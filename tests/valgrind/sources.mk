# SPDX-License-Identifier: Apache-2.0
# The tests under valgrind: most of an hour, so no part of check.
EXTRA_PROGRAMS += %D%/limits.so
%C%_limits_so_SOURCES = %D%/limits.c
%C%_limits_so_CFLAGS = $(AM_CFLAGS) -fPIC
%C%_limits_so_LDFLAGS = $(AM_LDFLAGS) -shared
CLEANFILES += %D%/limits.so
dist_noinst_SCRIPTS += %D%/valgrind.sh
dist_noinst_DATA += %D%/tests.supp

.PHONY: check-valgrind
check-valgrind: all %D%/limits.so
	$(MAKE) $(AM_MAKEFLAGS) $(check_PROGRAMS)
	$(AM_TESTS_ENVIRONMENT) $(srcdir)/%D%/valgrind.sh $(TESTS)
