# SPDX-License-Identifier: Apache-2.0
# What the scenarios in the guest share: the bench of the host, waits, what the station said.
# shellcheck shell=bash
# shellcheck source=tests/lint/lib.sh
. /opt/vm/lib.sh

# Seconds that a wait for one thing may take on a busy machine without KVM.
patience=60

# The bench's control socket, on the host: a JSON object a line each way.
exec 5<>/dev/virtio-ports/bench

# bench JSON: one request; its answer is in $answer. 0: the bench says ok.
bench() {
	printf '%s\n' "$1" >&5
	read -r -t "$patience" answer <&5 || answer=
	case $answer in
	'{"ok":true'* | *'"ok":true'*) return 0 ;;
	esac
	printf '# bench: %s: %s\n' "$1" "${answer:-no answer}"
	return 1
}

not() {
	! "$@"
}

# until_true COMMAND...: asks again until it is true, for as long as patience lasts. The guest's programs
# tell of what they do in many ways; this is the one way to wait for all of them.
until_true() {
	local deadline=$((SECONDS + patience))
	until "$@"; do
		[ $SECONDS -lt $deadline ] || return 1
		sleep 0.1
	done
}

# show COMMAND...: what it prints, as comments.
show() {
	printf '# $ %s\n' "$*"
	"$@" 2>&1 | head -n 60 | sed 's/^/#   /'
}

# is GOT WANT TEXT: a check that shows both when they differ.
is() {
	[ "$1" = "$2" ]
	check $? "$3"
	[ "$1" = "$2" ] || printf '%s\n' "got:  $1" "want: $2" | sed 's/^/# /'
}

# The bench's devices by UDID; device 1 is ${udids[1]}.
bench '{"do":"list"}' && mapfile -t -O 1 udids < <(jq -r '.devices[].udid' <<<"$answer")

# order N VERB [KEY VALUE]...: the bench does it with device N; values are JSON.
order() {
	local line="{\"do\":\"$2\",\"udid\":\"${udids[$1]}\""
	shift 2
	while [ $# -gt 0 ]; do
		line+=",\"$1\":$2"
		shift 2
	done
	bench "$line}"
}

# plug N PORT: device N into a port, from 1. unplug N: out of it.
plug() {
	order "$1" plug port "$2"
}

unplug() {
	order "$1" unplug
}

# unplug_all FROM TO: and waits until the kernel has no Apple device any more.
unplug_all() {
	local number
	for ((number = $1; number <= $2; number++)); do
		unplug "$number"
	done
	until_true bus_is_empty
}

bus_is_empty() {
	! grep -qsx 05ac /sys/bus/usb/devices/*/idVendor
}

# stays N: device N installs the next profile, and its answer does not come.
stays() {
	order "$1" rule point '"after"' request '"InstallProfile"' action '"silent"'
}

# of_device N JQ: what the bench says of device N.
of_device() {
	bench '{"do":"list"}' && jq -r ".devices[] | select(.udid == \"${udids[$1]}\") | $2" <<<"$answer"
}

# took_profile N BEFORE: device N, which had installed BEFORE profiles, has installed another one.
took_profile() {
	[ "$(of_device "$1" .installs)" -gt "$2" ]
}

# port_path PORT: where the kernel has what is in it. A controller of the driver has 15 ports at high
# speed, on a bus of its own.
port_path() {
	local controller=$((($1 - 1) / 15)) port=$((($1 - 1) % 15 + 1)) bus
	bus=$(cd "/sys/devices/platform/vhci_hcd.$controller" && printf '%s\n' usb* | sort -V | head -n 1)
	printf '/sys/bus/usb/devices/%s-%s\n' "${bus#usb}" "$port"
}

on_bus() {
	[ -e "$(port_path "$1")" ]
}

# listed UDID: usbmuxd shows it.
listed() {
	idevice_id -l 2>/dev/null | grep -x -- "$1" >/dev/null
}

# stock: usbmuxd as Debian ships it. fitted: with muster's drop-in, the unit that restarts it,
# and what else muster doctor asks for.
stock() {
	systemctl -q stop muster-usbmuxd.path usbmuxd
	mkdir -p /run/systemd/system/usbmuxd.service.d
	ln -sf /dev/null /run/systemd/system/usbmuxd.service.d/muster.conf
	systemctl daemon-reload
}

fitted() {
	rm -f /run/systemd/system/usbmuxd.service.d/muster.conf
	systemctl daemon-reload
	sysctl -q net.core.rmem_max=4194304
	systemctl -q start muster-usbmuxd.path
	systemctl restart usbmuxd && return
	check 1 "usbmuxd starts with the drop-in"
	finish
}

# fill_pool: pairing keys for each device, as an idle station makes them; copies of one set, since a
# simulated device does not mind.
fill_pool() {
	local number
	[ ! -e "$state" ] || return 0
	mkdir -m 700 "$state" "$state/pair-keys"
	for number in {1..32}; do
		cp -p /opt/vm/pair-keys/*.pem "$state/pair-keys/$number.pem"
	done
}

# begin NAME [OPTION]...: a station with the state of this NAME, in the background; returns when it watches
# for devices. Its events are in $events, its log in $log.
begin() {
	state=/var/lib/vm-$1 events=/var/lib/vm-$1.events log=/var/lib/vm-$1.log
	shift
	fill_pool
	mkfifo "$state.ready"
	muster --state "$state" run --blueprint /opt/vm/bench.yaml --view json --verbose --ready-fd 9 "$@" \
		9>"$state.ready" >"$events" 2>"$log" 5>&- &
	station=$!
	read -r -t "$patience" _ <"$state.ready"
	rm "$state.ready"
}

# ended: waits until the station has ended by itself; its exit status is in $status.
ended() {
	until_true not kill -0 "$station" 2>/dev/null || kill -KILL "$station"
	wait "$station"
	status=$?
}

# came JQ: whether the station has shown an event of which this is true.
came() {
	jq -en "first(inputs | select($1))" "$events" >/dev/null 2>&1
}

# outcomes: how many devices have ended how, as "2 failed 14 passed".
outcomes() {
	muster --state "$state" results --json | jq -r '.results[].outcome' | sort | uniq -c |
		awk '{ print $1, $2 }' | paste -sd ' '
}

# stop: ends the station, as an operator does.
stop() {
	kill -TERM "$station"
	ended
}

# results JQ...: of each result, in the order of slots.
results() {
	muster --state "$state" results --json | jq -r "[.results[]] | sort_by(.slot)[] | $1"
}

# explain: when something failed, what the station wrote.
explain() {
	[ "$failures" -eq 0 ] || show tail -n 100 "$log"
}
