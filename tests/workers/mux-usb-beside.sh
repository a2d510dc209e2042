#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: two devices on two ports.
. "${0%/*}/mux.sh"
say up
plug 1 1-4.2
arrive 1
plug 2 1-1
arrive 2
serve
