#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: pulled in mid-step, never seen again, not even by usbmuxd.
. "${0%/*}/mux.sh"
say up
plug 1 1-4.2
arrive 1
serve_until admit
await_worker
unplug 1-4.2 1
serve
