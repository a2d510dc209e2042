#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker whose person taps Trust after most of his time, upon which the device drops the link; and
# after as much time again.
. "${0%/*}/talk.sh"
introduce
say want pair
hear
say "wait" trust
sleep 0.6
say fault link-lost pair lockdownd -8 Pair
