#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that wants its first step only when a second device of the same name was seen.
. "${0%/*}/talk.sh"
introduce
folder=${USBMUXD_SOCKET_ADDRESS#UNIX:}
folder=${folder%/*}
echo >"$folder/news"
until [ -e "$folder/glimpsed" ]; do :; done
for step in $plan; do
	perform "$step"
done
say end
