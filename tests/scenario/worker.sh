# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For tests of one worker: a device, a worker with a station that plays a plan, and what was said.
# Sourced by worker-*.tap.

udid=00008030-001A2B3C4D5E6F70
profile=$MUSTER_SOURCE/profiles/examples/welcome.mobileconfig
# The outermost dictionary's are the file's first.
first() {
	sed -n "/$1/{n;s/.*<string>\(.*\)<.*/\1/;p;q;}" "$profile"
}
identifier=$(first PayloadIdentifier)
uuid=$(first PayloadUUID)
# shellcheck disable=SC2034 # by the tests
install=install:$identifier:$uuid:$profile

scratch=$(mktemp -d)
device_pid=
checks=0
failures=0

end_device() {
	if [ -n "$device_pid" ]; then
		kill "$device_pid" 2>/dev/null
		wait "$device_pid" 2>/dev/null
		device_pid=
	fi
	rm -f "$scratch/mux" "$scratch/log" "$scratch/ready"
}
# shellcheck disable=SC2329 # by the trap
clean_up() {
	end_device
	rm -rf "$scratch"
}
trap clean_up EXIT

# Reads one line that COMMAND, in the background, writes once it listens.
await_ready() {
	if ! read -r _ <"$scratch/ready"; then
		echo "Bail out! the device does not start"
		exit 1
	fi
}

# simulate [TEXT]...: a simulated device; each TEXT is a line of its entry in the bench file.
simulate() {
	end_device
	printf 'devices:\n  - udid: %s\n    product: iPad13,18\n    name: Old name\n' "$udid" \
		>"$scratch/bench.yaml"
	for line; do
		printf '    %s\n' "$line" >>"$scratch/bench.yaml"
	done
	mkfifo "$scratch/ready"
	"$MUSTER_BUILD/muster-sim" --socket "$scratch/mux" --bench "$scratch/bench.yaml" \
		--ready-fd 5 5>"$scratch/ready" &
	device_pid=$!
	await_ready
}

# odd ODDITY: a device that answers wrong in that way.
odd() {
	end_device
	mkfifo "$scratch/ready"
	"$MUSTER_BUILD/odd-phone" "$scratch/mux" "$scratch/log" "$1" >"$scratch/ready" &
	device_pid=$!
	await_ready
}

# play [OPTION]... STEP...: a worker does the steps; what it says is in $scratch/said. Where a worker
# would take minutes to make keys, MUSTER_TEST_KEYS has a set of them.
play() {
	options=()
	[ -z "${MUSTER_TEST_KEYS:-}" ] || options=(--keys "$MUSTER_TEST_KEYS")
	while [ "${1#--}" != "$1" ]; do
		options+=("$1" "$2")
		shift 2
	done
	USBMUXD_SOCKET_ADDRESS=UNIX:$scratch/mux timeout 60 "$MUSTER_BUILD/play-station" \
		"${options[@]}" "$MUSTER_BUILD/muster-worker" "$udid" 1 "$@" \
		>"$scratch/said" 2>"$scratch/stderr"
}

report() { # 0 passed, else failed; what
	checks=$((checks + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $checks - $2"
	else
		failures=$((failures + 1))
		echo "not ok $checks - $2"
		sed 's/^/# /' "$scratch/said" "$scratch/stderr"
		if [ -e "$scratch/log" ]; then
			sed 's/^/# log: /' "$scratch/log"
		fi
	fi
}

# said TEXT WHAT: a record of the worker is TEXT, or begins with it and a blank.
said() {
	grep -qe "^$1\( \|\$\)" "$scratch/said"
	report $? "$2"
}
unsaid() {
	! grep -qe "^$1\( \|\$\)" "$scratch/said"
	report $? "$2"
}

# story TEXT WHAT: without its notes, the worker said this, and no more.
story() {
	[ "$(grep -v '^note ' "$scratch/said" | tr '\n' ';')" = "$1" ]
	report $? "$2"
}

# logged COUNT REQUEST WHAT: the odd device got REQUEST so often.
logged() {
	[ "$(grep -cx "$2" "$scratch/log")" -eq "$1" ]
	report $? "$3"
}

finish() {
	echo "1..$checks"
	[ "$failures" -eq 0 ]
	exit
}
