#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose device is pulled in mid-step, and plugged in again once its gate is closed.
. "${0%/*}/mux.sh"
say up
arrive 1
serve_until admit
await_worker
say left 1
serve_until close
arrive 1 11
serve
