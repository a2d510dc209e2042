#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux with eight devices that stay.
. "${0%/*}/mux.sh"
say up
for n in 1 2 3 4 5 6 7 8; do
	arrive $n
done
serve
