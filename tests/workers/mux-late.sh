#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose first device is pulled in mid-step, and is away for as long as the second one takes.
. "${0%/*}/mux.sh"
say up
arrive 1
serve_until admit
await_worker
say left 1
serve_until close
arrive 2
serve_until close
arrive 1 11
serve
