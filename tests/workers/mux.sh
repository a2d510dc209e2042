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

# The worker finds this folder by its gate, and can tell the mux something there.
folder=$MUSTER_TEST_FOLDER

# await_worker: until a worker says that it is in the middle of its work.
await_worker() {
	read -r _ <"$folder/news"
}

# answer: what every order gets; `admit` and `close` get none.
answer() {
	case $order in
	"open "*) say gate "$(word 2)" "$folder/gate-$(word 2)" ;;
	esac
}

serve() {
	while hear; do
		answer
	done
}

# serve_until WORD: serves until an order with that word has been answered.
serve_until() {
	while hear; do
		answer
		case $order in
		"$1 "*) return ;;
		esac
	done
}

# plug N PORT [ADDRESS [PRODUCT]]: the bus shows the Nth device on that port, by default with the
# address N and in normal mode; unplug PORT [ADDRESS]: no longer. Only on a bus that play-bus plays.
plug() {
	echo "plug $2 ${3:-$1} ${4:-12a8} $(udid "$1")" >"$folder/bus"
	read -r _ <"$folder/bus-played"
}
unplug() {
	echo "unplug $1 $2" >"$folder/bus"
	read -r _ <"$folder/bus-played"
}
