#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose device is pulled and plugged in again before anybody can do anything about it.
. "${0%/*}/mux.sh"
say up
arrive 1
serve_until admit
await_worker
say left 1
arrive 1 11
say left 11
arrive 1 12
serve
