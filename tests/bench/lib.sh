# SPDX-License-Identifier: Apache-2.0
# What the benchmarks share: a folder, a simulator in it, pairing keys, a clock.
# shellcheck shell=bash
build=${MUSTER_BUILD:?run it by make bench}
# shellcheck disable=SC2034 # it is for the scripts
source=${MUSTER_SOURCE:?run it by make bench}
folder=$(mktemp -d)
simulator=0
# What run_station starts: the station, or something that starts it.
start=("$build/muster")
trap '[ "$simulator" = 0 ] || kill "$simulator" 2>/dev/null; rm -rf "$folder"' EXIT
export USBMUXD_SOCKET_ADDRESS=UNIX:$folder/usbmuxd

now_ms() {
	echo $(($(date +%s%N) / 1000000))
}

# start_simulator DEVICES REQUEST_MS INSTALL_MS [OPTION]...: returns when it listens; nothing is
# plugged in.
start_simulator() {
	local ready devices=$1 request=$2 install=$3
	shift 3
	rm -f "$folder/usbmuxd" "$folder/control"
	mkfifo "$folder/ready"
	"$build/muster-sim" --socket "$folder/usbmuxd" --control "$folder/control" \
		--devices "$devices" --unplugged --request-latency "$request" \
		--install-latency "$install" --ready-fd 3 "$@" 3>"$folder/ready" &
	simulator=$!
	read -r ready <"$folder/ready"
	[ -n "$ready" ]
	rm "$folder/ready"
}

stop_simulator() {
	kill "$simulator"
	wait "$simulator" || true
	simulator=0
}

ask() {
	"$build/sim-ask" "$folder/control" "$1"
}

udids() {
	ask '{"do":"list"}' | grep -o '"udid": *"[^"]*"' | cut -d'"' -f4
}

# new_state SETS: an empty state directory with so many sets of pairing keys, as an idle station makes
# them; copies of one, since a simulated device does not mind and they take a third of a second each.
new_state() {
	local i
	rm -rf "$folder/state"
	mkdir -m 700 "$folder/state" "$folder/state/pair-keys"
	if [ ! -e "$folder/set.pem" ]; then
		"$build/muster-worker" --make-keys "$folder/state/pair-keys" 1
		mv "$folder"/state/pair-keys/*.pem "$folder/set.pem"
	fi
	for ((i = 0; i < $1; i++)); do
		cp -p "$folder/set.pem" "$folder/state/pair-keys/$i.pem"
	done
}

count_sets() {
	find "$folder/state/pair-keys" -name '*.pem' | wc -l
}

# run_station BLUEPRINT OPTION...: starts a station on the state; returns when it is ready. Its process
# is $station.
run_station() {
	local ready blueprint=$1
	shift
	mkfifo "$folder/ready"
	"${start[@]}" --state "$folder/state" run --blueprint "$blueprint" --view none --ready-fd 3 \
		"$@" 3>"$folder/ready" 2>"$folder/log" &
	station=$!
	read -r ready <"$folder/ready" || true
	rm "$folder/ready"
}

# await_station STATUS: its end, which must have that status.
await_station() {
	local status=0
	wait "$station" || status=$?
	[ "$status" -eq "$1" ] && return
	tail -n 20 "$folder/log" >&2
	echo "bench: the station ended with $status" >&2
	exit 1
}

# durations: of each device that passed, in milliseconds, sorted. The status of `results` says that
# some did not.
durations() {
	{ "$build/muster" --state "$folder/state" results --format csv || true; } |
		grep -o ',passed,.*' | grep -o '[0-9]*T[0-9:.]*Z,[0-9-]*T[0-9:.]*Z' |
		tr 'T:Z,' '    ' | awk '{
			printf "%.0f\n", (($6 * 60 + $7) * 60 + $8 - ($2 * 60 + $3) * 60 - $4) * 1000
		}' | sort -n
}

# median: of the sorted numbers on stdin; - of none.
median() {
	awk '{ at[NR] = $1 } END { print NR ? at[int((NR + 1) / 2)] : "-" }'
}

# await_outcomes COUNT: until so many devices have ended; the station's events come on descriptor 4.
await_outcomes() {
	local line left=$1
	while [ "$left" -gt 0 ] && read -r line <&4; do
		case $line in
		*'"event":"outcome"'*) left=$((left - 1)) ;;
		esac
	done
}

# started_after WHAT: from that news of a device to its worker's start, by the log of a station with
# --verbose; the median, in milliseconds.
started_after() {
	grep -o "worker started [0-9]* us after $1" "$folder/log" | grep -o '[0-9]*' | sort -n | median |
		to_ms
}

# first_byte: from the plug to the first connection to the device, by the simulator; likewise.
first_byte() {
	ask '{"do":"list"}' |
		awk 'BEGIN { RS = "[,{}]" } /"first_byte_us"/ { sub(/.*: */, ""); print }' | sort -n |
		median | to_ms
}

to_ms() {
	awk '{ print $1 == "-" ? "-" : $1 / 1000 }'
}
