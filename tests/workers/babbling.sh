#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that says what nobody understands.
. "${0%/*}/talk.sh"
introduce
perform pair
say want a biscuit
hear
