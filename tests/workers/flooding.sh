#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that never stops talking, each word of it good.
. "${0%/*}/talk.sh"
introduce
while say note name Flood; do :; done
