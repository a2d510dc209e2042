#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose device leaves each time its worker is at it, and comes back.
. "${0%/*}/mux.sh"
say up
handle=1
while [ $handle -le 20 ]; do
	arrive 1 $handle
	serve_until admit
	await_worker
	say left $handle
	serve_until close
	handle=$((handle + 1))
done
serve
