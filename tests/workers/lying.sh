#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that says done of what it was never told to do.
. "${0%/*}/talk.sh"
introduce
perform pair
say "done" install.1 verified
hear
