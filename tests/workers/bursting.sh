#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that has so much to say at the end that it is gone before it is heard.
. "${0%/*}/talk.sh"
introduce
for step in $plan; do
	perform "$step"
done
for n in 1 2 3 4 5; do
	for m in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		say note name "Name $n.$m"
	done
done
say end
