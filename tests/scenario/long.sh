#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The trials at full length: minutes each. LONG_SEED chooses another sequence.
trials=${MUSTER_BUILD:?run it by make check-long}/tests/scenario
seed=${LONG_SEED:-1000}
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
failures=0

# trial NAME OPTION...: says only what failed, and how many did not.
trial() {
	echo "== $*"
	name=$1
	shift
	"$trials/$name" "$@" >"$log" 2>&1
	status=$?
	grep -v '^ok\|^1\.\.' "$log"
	echo "   $(grep -c '^ok' "$log") ok, $(grep -c '^not ok' "$log") not"
	[ "$status" -eq 0 ] || failures=$((failures + 1))
}

trial kill-points --seed "$seed" --points 300
trial mux-restarts --times 200 --within 3000
trial disk-trouble --step 1
trial sixty-four --timed --seed "$seed" --times 20
[ "$failures" -eq 0 ]
