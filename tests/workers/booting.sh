#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker whose device takes no connections yet; the third one finds it ready.
. "${0%/*}/talk.sh"
say hello 1 fake
hear
device=${order#device }
if [ "$(turn)" -lt 3 ]; then
	say fault link-refused - idevice -3 connecting
	exit 0
fi
say note product iPad11,6
say note os 17.5.1
say note serial "SER${device%% *}"
say ready
hear
while [ "$order" != start ]; do
	hear
done
for step in pair install.1 name verify; do
	perform $step
done
say end
