#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that closes the conversation and goes on by itself.
. "${0%/*}/talk.sh"
trap '' TERM
introduce
exec 3>&-
exec tail -f /dev/null >/dev/null 2>&1
