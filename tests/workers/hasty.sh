#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that ends with half of its plan done.
. "${0%/*}/talk.sh"
introduce
perform pair
say end
