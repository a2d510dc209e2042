#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: usbmuxd shows the device when it had been given up.
. "${0%/*}/mux.sh"
say up
plug 1 1-1
until grep -s not-reachable "${folder%.folder}.log" >/dev/null; do :; done
arrive 1
serve_until close
arrive 2
serve
