# SPDX-License-Identifier: Apache-2.0
# What a batch costs; nothing of it is part of check, tests are not timed.
EXTRA_PROGRAMS += %D%/witness.so
%C%_witness_so_SOURCES = %D%/witness.c
%C%_witness_so_CFLAGS = $(AM_CFLAGS) -fPIC
%C%_witness_so_LDFLAGS = $(AM_LDFLAGS) -shared
CLEANFILES += %D%/witness.so
dist_noinst_SCRIPTS += %D%/beside.sh
dist_noinst_SCRIPTS += %D%/bench.sh
dist_noinst_DATA += %D%/appium.js
dist_noinst_DATA += %D%/lib.sh

.PHONY: bench
bench: muster muster-mux muster-worker muster-sim sim-ask play-bus %D%/witness.so
	$(AM_TESTS_ENVIRONMENT) $(srcdir)/%D%/bench.sh
	$(AM_TESTS_ENVIRONMENT) $(srcdir)/%D%/beside.sh
