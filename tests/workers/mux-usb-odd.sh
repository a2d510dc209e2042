#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: usbmuxd has no name for a device that the bus shows; another one is sound.
. "${0%/*}/mux.sh"
say up
echo "plug 1-1 1 12a8 -" >"$folder/bus"
read -r _ <"$folder/bus-played"
say odd 7 $((65536 + 1)) the%20serial%20number%20is%20empty
plug 2 1-2
arrive 2
serve
