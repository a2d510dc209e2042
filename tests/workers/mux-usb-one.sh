#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: a device that udev sees first.
. "${0%/*}/mux.sh"
say up
plug 1 1-4.2
arrive 1
serve
