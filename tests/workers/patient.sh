#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that waits for a person who comes when the station has said so.
. "${0%/*}/talk.sh"
introduce
for step in $plan; do
	say want "$step"
	hear
	say "wait" passcode
	say waited passcode
	say already "$step" verified
done
say end
