# SPDX-License-Identifier: Apache-2.0
# Clients that are not ours, against the simulated devices.
dist_check_SCRIPTS += %D%/libimobiledevice.tap
TESTS += %D%/libimobiledevice.tap
