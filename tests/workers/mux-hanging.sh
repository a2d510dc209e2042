#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose usbmuxd hangs until the test says otherwise.
. "${0%/*}/mux.sh"
say up
say hung
arrive 1
await_worker
say awake
serve
