#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux without a device.
. "${0%/*}/mux.sh"
say up
serve
