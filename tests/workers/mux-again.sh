#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux that dies in mid-step the first time it is run; usbmuxd has lived on, and calls the device
# what it called it before.
. "${0%/*}/mux.sh"
say up
if [ -e "$folder/died" ]; then
	arrive 1
	serve
fi
arrive 1
serve_until admit
await_worker
: >"$folder/died"
kill -SEGV $$
