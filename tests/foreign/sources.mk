# SPDX-License-Identifier: Apache-2.0
# Clients and devices that are not ours. They need programs that building does not, so check leaves them out.
FOREIGN_TESTS =
FOREIGN_TESTS += %D%/clients.tap
FOREIGN_TESTS += %D%/phones.tap
dist_check_SCRIPTS += $(FOREIGN_TESTS)
dist_noinst_DATA += %D%/appium.js
dist_noinst_DATA += %D%/phones.py
dist_noinst_DATA += %D%/wifi.mobileconfig
.PHONY: check-foreign
check-foreign: muster muster-mux muster-worker muster-sim sim-ask
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(FOREIGN_TESTS)'
