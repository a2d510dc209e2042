#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that wants its first step when its device has come a second time, and dies; the next one is
# well.
. "${0%/*}/talk.sh"
introduce
gate=${USBMUXD_SOCKET_ADDRESS#UNIX:}
if [ "$(turn)" -eq 1 ]; then
	echo >"${gate%/*}/news"
	read -r _ <"${gate%/*}/come"
	say want pair
	exit 1
fi
for step in $plan; do
	perform "$step"
done
say end
