#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose usbmuxd ends again and again while two devices are there; the second came later. Then a
# person takes that one away.
. "${0%/*}/mux.sh"
say up
arrive 1
serve_until admit
arrive 2
serve_until admit
for round in 1 2 3 4; do
	say down usbmuxd%20closed%20the%20connection
	say up
	arrive 2 "1$round"
	arrive 1 "2$round"
done
await_worker
say left 14
serve
