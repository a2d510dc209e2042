# SPDX-License-Identifier: Apache-2.0
# Pages in a real browser. They need programs that building does not, so check leaves them out.
WEB_TESTS =
WEB_TESTS += %D%/handover.tap
dist_check_SCRIPTS += $(WEB_TESTS)
dist_noinst_DATA += %D%/browser.js
dist_noinst_DATA += %D%/handover.js
.PHONY: check-web
check-web: muster
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(WEB_TESTS)'
