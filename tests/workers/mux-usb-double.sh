#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: two devices of one name.
. "${0%/*}/mux.sh"
say up
plug 1 1-1 1
plug 1 1-2 2
arrive 1
say arrived 2 "$(udid 1)" 4778 $((65536 + 2)) 480000000 usb
serve
