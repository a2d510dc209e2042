#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux with two devices that claim to be the same one.
. "${0%/*}/mux.sh"
say up
arrive 1
arrive 1 11
serve
