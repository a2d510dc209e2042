#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that never says a word; only the end of the conversation frees it.
. "${0%/*}/talk.sh"
hear
hear
