# SPDX-License-Identifier: Apache-2.0
# What the fake workers share: how to say and to hear a record on descriptor 3.
# shellcheck shell=sh

# The station also calls its worker to make keys ahead; a fake one makes none.
[ "$1" != --make-keys ] || exit 0

say() {
	echo "$*" >&3
}

# hear: one record into $order. One read takes one datagram, and `read` would take a byte.
hear() {
	order=$(dd bs=4096 count=1 2>/dev/null <&3) && [ -n "$order" ] || exit 1
}

# word N: the Nth word of the order.
word() {
	echo "$order" | cut -d' ' -f"$1"
}

# introduce: from hello to the whole plan; the steps to do are in $plan, those done in $done_before.
introduce() {
	say hello 1 fake
	hear
	device=${order#device }
	say note product iPad11,6
	say note os 17.5.1
	say note serial "SER${device%% *}"
	say ready
	plan=
	done_before=
	hear
	while [ "$order" != start ]; do
		case $order in
		stop) exit 0 ;;
		"plan todo "*) plan="$plan $(word 3)" ;;
		"plan done "*) done_before="$done_before $(word 3)" ;;
		esac
		hear
	done
}

# perform STEP: wants it, hears go, says that it is done.
perform() {
	say want "$1"
	hear
	say "done" "$1" verified
}

# pause: tells the mux that the worker is in the middle of its work, then waits for the end.
pause() {
	gate=${USBMUXD_SOCKET_ADDRESS#UNIX:}
	echo >"${gate%/*}/news"
	hear
	exit 0
}
