# SPDX-License-Identifier: Apache-2.0
# A virtual machine with a real USB bus. It wants QEMU and Debian's archives, so check leaves it out.
EXTRA_PROGRAMS += %D%/attach
%C%_attach_SOURCES = %D%/attach.c
CLEANFILES += %D%/attach
VM_TESTS = %D%/vm.tap
dist_check_SCRIPTS += $(VM_TESTS)
dist_noinst_SCRIPTS += %D%/agent.sh
dist_noinst_SCRIPTS += %D%/all.tap
dist_noinst_SCRIPTS += %D%/batch.tap
dist_noinst_SCRIPTS += %D%/boot.tap
dist_noinst_SCRIPTS += %D%/detach.sh
dist_noinst_SCRIPTS += %D%/doctor.tap
dist_noinst_SCRIPTS += %D%/image.sh
dist_noinst_SCRIPTS += %D%/init
dist_noinst_SCRIPTS += %D%/learn.tap
dist_noinst_SCRIPTS += %D%/modes.tap
dist_noinst_SCRIPTS += %D%/names.tap
dist_noinst_SCRIPTS += %D%/plug.tap
dist_noinst_SCRIPTS += %D%/pull.tap
dist_noinst_DATA += %D%/agent.service
dist_noinst_DATA += %D%/bench.yaml
dist_noinst_DATA += %D%/cables.service
dist_noinst_DATA += %D%/guest.sh

# What the guest's own programs say is in the comments.
.PHONY: check-vm
check-vm: all %D%/attach$(EXEEXT)
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(VM_TESTS)' AM_TAP_LOG_DRIVER_FLAGS=--comments
