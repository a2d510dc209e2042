#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: a device in recovery mode, which comes back with its system.
. "${0%/*}/mux.sh"
say up
plug 1 1-1 1 1281
until grep -s in-recovery "${folder%.folder}.log" >/dev/null; do :; done
unplug 1-1 1
plug 1 1-1 2
say arrived 1 "$(udid 1)" 4778 $((65536 + 2)) 480000000 usb
serve_until close
arrive 2
serve
