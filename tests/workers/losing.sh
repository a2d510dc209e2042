#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that loses the first device in its first profile, twice; the third one does the rest.
. "${0%/*}/talk.sh"
introduce
for step in $plan; do
	say want "$step"
	hear
	case "$step $device" in
	"install.1 "*1" "*)
		if [ "$(turn)" -lt 3 ]; then
			say fault link-lost install.1 lockdownd -8 InstallProfile
			exit 0
		fi
		;;
	esac
	say "done" "$step" verified
done
say end
