#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: pulled in mid-step; another one takes its port, it comes back on the next.
. "${0%/*}/mux.sh"
say up
plug 1 1-1
arrive 1
serve_until admit
await_worker
unplug 1-1 1
say left 1
serve_until close
plug 2 1-1
arrive 2
serve_until close
plug 1 1-2 11
say arrived 11 "$(udid 1)" 4778 $((65536 + 11)) 480000000 usb
serve
