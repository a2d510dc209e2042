#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that does everything, but could not read it back.
. "${0%/*}/talk.sh"
introduce
for step in $plan; do
	say want "$step"
	hear
	say "done" "$step" unverified
done
say end
