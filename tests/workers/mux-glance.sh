#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mux on which a second device of the same name is seen before the worker of the first one wants its
# first step; when that was put off it is gone again.
. "${0%/*}/mux.sh"
say up
arrive 1
serve_until admit
await_worker
arrive 1 11
: >"$folder/glimpsed"
until grep -s 'is put off' "${folder%.folder}.log" >/dev/null; do :; done
say left 11
serve
