# SPDX-License-Identifier: Apache-2.0
# What the fake muxes share: devices that come, and gates that nobody passes.
# shellcheck shell=sh

. "${0%/*}/talk.sh"

# udid N: of the Nth device.
udid() {
	printf '%040x' "$1"
}

# arrive N [HANDLE]: the Nth device comes, by default with the handle N.
arrive() {
	say arrived "${2:-$1}" "$(udid "$1")" 4778 $((65536 + $1)) 480000000 usb
}

# answer: what every order gets; `admit` and `close` get none.
answer() {
	case $order in
	"open "*) set -- $order && say gate "$2" "/nowhere/gate-$2" ;;
	esac
}

serve() {
	while hear; do
		answer
	done
}
