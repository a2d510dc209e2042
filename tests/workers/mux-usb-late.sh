#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: usbmuxd is first, and udev has its event only later.
. "${0%/*}/mux.sh"
say up
arrive 1
serve_until admit
plug 1 1-4.2
serve
