#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that does all that it is told.
. "${0%/*}/talk.sh"
introduce
for step in $plan; do
	perform "$step"
done
say end
