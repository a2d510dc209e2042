#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux that keeps what it was told.
. "${0%/*}/mux.sh"
say up
arrive 1
while hear; do
	echo "$order" >>"$folder/orders"
	answer
done
