#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux with an entry that names no device, and one that does.
. "${0%/*}/mux.sh"
say up
say odd 7 0 its%20serial%20number%20is%20empty
arrive 1
serve
