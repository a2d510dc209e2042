#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux whose device goes away once its gate is closed, as a device that restarts, and comes back.
. "${0%/*}/mux.sh"
say up
arrive 1
serve_until close
say left 1
arrive 1 11
serve
