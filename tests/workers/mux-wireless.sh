#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux that shows two devices over Wi-Fi, to which it opens no gate, and then one of them on its
# cable too.
. "${0%/*}/mux.sh"
say up
say arrived 10 "$(udid 1)" 0 0 0 network
say arrived 11 "$(udid 2)" 0 0 0 network
arrive 1
say left 11
while hear; do
	case $order in
	"open "*" 10 "* | "open "*" 11 "*) say refused "$(word 2)" no%20gate ;;
	*) answer ;;
	esac
done
