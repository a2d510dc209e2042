#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a batch costs: wall time, processor time and memory of each process, by number of devices and
# latency of a request. Figures are for comparing within one run: machines are noisy.
set -euo pipefail

build=${MUSTER_BUILD:?run it by make bench}
source=${MUSTER_SOURCE:?run it by make bench}
folder=$(mktemp -d)
simulator=0
trap '[ "$simulator" = 0 ] || kill "$simulator" 2>/dev/null; rm -rf "$folder"' EXIT

counts=${BENCH_DEVICES:-1 8 32}
latencies=${BENCH_LATENCIES:-0 20}

# A worker gets a small environment, so what counts for it is set by a wrapper. exec keeps its pid,
# which the gate knows it by.
for program in muster-worker muster-mux; do
	cat >"$folder/$program" <<END
#!/bin/sh
export LD_PRELOAD='$build/tests/bench/witness.so' MUSTER_WITNESS='$folder/witness'
exec '$build/$program' "\$@"
END
	chmod +x "$folder/$program"
done

start_simulator() { # DEVICES LATENCY
	local ready
	rm -f "$folder/usbmuxd" "$folder/control"
	mkfifo "$folder/ready"
	"$build/muster-sim" --socket "$folder/usbmuxd" --control "$folder/control" --devices "$1" \
		--unplugged --request-latency "$2" --ready-fd 3 3>"$folder/ready" &
	simulator=$!
	read -r ready <"$folder/ready"
	[ -n "$ready" ]
	rm "$folder/ready"
}

# fill_keys DEVICES: pairing keys made before, as an idle station makes them.
fill_keys() {
	"$build/muster-worker" --make-keys "$folder/state/pair-keys" "$1"
}

# batch DEVICES LATENCY: one run from the first plug to the station's end; prints its row.
batch() {
	local ready began ended station status=0
	rm -rf "$folder/state" "$folder/witness"
	mkdir -m 700 "$folder/state" "$folder/state/pair-keys"
	fill_keys "$1"
	start_simulator "$1" "$2"
	mkfifo "$folder/ready"
	LD_PRELOAD="$build/tests/bench/witness.so" MUSTER_WITNESS="$folder/witness" \
		USBMUXD_SOCKET_ADDRESS="UNIX:$folder/usbmuxd" \
		"$build/muster" --state "$folder/state" run --blueprint "$source/profiles/examples/demo.yaml" \
		--expect "$1" --view none --worker "$folder/muster-worker" --mux "$folder/muster-mux" \
		--ready-fd 3 3>"$folder/ready" 2>"$folder/log" &
	station=$!
	read -r ready <"$folder/ready" || true
	rm "$folder/ready"
	began=$(date +%s%N)
	"$build/sim-ask" "$folder/control" '{"do":"plug","udid":"*"}' >/dev/null
	wait "$station" || status=$?
	ended=$(date +%s%N)
	"$build/sim-ask" "$folder/control" '{"do":"list"}' >"$folder/devices"
	kill "$simulator"
	wait "$simulator" || true
	simulator=0
	if [ "$status" -ne 0 ]; then
		tail -n 20 "$folder/log" >&2
		echo "bench: the station ended with $status" >&2
		exit 1
	fi
	row "$1" "$2" $(((ended - began) / 1000000))
}

# row DEVICES LATENCY WALL_MS: what the witnesses wrote, per device.
row() {
	local first
	first=$(awk 'BEGIN { RS = "[,{}]" } /"first_byte_us"/ { sub(/.*: */, ""); print }' \
		"$folder/devices" | sort -n |
		awk '{ at[NR] = $1 } END { if (NR) printf "%.0f", at[int((NR + 1) / 2)] / 1000; else print "-" }')
	awk -v devices="$1" -v latency="$2" -v wall="$3" -v first="$first" '
	$1 == "muster" && $3 > station { station = $3; station_rss = $5; station_pss = $7 }
	$1 == "muster-mux" { mux = $3; mux_rss = $5; mux_pss = $7 }
	$1 == "muster-worker" {
		worker += $3
		if ($5 > worker_rss) worker_rss = $5
		if ($7 > worker_pss) worker_pss = $7
	}
	END {
		printf "%7d %7d %8.2f %8.1f %8.1f %8.1f %7.1f %7.1f %7.1f/%-5.1f %7s\n", devices, latency,
			wall / 1000, station * 1000 / devices, mux * 1000 / devices, worker * 1000 / devices,
			station_rss / 1024, mux_rss / 1024, worker_rss / 1024, worker_pss / 1024, first
	}' "$folder/witness"
}

printf '%s\n' '                          processor time (ms a device)    memory (MiB resident)'
printf '%7s %7s %8s %8s %8s %8s %7s %7s %7s/%-5s %7s\n' devices 'ms/req' 'wall s' station mux worker \
	station mux worker PSS 'byte ms'
for latency in $latencies; do
	for count in $counts; do
		batch "$count" "$latency"
	done
done
