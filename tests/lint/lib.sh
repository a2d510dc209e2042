# SPDX-License-Identifier: Apache-2.0
# What the lint tests share: TAP lines, and the list of source files.
# shellcheck shell=sh

checks=0
failures=0

# check STATUS TEXT: one TAP line; STATUS 0 is a pass.
check() {
	checks=$((checks + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $checks - $2"
	else
		echo "not ok $checks - $2"
		failures=$((failures + 1))
	fi
}

# check_empty TEXT FOUND: passes when nothing was FOUND; shows it otherwise.
check_empty() {
	[ -z "$2" ]
	check $? "$1"
	[ -z "$2" ] || printf '%s\n' "$2" | sed 's/^/# /'
}

skip() {
	checks=$((checks + 1))
	echo "ok $checks # SKIP $1"
}

finish() {
	echo "1..$checks"
	[ "$failures" -eq 0 ] || exit 1
	exit 0
}

# The folders of the product's own sources, the simulator among them.
# shellcheck disable=SC2034 # for those who read this in
source_folders='device profiles station udev tests/sim'

# sources FOLDER...: every .c and .h below, by path, sorted.
sources() {
	find "$@" -name '*.[ch]' | LC_ALL=C sort
}

cd "${MUSTER_SOURCE:-.}" || exit 1
