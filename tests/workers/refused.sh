#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A worker whose device refuses the profile, and says why.
. "${0%/*}/talk.sh"
introduce
perform pair
say want install.1
hear
say chain MCInstallationErrorDomain 4001 The profile could not be installed.
say chain MCProfileErrorDomain 1000 It is broken.
say fault profile-refused install.1 MCInstallationErrorDomain 4001 Broken.
