# SPDX-License-Identifier: Apache-2.0

# A worker and a simulated device, with a station that plays a plan.
check_PROGRAMS += play-station
play_station_SOURCES = %D%/play_station.c
play_station_LDADD = libfacts.a
