#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux that says what nobody understands, the first time it is run.
. "${0%/*}/mux.sh"
if ! [ -e "$folder/died" ]; then
	: >"$folder/died"
	say hum
	serve
fi
say up
arrive 1
serve
