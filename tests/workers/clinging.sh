#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that in its first profile does not end by SIGTERM, so that its device is back before it is
# gone; the next one does the rest.
. "${0%/*}/talk.sh"
introduce
for step in $plan; do
	say want "$step"
	hear
	if [ "$step $done_before" = "install.1 " ]; then
		trap '' TERM
		gate=${USBMUXD_SOCKET_ADDRESS#UNIX:}
		echo >"${gate%/*}/news"
		while :; do
			hear
		done
	fi
	say "done" "$step" verified
done
say end
