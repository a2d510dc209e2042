#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs one fuzz entry: fuzz.sh SECONDS PROGRAM. What it finds is left beside the program.
set -eu
seconds=$1
program=$2
name=${program##*/fuzz-}
here=$MUSTER_SOURCE/tests/fuzz

# Quarantine and shadow would be counted as the decoder's memory.
ASAN_OPTIONS=quarantine_size_mb=8:allocator_may_return_null=1:${ASAN_OPTIONS:-}
export ASAN_OPTIONS

# New inputs are kept for the next run, in the build tree.
found=$MUSTER_BUILD/fuzz/$name
mkdir -p "$found"
set -- -max_total_time="$seconds" -max_len=8192 -rss_limit_mb=256 -timeout=1 \
	-print_final_stats=1 -artifact_prefix="$MUSTER_BUILD/fuzz/$name-"
[ ! -f "$here/words/$name" ] || set -- "$@" -dict="$here/words/$name"
log=$MUSTER_BUILD/fuzz/$name.log
if "$program" "$@" "$found" "$here/corpus/$name" >"$log" 2>&1; then
	printf 'fuzz-%s: %s runs, nothing found\n' "$name" \
		"$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
else
	tail -n 40 "$log"
	printf 'fuzz-%s: FOUND, see %s\n' "$name" "$log"
	exit 1
fi
