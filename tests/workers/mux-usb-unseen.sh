#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: usbmuxd never shows one of two devices.
. "${0%/*}/mux.sh"
say up
plug 1 1-1
plug 2 1-2
arrive 2
serve
