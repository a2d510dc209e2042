# SPDX-License-Identifier: Apache-2.0
# What the station's scenarios share: a state directory, played workers and muxes, results in brief.
# shellcheck shell=sh
. "${MUSTER_SOURCE:-.}/tests/lint/lib.sh"

workers=$PWD/tests/workers
muster=${MUSTER_BUILD:-$PWD/build}/muster
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# How much longer than usual everything may take: under valgrind and the like.
patience=${MUSTER_PATIENCE:-1}

# A blueprint with one profile, for impatient tests.
mkdir "$dir/blueprint"
cp profiles/examples/bench-wifi.mobileconfig "$dir/blueprint"
cat >"$dir/blueprint/short.yaml" <<-END
	muster: 1
	name: Short
	pair: { deadline: ${patience}s, operator-limit: ${patience}s }
	verify: { deadline: ${patience}s }
	steps:
	  - install: { file: bench-wifi.mobileconfig, deadline: ${patience}s, operator-limit: ${patience}s }
	  - name: { to: "Test {serial}", deadline: ${patience}s }
END

# fill_pool: a set of pairing keys under many names, where it takes long to make one.
fill_pool() {
	mkdir -p "$state" && mkdir -m 700 "$state/pair-keys"
	for key in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
		cp -p "$MUSTER_TEST_KEYS" "$state/pair-keys/$key.pem"
	done
}

# stage NAME: what the following run has to itself: state, usbmuxd, a folder where its mux and workers
# meet.
stage() {
	state=$dir/$1
	USBMUXD_SOCKET_ADDRESS=UNIX:$state.usbmuxd
	MUSTER_TEST_FOLDER=$state.folder
	export USBMUXD_SOCKET_ADDRESS MUSTER_TEST_FOLDER
	mkdir "$MUSTER_TEST_FOLDER" && mkfifo "$MUSTER_TEST_FOLDER/news"
	[ -z "${MUSTER_TEST_KEYS:-}" ] || fill_pool
}

# run MUX WORKER [OPTION]...: a whole run of the station; its status is in $status, its log in
# $state.log.
run() {
	mux=$1
	worker=$2
	shift 2
	timeout 60 "$muster" --state "$state" run --mux "$workers/mux-$mux.sh" --worker \
		"$workers/$worker.sh" --blueprint "$dir/blueprint/short.yaml" --view json --verbose \
		"$@" >"$state.events" 2>"$state.log"
	status=$?
	echo "$status" >"$state.status"
}

# begin MUX WORKER [OPTION]...: the same in the background; returns when it is ready. Its process is
# $station, its events come in $state.events.
begin() {
	mux=$1
	worker=$2
	shift 2
	mkfifo "$state.ready"
	"$muster" --state "$state" run --mux "$workers/mux-$mux.sh" --worker "$workers/$worker.sh" \
		--blueprint "$dir/blueprint/short.yaml" --view json --verbose --ready-fd 9 "$@" \
		9>"$state.ready" >"$state.events" 2>"$state.log" &
	# shellcheck disable=SC2034 # for those who read this in
	station=$!
	read -r _ <"$state.ready"
	rm "$state.ready"
}

# await TEXT: until a line of the station's log has TEXT, for ten seconds.
await() {
	mkfifo "$state.lines"
	timeout 10 tail -n +1 -s 0.1 -f "$state.log" >"$state.lines" 2>/dev/null &
	reader=$!
	grep -m 1 -e "$1" "$state.lines" >/dev/null
	found=$?
	kill "$reader"
	wait "$reader" 2>/dev/null
	rm "$state.lines"
	return "$found"
}

# brief: a line a result: slot, outcome, fault, then each step with its outcome and attempts.
brief() {
	"$muster" --state "$state" results --json | awk -F'"' '
		$2 == "slot" { slot = $4 }
		$2 == "outcome" && !in_steps { outcome = $4 }
		$2 == "fault" && !/null/ { in_fault = 1 }
		$2 == "name" && in_fault { fault = $4; in_fault = 0 }
		$2 == "steps" { in_steps = 1 }
		$2 == "step" && in_steps { step = $4 }
		$2 == "outcome" && in_steps { what = $4 }
		$2 == "attempts" {
			split($3, n, /[ :,]+/)
			steps = steps " " step "=" what (n[2] == 1 ? "" : "*" n[2])
		}
		$2 == "enrollment" { in_steps = 0 }
		$2 == "operator" {
			print slot, outcome (fault ? " " fault : "") ":" steps
			fault = steps = ""
			in_steps = 0
		}'
}

# is GOT WANT TEXT: a check that shows both when they differ.
is() {
	[ "$1" = "$2" ]
	check $? "$3"
	[ "$1" = "$2" ] || printf '%s\n' "got:  $1" "want: $2" | sed 's/^/# /'
}
