# SPDX-License-Identifier: Apache-2.0
# Decoders of strangers' bytes, as libFuzzer entries. Configured with --enable-fuzz each program is a
# fuzzer, and `make fuzz` runs them all; else it replays its corpus and prints TAP.
noinst_LIBRARIES += libfuzz.a
libfuzz_a_CPPFLAGS = $(AM_CPPFLAGS) $(PLIST_CFLAGS)
libfuzz_a_SOURCES = %D%/entry.c %D%/entry.h
if FUZZ
FUZZ_MAIN = $(LIBFUZZER)
else
noinst_LIBRARIES += libreplay.a
libreplay_a_SOURCES = %D%/replay.c
libreplay_a_CPPFLAGS = $(AM_CPPFLAGS) $(PLIST_CFLAGS)
FUZZ_MAIN = libreplay.a libscratch.a libtap.a
TESTS += $(FUZZ_ENTRIES)
endif

FUZZ_ENTRIES =
FUZZ_ENTRIES += %D%/fuzz-assets
FUZZ_ENTRIES += %D%/fuzz-blueprint
FUZZ_ENTRIES += %D%/fuzz-bplist
FUZZ_ENTRIES += %D%/fuzz-call
FUZZ_ENTRIES += %D%/fuzz-clean
FUZZ_ENTRIES += %D%/fuzz-device-key
FUZZ_ENTRIES += %D%/fuzz-entry
FUZZ_ENTRIES += %D%/fuzz-exchange
FUZZ_ENTRIES += %D%/fuzz-frame
FUZZ_ENTRIES += %D%/fuzz-graph
FUZZ_ENTRIES += %D%/fuzz-lint
FUZZ_ENTRIES += %D%/fuzz-mac-report
FUZZ_ENTRIES += %D%/fuzz-mcinstall
FUZZ_ENTRIES += %D%/fuzz-muxtalk
FUZZ_ENTRIES += %D%/fuzz-order
FUZZ_ENTRIES += %D%/fuzz-pair-record
FUZZ_ENTRIES += %D%/fuzz-profile
FUZZ_ENTRIES += %D%/fuzz-record
FUZZ_ENTRIES += %D%/fuzz-request
FUZZ_ENTRIES += %D%/fuzz-sim-frame
FUZZ_ENTRIES += %D%/fuzz-sim-plist
FUZZ_ENTRIES += %D%/fuzz-sim-profile
FUZZ_ENTRIES += %D%/fuzz-sim-usb-packet
FUZZ_ENTRIES += %D%/fuzz-sim-usb-wire
FUZZ_ENTRIES += %D%/fuzz-slots-file
FUZZ_ENTRIES += %D%/fuzz-talk
FUZZ_ENTRIES += %D%/fuzz-template
FUZZ_ENTRIES += %D%/fuzz-usb-serial
FUZZ_ENTRIES += %D%/fuzz-xml
check_PROGRAMS += $(FUZZ_ENTRIES)

FUZZ_FACTS_LIBS = $(FUZZ_MAIN) libfuzz.a libfacts.a $(PLIST_LIBS)
%C%_fuzz_clean_LDADD = $(FUZZ_FACTS_LIBS)
%C%_fuzz_exchange_LDADD = $(FUZZ_FACTS_LIBS)
%C%_fuzz_muxtalk_LDADD = $(FUZZ_FACTS_LIBS)
%C%_fuzz_record_LDADD = $(FUZZ_FACTS_LIBS)
%C%_fuzz_talk_LDADD = $(FUZZ_FACTS_LIBS)

FUZZ_PROFILES_LIBS = $(FUZZ_MAIN) libfuzz.a libprofiles.a $(PROFILES_LIBS)
%C%_fuzz_assets_LDADD = $(FUZZ_PROFILES_LIBS)
%C%_fuzz_blueprint_LDADD = $(FUZZ_PROFILES_LIBS)
%C%_fuzz_bplist_LDADD = $(FUZZ_PROFILES_LIBS)
%C%_fuzz_lint_LDADD = $(FUZZ_PROFILES_LIBS)
%C%_fuzz_profile_LDADD = $(FUZZ_PROFILES_LIBS)
%C%_fuzz_slots_file_LDADD = $(FUZZ_PROFILES_LIBS)
%C%_fuzz_template_LDADD = $(FUZZ_PROFILES_LIBS)
%C%_fuzz_xml_LDADD = $(FUZZ_PROFILES_LIBS)

FUZZ_USBVIEW_LIBS = $(FUZZ_MAIN) libfuzz.a libusbview.a libfacts.a $(PLIST_LIBS)
%C%_fuzz_usb_serial_LDADD = $(FUZZ_USBVIEW_LIBS)

FUZZ_MUX_LIBS = $(FUZZ_MAIN) libfuzz.a libmux.a libfacts.a $(PLIST_LIBS)
%C%_fuzz_entry_CPPFLAGS = $(MUX_TEST_CPPFLAGS)
%C%_fuzz_entry_LDADD = $(FUZZ_MUX_LIBS)
%C%_fuzz_frame_CPPFLAGS = $(MUX_TEST_CPPFLAGS)
%C%_fuzz_frame_LDADD = $(FUZZ_MUX_LIBS)
%C%_fuzz_request_CPPFLAGS = $(MUX_TEST_CPPFLAGS)
%C%_fuzz_request_LDADD = $(FUZZ_MUX_LIBS)

FUZZ_DEVICE_LIBS = $(FUZZ_MAIN) libfuzz.a libdevice.a libprofiles.a libfacts.a $(IMOBILEDEVICE_LIBS) \
	$(USBMUXD_LIBS) $(YAML_LIBS) $(PLIST_LIBS) $(OPENSSL_LIBS)
%C%_fuzz_device_key_CPPFLAGS = $(libdevice_a_CPPFLAGS)
%C%_fuzz_device_key_LDADD = $(FUZZ_DEVICE_LIBS)
%C%_fuzz_mcinstall_CPPFLAGS = $(libdevice_a_CPPFLAGS)
%C%_fuzz_mcinstall_LDADD = $(FUZZ_DEVICE_LIBS)
%C%_fuzz_order_CPPFLAGS = $(libdevice_a_CPPFLAGS)
%C%_fuzz_order_LDADD = $(FUZZ_DEVICE_LIBS)
%C%_fuzz_pair_record_CPPFLAGS = $(libdevice_a_CPPFLAGS)
%C%_fuzz_pair_record_LDADD = $(FUZZ_DEVICE_LIBS)

FUZZ_STATION_LIBS = $(FUZZ_MAIN) libfuzz.a libstation.a libfacts.a $(PLIST_LIBS)
%C%_fuzz_call_LDADD = $(FUZZ_STATION_LIBS)

FUZZ_FACES_LIBS = $(FUZZ_MAIN) libfuzz.a libstation.a libprofiles.a $(PROFILES_LIBS) $(JANSSON_LIBS)
%C%_fuzz_graph_LDADD = $(FUZZ_FACES_LIBS)
%C%_fuzz_mac_report_LDADD = $(FUZZ_FACES_LIBS)

FUZZ_SIM_LIBS = $(FUZZ_MAIN) libfuzz.a libsim.a libfacts.a $(PLIST_LIBS) $(OPENSSL_LIBS) $(SYSTEMD_LIBS) \
	$(YAML_LIBS) $(JANSSON_LIBS) -lm
%C%_fuzz_sim_frame_CPPFLAGS = $(libsim_a_CPPFLAGS)
%C%_fuzz_sim_frame_LDADD = $(FUZZ_SIM_LIBS)
%C%_fuzz_sim_plist_CPPFLAGS = $(libsim_a_CPPFLAGS)
%C%_fuzz_sim_plist_LDADD = $(FUZZ_SIM_LIBS)
%C%_fuzz_sim_profile_CPPFLAGS = $(libsim_a_CPPFLAGS)
%C%_fuzz_sim_profile_LDADD = $(FUZZ_SIM_LIBS)
%C%_fuzz_sim_usb_packet_CPPFLAGS = $(libsim_a_CPPFLAGS)
%C%_fuzz_sim_usb_packet_LDADD = $(FUZZ_SIM_LIBS)
%C%_fuzz_sim_usb_wire_CPPFLAGS = $(libsim_a_CPPFLAGS)
%C%_fuzz_sim_usb_wire_LDADD = $(FUZZ_SIM_LIBS)

EXTRA_DIST += %D%/corpus
EXTRA_DIST += %D%/words
dist_noinst_SCRIPTS += %D%/fuzz.sh

# How long each entry runs, as many at a time as there are processors.
FUZZ_SECONDS = 30
.PHONY: fuzz
if FUZZ
fuzz: $(FUZZ_ENTRIES)
	$(AM_V_at)$(AM_TESTS_ENVIRONMENT) printf '%s\n' $(FUZZ_ENTRIES) | \
		xargs -n 1 -P "$$(nproc)" $(srcdir)/%D%/fuzz.sh $(FUZZ_SECONDS)
else
fuzz:
	@echo 'This build tree has no fuzzers; make one with: configure --enable-fuzz CC=clang' >&2
	@exit 1
endif
