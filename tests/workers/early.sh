#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that dies before it knows its plan.
. "${0%/*}/talk.sh"
say hello 1 fake
hear
exit 7
