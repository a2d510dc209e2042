#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: a device is moved in mid-step, and one in recovery mode that does not say who it is
# takes its port. Another one comes when both are seen to, and flaps.
. "${0%/*}/mux.sh"
say up
plug 1 1-1
arrive 1
serve_until admit
await_worker
unplug 1-1 1
plug 9 1-1 3 1281
plug 1 1-2 2
say left 1
say arrived 11 "$(udid 1)" 4778 $((65536 + 2)) 480000000 usb
serve_until close
serve_until close
until grep -s in-recovery "${folder%.folder}.log" >/dev/null; do :; done
arrive 2
serve_until admit
await_worker
say left 2
serve_until close
arrive 2 12
serve
