# SPDX-License-Identifier: Apache-2.0
# Whole programs, one behaviour a test; a block an area.

# muster-sim as a program, and a client for its control socket.
check_PROGRAMS += sim-ask
sim_ask_SOURCES = %D%/sim-ask.c
SIM_SCENARIOS =
SIM_SCENARIOS += %D%/sim.tap
TESTS += $(SIM_SCENARIOS)
dist_check_SCRIPTS += $(SIM_SCENARIOS)

# The watch of the USB bus, on a bus that umockdev plays.
check_PROGRAMS += usb-list
usb_list_SOURCES = %D%/usb-list.c
usb_list_LDADD = libusbview.a $(USBVIEW_LIBS)
USB_SCENARIOS =
USB_SCENARIOS += %D%/usb-bus.tap
TESTS += $(USB_SCENARIOS)
dist_check_SCRIPTS += $(USB_SCENARIOS)
dist_noinst_DATA += %D%/usb-bus.umockdev

# muster-mux, with everything around it played.
noinst_LIBRARIES += libmuxstage.a
libmuxstage_a_SOURCES = %D%/mux-stage.c %D%/mux-stage.h
MUX_SCENARIOS =
MUX_SCENARIOS += %D%/test-mux-arrivals
MUX_SCENARIOS += %D%/test-mux-gate
MUX_SCENARIOS += %D%/test-mux-library
MUX_SCENARIOS += %D%/test-mux-limits
MUX_SCENARIOS += %D%/test-mux-pulse
MUX_SCENARIOS += %D%/test-mux-relay
MUX_SCENARIOS += %D%/test-mux-sim
check_PROGRAMS += $(MUX_SCENARIOS)
TESTS += $(MUX_SCENARIOS)
MUX_SCENARIO_LIBS = libmuxstage.a libtap.a
%C%_test_mux_arrivals_LDADD = $(MUX_SCENARIO_LIBS)
%C%_test_mux_gate_LDADD = $(MUX_SCENARIO_LIBS)
%C%_test_mux_library_CPPFLAGS = $(AM_CPPFLAGS) $(USBMUXD_CFLAGS)
%C%_test_mux_library_LDADD = $(MUX_SCENARIO_LIBS) $(USBMUXD_LIBS)
%C%_test_mux_limits_LDADD = $(MUX_SCENARIO_LIBS)
%C%_test_mux_pulse_LDADD = $(MUX_SCENARIO_LIBS)
%C%_test_mux_relay_LDADD = $(MUX_SCENARIO_LIBS)
%C%_test_mux_sim_CPPFLAGS = $(AM_CPPFLAGS) $(USBMUXD_CFLAGS)
%C%_test_mux_sim_LDADD = $(MUX_SCENARIO_LIBS) $(USBMUXD_LIBS)

# muster-worker and a simulated device, with a station that plays a plan; and a device that lies.
check_PROGRAMS += odd-phone
odd_phone_SOURCES =
odd_phone_SOURCES += %D%/odd_lockdown.c
odd_phone_SOURCES += %D%/odd_phone.c %D%/odd_phone.h
odd_phone_SOURCES += %D%/odd_wire.c
odd_phone_CPPFLAGS = $(AM_CPPFLAGS) $(PLIST_CFLAGS) $(OPENSSL_CFLAGS)
odd_phone_LDADD = $(PLIST_LIBS) $(OPENSSL_LIBS)
check_PROGRAMS += play-bus
play_bus_SOURCES = %D%/play_bus.c
play_bus_LDADD = libbustest.a libscratch.a libtap.a libfacts.a
check_PROGRAMS += play-station
play_station_SOURCES = %D%/play_station.c
play_station_LDADD = libfacts.a
WORKER_SCENARIOS =
WORKER_SCENARIOS += %D%/worker-by-hand.tap
WORKER_SCENARIOS += %D%/worker-person.tap
WORKER_SCENARIOS += %D%/worker-straight.tap
WORKER_SCENARIOS += %D%/worker-traps.tap
TESTS += $(WORKER_SCENARIOS)
dist_check_SCRIPTS += $(WORKER_SCENARIOS)
dist_noinst_DATA += %D%/worker.sh

# The station, with played muxes and workers (tests/workers), and with the real ones.
STATION_SCENARIOS =
STATION_SCENARIOS += %D%/doctor.tap
STATION_SCENARIOS += %D%/faults.tap
STATION_SCENARIOS += %D%/station-crash.tap
STATION_SCENARIOS += %D%/station-devices.tap
STATION_SCENARIOS += %D%/station-health.tap
STATION_SCENARIOS += %D%/station-profiles.tap
STATION_SCENARIOS += %D%/station-retry.tap
STATION_SCENARIOS += %D%/station-run.tap
STATION_SCENARIOS += %D%/station-sim.tap
STATION_SCENARIOS += %D%/station-usb.tap
STATION_SCENARIOS += %D%/station-workers.tap
STATION_SCENARIOS += %D%/units.tap
TESTS += $(STATION_SCENARIOS)
dist_check_SCRIPTS += $(STATION_SCENARIOS)
check_PROGRAMS += %D%/test-station-notify
TESTS += %D%/test-station-notify
%C%_test_station_notify_LDADD = libscratch.a libtap.a
check_PROGRAMS += %D%/test-station-storm
TESTS += %D%/test-station-storm
%C%_test_station_storm_LDADD = libbustest.a libscratch.a libtap.a $(JANSSON_LIBS)
dist_noinst_DATA += %D%/faults.txt
dist_noinst_DATA += %D%/bench.sh
dist_noinst_DATA += %D%/profile.sh
dist_noinst_DATA += %D%/station.sh

# The command line, and the whole product on simulated devices.
FACES_SCENARIOS =
FACES_SCENARIOS += %D%/demo.tap
FACES_SCENARIOS += %D%/slot-verb.tap
FACES_SCENARIOS += %D%/profile-library.tap
FACES_SCENARIOS += %D%/profile-mistakes.tap
FACES_SCENARIOS += %D%/watch.tap
FACES_SCENARIOS += %D%/profile.tap
FACES_SCENARIOS += %D%/words.tap
TESTS += $(FACES_SCENARIOS)
dist_check_SCRIPTS += $(FACES_SCENARIOS)

# Where enrollment profiles come from: muster-fetch, and a server that plays Microsoft Graph.
GRAPH_SCENARIOS =
GRAPH_SCENARIOS += %D%/fetch.tap
GRAPH_SCENARIOS += %D%/graph-bench.tap
GRAPH_SCENARIOS += %D%/graph-code.tap
GRAPH_SCENARIOS += %D%/graph-life.tap
GRAPH_SCENARIOS += %D%/graph-together.tap
GRAPH_SCENARIOS += %D%/graph.tap
TESTS += $(GRAPH_SCENARIOS)
dist_check_SCRIPTS += $(GRAPH_SCENARIOS)
dist_noinst_DATA += %D%/graph.sh
dist_noinst_DATA += tests/graph/server.py

# Profiles to Macs: sticks, a page, results.
check_PROGRAMS += play-stick
play_stick_SOURCES = %D%/play-stick.c
play_stick_LDADD = $(muster_LDADD)
check_PROGRAMS += https-ask
https_ask_SOURCES = %D%/https-ask.c
https_ask_LDADD = $(OPENSSL_LIBS)
HANDOVER_SCENARIOS =
HANDOVER_SCENARIOS += %D%/handover-serve.tap
HANDOVER_SCENARIOS += %D%/handover-stick.tap
TESTS += $(HANDOVER_SCENARIOS)
dist_check_SCRIPTS += $(HANDOVER_SCENARIOS)
dist_noinst_DATA += %D%/handover.sh
dist_noinst_DATA += %D%/mdm.mobileconfig

# Trials: the whole station, treated badly. In check a little of each; all of it in check-long.
noinst_LIBRARIES += libtrial.a
libtrial_a_SOURCES = %D%/trial.c %D%/trial.h
libtrial_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
TRIALS =
TRIALS += %D%/disk-trouble
TRIALS += %D%/kill-points
TRIALS += %D%/mux-restarts
TRIALS += %D%/sixty-four
check_PROGRAMS += $(TRIALS)
TESTS += $(TRIALS)
TRIAL_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(SQLITE_CFLAGS)
TRIAL_LIBS = libtrial.a libtap.a $(JANSSON_LIBS)
%C%_disk_trouble_CPPFLAGS = $(TRIAL_CPPFLAGS)
%C%_disk_trouble_LDADD = $(TRIAL_LIBS) $(SQLITE_LIBS)
%C%_kill_points_CPPFLAGS = $(TRIAL_CPPFLAGS)
%C%_kill_points_LDADD = $(TRIAL_LIBS)
%C%_mux_restarts_CPPFLAGS = $(TRIAL_CPPFLAGS)
%C%_mux_restarts_LDADD = $(TRIAL_LIBS)
%C%_sixty_four_CPPFLAGS = $(TRIAL_CPPFLAGS)
%C%_sixty_four_LDADD = $(TRIAL_LIBS) $(SQLITE_LIBS)
# Preloaded into stations of trials; no part of anything that is installed.
check_PROGRAMS += %D%/disk-shim.so
%C%_disk_shim_so_SOURCES = %D%/disk-shim.c
%C%_disk_shim_so_CFLAGS = $(AM_CFLAGS) -fPIC
%C%_disk_shim_so_LDFLAGS = $(AM_LDFLAGS) -shared

dist_check_SCRIPTS += %D%/long.sh
.PHONY: check-long
check-long: all
	$(MAKE) $(AM_MAKEFLAGS) $(check_PROGRAMS)
	$(AM_TESTS_ENVIRONMENT) $(srcdir)/%D%/long.sh
