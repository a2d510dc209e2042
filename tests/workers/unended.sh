#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that has proven everything, and does not come to saying that it is at the end.
. "${0%/*}/talk.sh"
introduce
for step in $plan; do
	perform "$step"
done
hear
