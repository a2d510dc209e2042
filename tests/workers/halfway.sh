#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that pauses in the middle of its first profile; the next one for the device does the rest.
. "${0%/*}/talk.sh"
introduce
for step in $plan; do
	say want "$step"
	hear
	case "$step $done_before" in
	"install.1 ") pause ;;
	esac
	say "done" "$step" verified
done
say end
