#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that waits for a person who never comes.
. "${0%/*}/talk.sh"
introduce
say want pair
hear
say wait trust
hear
