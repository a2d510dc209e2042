#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker whose person taps Trust after most of his time, upon which the device drops the link; and
# after as much time again.
. "${0%/*}/talk.sh"
introduce
say want pair
hear
say "wait" trust
# Nothing is said until then.
timeout 0.6 dd bs=4096 count=1 <&3 >/dev/null 2>&1
say fault link-lost pair lockdownd -8 Pair
