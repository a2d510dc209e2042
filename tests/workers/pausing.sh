#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that pauses in the middle of its first profile, as all the others do.
. "${0%/*}/talk.sh"
introduce
perform pair
say want install.1
hear
pause
