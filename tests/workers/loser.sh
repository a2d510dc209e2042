#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker that loses its device in its first profile, always.
. "${0%/*}/talk.sh"
introduce
perform pair
say want install.1
hear
say fault link-lost install.1 lockdownd -8 InstallProfile
