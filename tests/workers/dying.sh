#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that dies in the middle of a profile.
. "${0%/*}/talk.sh"
introduce
perform pair
say want install.1
hear
echo "it is me" >&2
kill -SEGV $$
