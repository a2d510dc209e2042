# SPDX-License-Identifier: Apache-2.0
# Unit tests: one C program a module, printing TAP.
noinst_LIBRARIES += libtap.a
libtap_a_SOURCES = %D%/tap.c %D%/tap.h
