#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# In the guest: runs each line that the host sends, as "SECONDS COMMAND", and sends back what it prints.
port=/dev/virtio-ports/agent
exec 3<>"$port"
printf '@ready\n' >&3
while read -r limit command <&3; do
	timeout -k 5 "$limit" bash -c "$command" </dev/null >&3 2>&1
	printf '\n@end %d\n' $? >&3
done
