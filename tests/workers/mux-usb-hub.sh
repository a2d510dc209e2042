#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: the hub is reset in mid-step, and the device is enumerated anew.
. "${0%/*}/mux.sh"
say up
plug 1 1-4.2
arrive 1
serve_until admit
await_worker
unplug 1-4.2 1
plug 1 1-4.2 11
say left 1
say arrived 11 "$(udid 1)" 4778 $((65536 + 11)) 480000000 usb
serve
