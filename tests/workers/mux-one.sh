#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux with one device that stays.
. "${0%/*}/mux.sh"
say up
arrive 1
serve
