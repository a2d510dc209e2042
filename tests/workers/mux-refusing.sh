#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux that makes no gates.
. "${0%/*}/mux.sh"
answer() {
	case $order in
	"open "*) say refused "$(word 2)" no%20room ;;
	esac
}
say up
arrive 1
serve
