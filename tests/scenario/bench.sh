# SPDX-License-Identifier: Apache-2.0
# What the scenarios with simulated devices share: a bench for the stage that is set, told what to do.
# shellcheck shell=sh disable=SC2154 # what the scenario sets: state

build=${MUSTER_BUILD:-$PWD/build}
sim=

# plug [OPTION]...: a bench behind the usbmuxd socket of this stage; returns when it listens.
plug() {
	mkfifo "$state.plugged"
	"$build/muster-sim" --socket "$state.usbmuxd" --control "$state.control" --ready-fd 9 "$@" \
		9>"$state.plugged" >"$state.sim" 2>&1 &
	sim=$!
	read -r _ <"$state.plugged"
	rm "$state.plugged"
}

unplug() {
	kill -KILL "$sim"
	wait "$sim" 2>/dev/null
	sim=
}

# ask DO UDID: tells the bench; whether it did.
ask() {
	"$build/sim-ask" "$state.control" "{\"do\":\"$1\",\"udid\":\"$2\"}" | grep -c '"ok":true' \
		>/dev/null
}

# listed KEY: that of every device of the bench, a line each.
listed() {
	"$build/sim-ask" "$state.control" '{"do":"list"}' | grep -o "\"$1\":\"[^\"]*\"" | cut -d'"' -f4
}

# seen TEXT: until the view's events have a line with TEXT, for twenty seconds.
seen() {
	mkfifo "$state.seen"
	timeout 20 tail -n +1 -s 0.1 -f "$state.events" >"$state.seen" 2>/dev/null &
	reader=$!
	grep -m 1 -e "$1" "$state.seen" >/dev/null
	found=$?
	kill "$reader" 2>/dev/null
	wait "$reader" 2>/dev/null
	rm "$state.seen"
	return "$found"
}
