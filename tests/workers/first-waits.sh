#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that waits for a person at the first device only, and does all the others.
. "${0%/*}/talk.sh"
introduce
for step in $plan; do
	say want "$step"
	hear
	case $device in
	*1" "*)
		say wait trust
		hear
		;;
	esac
	say "done" "$step" verified
done
say end
