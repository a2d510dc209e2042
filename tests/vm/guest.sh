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
