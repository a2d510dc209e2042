#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that ends its step at the very moment at which its device is pulled; with the second device
# it stays where it is, so that time passes.
. "${0%/*}/talk.sh"
introduce
trap 'say "done" install.1 verified; exit 0' TERM
for step in $plan; do
	say want "$step"
	hear
	case "$step $done_before $device" in
	"install.1  "*1" "*)
		gate=${USBMUXD_SOCKET_ADDRESS#UNIX:}
		echo >"${gate%/*}/news"
		# The signal may come at once, and only `wait` cannot miss it.
		dd bs=4096 count=1 <&3 >/dev/null 2>&1 &
		wait
		;;
	"install.1  "*) hear ;;
	esac
	say "done" "$step" verified
done
say end
