#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose usbmuxd ends in mid-step, and comes back.
. "${0%/*}/mux.sh"
say down usbmuxd%20is%20not%20there
say up
arrive 1
serve_until admit
await_worker
say down usbmuxd%20ended
serve_until close
say up
arrive 1 11
serve
