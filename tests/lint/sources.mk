# SPDX-License-Identifier: Apache-2.0
# Static rules as tests.
LINT_TESTS = %D%/floors.tap %D%/format.tap %D%/links.tap %D%/manual.tap %D%/sizes.tap %D%/tour.tap
TESTS += $(LINT_TESTS)
dist_check_SCRIPTS += $(LINT_TESTS)
dist_noinst_DATA += %D%/lib.sh %D%/floors.txt .clang-format packages.txt

.PHONY: format
format:
	cd $(srcdir) && clang-format -i $$(find device profiles station udev tests -name '*.[ch]')
