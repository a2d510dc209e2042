#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# In the guest: pulls every cable, on this side. "hub port sta …"; a port without a device is in state 4.
for status in /sys/devices/platform/vhci_hcd.0/status*; do
	awk '$2 ~ /^[0-9]+$/ && $3 != "004" { print $2 + 0 }' "$status"
done | while read -r port; do
	echo "$port" >/sys/devices/platform/vhci_hcd.0/detach
done
