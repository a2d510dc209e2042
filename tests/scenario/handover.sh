# SPDX-License-Identifier: Apache-2.0
# What the scenarios of handovers share: a state directory with a profile in its library, and a
# computer with one USB stick.
# shellcheck shell=bash
. "${MUSTER_SOURCE:-.}/tests/lint/lib.sh"

build=${MUSTER_BUILD:-$PWD/build}
here=$(mktemp -d) || exit 1
state=$here/state
muster=("$build/muster" --state "$state")
# A station of the test's own, also where another one works.
USBMUXD_SOCKET_ADDRESS=UNIX:$here/usbmuxd
export LC_ALL=C.UTF-8 USBMUXD_SOCKET_ADDRESS

# is GOT WANT TEXT
is() {
	[ "$1" = "$2" ]
	check $? "$3"
	[ "$1" = "$2" ] || printf '# got %s\n# want %s\n' "$1" "$2"
}

# says PATTERN TEXT: is it in $here/out or $here/err?
says() {
	grep -qE -- "$1" "$here/out" "$here/err"
	found=$?
	check "$found" "$2"
	[ "$found" -eq 0 ] || sed 's/^/# /' "$here/out" "$here/err"
}

# run ARGUMENT...: its status is in $status, what it says in $here/out and $here/err.
run() {
	"${muster[@]}" "$@" >"$here/out" 2>"$here/err"
	status=$?
}

"${muster[@]}" profile add --name school --valid-for 14 --downloaded "$(date +%F)" \
	tests/scenario/mdm.mobileconfig >"$here/out" 2>&1 || sed 's/^/# /' "$here/out"
