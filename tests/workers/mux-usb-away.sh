#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux, and a bus: a device restarts in mid-step, into recovery mode, and stays there.
. "${0%/*}/mux.sh"
say up
plug 1 1-4.2
arrive 1
serve_until admit
await_worker
unplug 1-4.2 1
plug 1 1-4.2 2 1281
serve
