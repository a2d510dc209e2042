# SPDX-License-Identifier: Apache-2.0
# muster-fetch: one HTTPS exchange, bytes in, bytes out. The only program linked to libcurl.
libexec_PROGRAMS += muster-fetch
muster_fetch_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS)
muster_fetch_SOURCES = %D%/main.c
muster_fetch_SOURCES += %D%/confine.c %D%/confine.h
muster_fetch_SOURCES += %D%/transfer.c %D%/transfer.h
muster_fetch_LDADD = libfacts.a $(CURL_LIBS)
