#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that stays in its first profile, and cares neither for `stop` nor for SIGTERM.
. "${0%/*}/talk.sh"
trap '' TERM
introduce
perform pair
say want install.1
while :; do
	hear
done
