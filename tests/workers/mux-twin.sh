#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose device appears a second time for as long as its first worker takes to want a step and die.
. "${0%/*}/mux.sh"
mkfifo "$folder/come"
say up
arrive 1
serve_until admit
await_worker
arrive 1 11
echo >"$folder/come"
serve_until close
say left 11
serve
