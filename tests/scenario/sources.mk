# SPDX-License-Identifier: Apache-2.0

# A worker and a simulated device, with a station that plays a plan.
check_PROGRAMS += play-station
play_station_SOURCES = %D%/play_station.c
play_station_LDADD = libfacts.a

check_PROGRAMS += odd-phone
odd_phone_SOURCES = %D%/odd_lockdown.c %D%/odd_phone.c %D%/odd_phone.h %D%/odd_wire.c
odd_phone_CPPFLAGS = $(AM_CPPFLAGS) $(PLIST_CFLAGS) $(OPENSSL_CFLAGS)
odd_phone_LDADD = $(PLIST_LIBS) $(OPENSSL_LIBS)

WORKER_TESTS = \
	%D%/worker-by-hand.tap \
	%D%/worker-person.tap \
	%D%/worker-straight.tap \
	%D%/worker-traps.tap
TESTS += $(WORKER_TESTS)
dist_check_SCRIPTS += $(WORKER_TESTS)
dist_noinst_DATA += %D%/worker.sh
