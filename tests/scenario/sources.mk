# SPDX-License-Identifier: Apache-2.0

# A worker and a simulated device, with a station that plays a plan.
check_PROGRAMS += play-station
play_station_SOURCES = %D%/play_station.c
play_station_LDADD = libfacts.a

check_PROGRAMS += odd-phone
odd_phone_SOURCES = %D%/odd_lockdown.c %D%/odd_phone.c %D%/odd_phone.h %D%/odd_wire.c
odd_phone_CPPFLAGS = $(AM_CPPFLAGS) $(PLIST_CFLAGS) $(OPENSSL_CFLAGS)
odd_phone_LDADD = $(PLIST_LIBS) $(OPENSSL_LIBS)
