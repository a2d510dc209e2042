#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What a batch costs: wall time, processor time and memory of each process, by number of devices and
# latency of a request; how much devices are in each other's way; what an idle station does. Figures
# are for comparing within one run: machines are noisy.
set -euo pipefail
# shellcheck source=tests/bench/lib.sh
. "${MUSTER_SOURCE:?run it by make bench}/tests/bench/lib.sh"

counts=${BENCH_DEVICES:-1 8 32 64}
latencies=${BENCH_LATENCIES:-0 20}
parts=${BENCH_PARTS:-plug table large faulty idle}
blueprint=$source/profiles/examples/demo.yaml

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

# batch DEVICES REQUEST_MS INSTALL_MS: one run from the first plug to the station's end; prints its
# row. The wall time stays in $wall.
batch() {
	local began sets
	rm -f "$folder/witness"
	new_state $(($1 + 64))
	start_simulator "$1" "$2" "$3"
	sets=$(count_sets)
	LD_PRELOAD="$build/tests/bench/witness.so" MUSTER_WITNESS="$folder/witness" \
		run_station "$blueprint" --verbose --expect "$1" --max-workers 256 \
		--worker "$folder/muster-worker" --mux "$folder/muster-mux"
	began=$(now_ms)
	ask '{"do":"plug","udid":"*"}' >/dev/null
	await_station 0
	wall=$(($(now_ms) - began))
	row "$1" "$2" "$3" "$wall" $(($1 - sets + $(count_sets)))
	stop_simulator
}

heading() {
	printf '%s\n' '                                  processor time (ms a device)    memory (MiB resident)'
	printf '%7s %6s %7s %8s %8s %8s %8s %7s %7s %7s/%-5s %8s %7s %4s\n' devices ms/req ms/inst \
		'wall s' station mux worker station mux worker PSS 'start ms' 'byte ms' keys
}

# row DEVICES REQUEST_MS INSTALL_MS WALL_MS KEYS: what the witnesses wrote, per device.
row() {
	awk -v devices="$1" -v request="$2" -v install="$3" -v wall="$4" -v keys="$5" \
		-v start="$(started_after usbmuxd)" -v first="$(first_byte)" '
	$1 == "muster" && $3 > station { station = $3; station_rss = $5; station_pss = $7 }
	$1 == "muster-mux" { mux = $3; mux_rss = $5; mux_pss = $7 }
	$1 == "muster-worker" {
		worker += $3
		if ($5 > worker_rss) worker_rss = $5
		if ($7 > worker_pss) worker_pss = $7
	}
	END {
		printf "%7d %6d %7d %8.2f %8.1f %8.1f %8.1f %7.1f %7.1f %7.1f/%-5.1f %8.1f %7.1f %4d\n",
			devices, request, install, wall / 1000, station * 1000 / devices,
			mux * 1000 / devices, worker * 1000 / devices, station_rss / 1024,
			mux_rss / 1024, worker_rss / 1024, worker_pss / 1024, start, first, keys
	}' "$folder/witness"
}

# plug_one NUMBER UDID: on the played bus, if there is one, with the address that the simulator gives,
# then to usbmuxd.
plug_one() {
	if [ -p "$folder/bus" ]; then
		echo "plug 3-$1 $((19 + $1)) 12a8 ${2//-/}" >"$folder/bus"
		read -r _ <"$folder/bus-played"
	fi
	ask "{\"do\":\"plug\",\"udid\":\"$2\"}" >/dev/null
}

# From a plug to the worker's start and to its first byte: devices that come one after the other, the
# next when the last has ended. On a bus that is played, if this machine allows namespaces.
plug() {
	local count=32 number=0 udid uevent='no namespaces here'
	new_state $((count + 64))
	start_simulator "$count" 0 0
	mkfifo "$folder/events" "$folder/bus-played"
	exec 4<>"$folder/events"
	if "$build/play-bus" "$folder/bus" true 2>/dev/null; then
		start=("$build/play-bus" "$folder/bus" "$build/muster")
	else
		rm -f "$folder/bus"
	fi
	run_station "$blueprint" --verbose --view json --expect "$count" >"$folder/events"
	for udid in $(udids); do
		number=$((number + 1))
		plug_one "$number" "$udid"
		await_outcomes 1
	done
	await_station 0
	[ ! -p "$folder/bus" ] || uevent="$(started_after 'its uevent') ms"
	printf '%d devices one after the other, medians: to the worker%ss start, from the uevent %s, ' \
		"$count" "'" "$uevent"
	printf 'from usbmuxd%ss word %s ms; to the first byte, from usbmuxd%ss word %s ms\n' "'" \
		"$(started_after usbmuxd)" "'" "$(first_byte)"
	stop_simulator
	start=("$build/muster")
	rm -f "$folder/events" "$folder/bus" "$folder/bus-played"
	exec 4<&-
}

table() {
	local latency count
	heading
	for latency in $latencies; do
		for count in $counts; do
			batch "$count" "$latency" 0
		done
	done
}

# Two seconds an install, as a real device takes: does a full bench take longer than one device?
large() {
	local one full
	heading
	batch 1 20 2000
	one=$wall
	batch 64 20 2000
	full=$wall
	batch 256 20 2000
	awk -v one="$one" -v full="$full" \
		'BEGIN { printf "64 devices take %.2f times as long as one\n", full / one }'
}

# alone_or_not DEVICES STATUS OPTION...: the slowest and the median of those that pass.
alone_or_not() {
	local count=$1 status=$2
	shift 2
	new_state $((count + 64))
	start_simulator "$count" 20 0 "$@"
	run_station "$folder/short.yaml" --expect "$count"
	ask '{"do":"plug","udid":"*"}' >/dev/null
	await_station "$status"
	stop_simulator
	durations >"$folder/durations"
	slowest=$(tail -n 1 "$folder/durations")
	middle=$(median <"$folder/durations")
}

# Eight of 64 are faulty: what do the others notice? Nobody waits ten minutes for a tap.
faulty() {
	local alone
	cp "$source"/profiles/examples/*.mobileconfig "$folder"
	sed -e '/^name:/a pair: { deadline: 5s, operator-limit: 5s }' -e 's/deadline: 20s/deadline: 5s/' \
		-e 's/operator-limit: 30s/operator-limit: 5s/' "$blueprint" >"$folder/short.yaml"
	alone_or_not 1 0
	alone=$slowest
	alone_or_not 64 0
	awk -v alone="$alone" -v slowest="$slowest" -v middle="$middle" 'BEGIN {
		printf "a device alone: %d ms; of 64: median %d ms, slowest %d ms (%.2f times)\n",
			alone, middle, slowest, slowest / alone }'
	alone_or_not 64 1 --fault trust-denied=1 --fault profile-refused=2 --fault bad-plist=1 \
		--fault tls-refused=1 --fault hang-at=InstallProfile=1 --fault drip=1 --fault trust-never=1
	awk -v alone="$alone" -v slowest="$slowest" -v middle="$middle" 'BEGIN {
		printf "beside 8 faulty ones: median %d ms, slowest %d ms (%.2f times)\n",
			middle, slowest, slowest / alone }'
}

# switches PID: how often the process has been woken.
switches() {
	awk '/^voluntary_ctxt_switches/ { print $2 }' "/proc/$1/status"
}

# watch_idle SECONDS WHAT: who wakes up, and what strace, if it is here, sees the station do.
watch_idle() {
	local mux before mux_before calls='' tracer
	mux=$(pgrep -P "$station" -x muster-mux)
	# What idleness begins with: a look at the pool of keys.
	read -rt 6 _ <> <(:) || true
	before=$(switches "$station")
	mux_before=$(switches "$mux")
	read -rt "$1" _ <> <(:) || true
	printf '%s for %d s: the station woke %d times, muster-mux %d times' "$2" "$1" \
		$(($(switches "$station") - before)) $(($(switches "$mux") - mux_before))
	if command -v strace >/dev/null; then
		strace -qq -o "$folder/calls" -p "$station" 2>/dev/null &
		tracer=$!
		read -rt "$1" _ <> <(:) || true
		kill "$tracer"
		wait "$tracer" || true
		calls=$(grep -c ' = ' "$folder/calls" || true)
		printf '; in as long again strace saw %s system calls of the station' "$calls"
	fi
	echo
}

# A station with nothing to do, its pool of keys full.
idle() {
	local seconds=${BENCH_IDLE:-60} count=8
	new_state $((count + 64))
	start_simulator "$count" 0 0
	mkfifo "$folder/events"
	exec 4<>"$folder/events"
	run_station "$blueprint" --view json >"$folder/events"
	watch_idle "$seconds" 'idle, nothing attached'
	ask '{"do":"plug","udid":"*"}' >/dev/null
	await_outcomes "$count"
	watch_idle "$seconds" "idle, $count devices attached and ended"
	kill "$station"
	await_station 0
	stop_simulator
	rm "$folder/events"
	exec 4<&-
}

for part in $parts; do
	"$part"
	echo
done
