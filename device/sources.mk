# SPDX-License-Identifier: Apache-2.0
# Floor 2: doing it to one device; the only place that links libimobiledevice and libusbmuxd.
noinst_LIBRARIES += libdevice.a
libdevice_a_CPPFLAGS = $(AM_CPPFLAGS) $(IMOBILEDEVICE_CFLAGS) $(USBMUXD_CFLAGS) $(PLIST_CFLAGS) \
	$(OPENSSL_CFLAGS)
libdevice_a_SOURCES = \
	%D%/ask.c %D%/ask.h \
	%D%/certificate.c %D%/certificate.h \
	%D%/confine.c %D%/confine.h \
	%D%/conversation.c %D%/conversation.h \
	%D%/host_keys.c %D%/host_keys.h \
	%D%/identity.c %D%/identity.h \
	%D%/install.c %D%/install.h \
	%D%/job.c %D%/job.h \
	%D%/key_pool.c %D%/key_pool.h \
	%D%/link.c %D%/link.h \
	%D%/mcinstall.c %D%/mcinstall.h \
	%D%/mcinstall_answer.c %D%/mcinstall_answer.h \
	%D%/name.c %D%/name.h \
	%D%/pair.c %D%/pair.h \
	%D%/pair_record.c %D%/pair_record.h \
	%D%/patience.c %D%/patience.h \
	%D%/plan.c %D%/plan.h \
	%D%/tls_witness.c %D%/tls_witness.h \
	%D%/value.c %D%/value.h \
	%D%/verify.c %D%/verify.h

libexec_PROGRAMS += muster-worker
muster_worker_SOURCES = %D%/main.c
muster_worker_CPPFLAGS = $(libdevice_a_CPPFLAGS)
muster_worker_LDADD = libdevice.a libfacts.a $(IMOBILEDEVICE_LIBS) $(USBMUXD_LIBS) $(PLIST_LIBS) \
	$(OPENSSL_LIBS)
