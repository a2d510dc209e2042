#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose device leaves after its worker has said that the link broke.
. "${0%/*}/mux.sh"
say up
for handle in 1 2 3 4; do
	arrive 1 $handle
	serve_until admit
	serve_until close
	say left $handle
done
arrive 1 5
serve
