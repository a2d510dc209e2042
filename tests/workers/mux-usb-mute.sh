#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: a device is pulled in mid-step, and comes back without a serial number.
. "${0%/*}/mux.sh"
say up
plug 1 1-1
arrive 1
serve_until admit
await_worker
unplug 1-1 1
say left 1
echo "plug 1-1 2 12a8 -" >"$folder/bus"
read -r _ <"$folder/bus-played"
say odd 11 $((65536 + 2)) the%20serial%20number%20is%20empty
serve
