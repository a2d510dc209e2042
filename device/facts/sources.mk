# SPDX-License-Identifier: Apache-2.0
# Floor 0: plain values; libc only.
noinst_LIBRARIES += libfacts.a
libfacts_a_SOURCES = \
	%D%/clean.c %D%/clean.h \
	%D%/ecid.c %D%/ecid.h \
	%D%/exchange.c %D%/exchange.h \
	%D%/fault.c %D%/fault.h \
	%D%/muxtalk.c %D%/muxtalk.h \
	%D%/nearest.c %D%/nearest.h \
	%D%/number.c %D%/number.h \
	%D%/order.c \
	%D%/outcome.c %D%/outcome.h \
	%D%/port.c %D%/port.h \
	%D%/record.c %D%/record.h \
	%D%/step.c %D%/step.h \
	%D%/talk.c %D%/talk.h \
	%D%/udid.c %D%/udid.h \
	%D%/whole.c %D%/whole.h
