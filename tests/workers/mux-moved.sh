#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux that shows a device anew before it says that the old one left.
. "${0%/*}/mux.sh"
say up
arrive 1
serve_until admit
await_worker
arrive 1 11
say left 1
serve
