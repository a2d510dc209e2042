# SPDX-License-Identifier: Apache-2.0
# Clients that are not ours, against the simulated devices.
dist_check_SCRIPTS += %D%/libimobiledevice.tap
TESTS += %D%/libimobiledevice.tap
dist_check_SCRIPTS += %D%/appium.tap
TESTS += %D%/appium.tap
dist_noinst_DATA += %D%/appium.js
