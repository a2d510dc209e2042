# SPDX-License-Identifier: Apache-2.0
# muster-mux: usbmuxd's news for the station, and the gate between a worker and its one device.
noinst_LIBRARIES += libmux.a
libmux_a_CFLAGS = $(AM_CFLAGS) $(PLIST_CFLAGS) $(SYSTEMD_CFLAGS)
libmux_a_SOURCES = \
	%D%/address.c %D%/address.h \
	%D%/conversation.c %D%/conversation.h \
	%D%/dial.c %D%/dial.h \
	%D%/dict.c %D%/dict.h \
	%D%/entry.c %D%/entry.h \
	%D%/frame.c %D%/frame.h \
	%D%/gate.c %D%/gate.h \
	%D%/gate_folder.c %D%/gate_folder.h \
	%D%/lengths.c %D%/lengths.h \
	%D%/linger.c %D%/linger.h \
	%D%/listen.c %D%/listen.h \
	%D%/mux.c %D%/mux.h \
	%D%/pass.c %D%/pass.h \
	%D%/probe.c %D%/probe.h \
	%D%/probe_once.c %D%/probe_once.h \
	%D%/pulse.c %D%/pulse.h \
	%D%/relay.c %D%/relay.h \
	%D%/request.c %D%/request.h \
	%D%/roll.c %D%/roll.h

libexec_PROGRAMS += muster-mux
muster_mux_CFLAGS = $(AM_CFLAGS) $(SYSTEMD_CFLAGS)
muster_mux_SOURCES = %D%/main.c
muster_mux_LDADD = libmux.a libfacts.a $(PLIST_LIBS) $(SYSTEMD_LIBS)
