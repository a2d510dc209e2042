#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: usbmuxd loses a device in mid-step that is still on its port, and shows one of the
# same name on another; then it shows the first one again. Another device comes at the end.
. "${0%/*}/mux.sh"
say up
plug 1 1-1
arrive 1
serve_until admit
await_worker
say left 1
plug 1 1-2 2
say arrived 11 "$(udid 1)" 4778 $((65536 + 2)) 480000000 usb
until grep -s identity-double "${folder%.folder}.log" >/dev/null; do :; done
arrive 1 12
arrive 2
serve_until admit
await_worker
say left 2
arrive 2 13
serve
