#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The guest's disk, kernel and initial file system, made of Debian packages; prints their folder.
#
# usage: image.sh PROGRAM...
#
# The guest is of the Debian release that this machine runs, from the archives that this machine's apt
# knows: the station is built here and carried in, so the libraries that the PROGRAMs are linked with
# have to be there. What was made before is used again for as long as this folder's parts of the image
# and the versions of the packages are the same.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${MUSTER_VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/muster-vm}

# What the guest runs besides the station, and what its tests look with.
guest_packages="systemd systemd-sysv udev kmod procps iproute2 busybox-static libimobiledevice-utils
	usbmuxd usbutils jq sqlite3"

# Drivers of the virtual machine's own parts, its disk's file system, and the bus.
guest_modules="virtio_pci virtio_blk virtio_net virtio_console virtio_rng ext4 vhci-hcd"

say() {
	printf 'image: %s\n' "$*" >&2
}

need() {
	command -v "$1" >/dev/null || {
		say "$1 is missing: ./bootstrap packages ci"
		exit 4
	}
}

# libraries PROGRAM...: the packages of the shared libraries that they load. Scripts load none.
libraries() {
	local path
	{ ldd "$@" 2>/dev/null || :; } | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | sort -u | xargs realpath | sort -u |
		while read -r path; do
			# dpkg knows a file by the name it was packed under, before or after /usr was merged.
			dpkg-query -S "$path" 2>/dev/null || dpkg-query -S "${path#/usr}" 2>/dev/null ||
				dpkg-query -S "/usr$path" 2>/dev/null || say "no package holds $path"
		done | sed 's/:.*//' | sort -u
}

# archives: this machine's Debian archives, as lines for a sources.list.
archives() {
	# shellcheck disable=SC2016 # apt's own placeholders
	apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Identifier: Packages' |
		awk -v release="$release" '$1 == "Debian" && index($2, release) == 1 {
			print "deb", $3, $4, $5
		}' | sort -u
}

# versions PACKAGE...: what apt would install.
versions() {
	apt-cache policy "$@" | awk '/^[^ ]/ { name = $1 } /^  Candidate:/ { print name, $2 }'
}

# make_root: leaves a folder's worth of Debian to fill(), in mmdebstrap's hands: it is root there, or as
# good as, also where this script is not.
make_root() {
	apt-config dump | grep '^Acquire::' >"$work/apt.conf"
	archives >"$work/sources.list"
	# shellcheck disable=SC2046,SC2086 # one word a package
	mmdebstrap --quiet --variant=essential --format=null \
		--include="$(echo $guest_packages $library_packages | tr ' ' ',')" \
		--aptopt="$work/apt.conf" \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--customize-hook="'$here/image.sh' --fill \"\$1\" '$work' '$guest_modules'" \
		"$release" - "$work/sources.list"
}

# fill ROOT WORK MODULES: kernel, agent and settings into ROOT; ROOT into WORK's files.
fill() {
	local root=$1 work=$2 modules=$3 version module path status
	dpkg-deb --fsys-tarfile "$work"/linux-image-*.deb |
		tar -x -C "$work" --wildcards './boot/vmlinuz-*' './lib/modules/*'
	version=$(ls "$work/lib/modules")
	mv "$work/boot/vmlinuz-$version" "$work/vmlinuz"
	mkdir -p "$root/lib/modules" "$work/initrd/modules"
	mv "$work/lib/modules/$version" "$root/lib/modules/all"
	mkdir "$root/lib/modules/$version"
	mv "$root/lib/modules/all"/modules.* "$root/lib/modules/all/kernel" "$root/lib/modules/$version"
	rmdir "$root/lib/modules/all"
	chroot "$root" depmod "$version"
	# Only what is needed stays: of several hundred megabytes, one.
	for module in $modules; do
		chroot "$root" modprobe -S "$version" --show-depends "$module"
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$work/needed"
	while read -r path; do
		cp "$root$path" "$work/initrd/modules/"
		basename "$path"
	done <"$work/needed" >"$work/initrd/order"
	rm -r "$root/lib/modules/$version/kernel"
	cp "$root/bin/busybox" "$here/init" "$work/initrd/"
	(cd "$work/initrd" && find . | ./busybox cpio -o -H newc 2>/dev/null) >"$work/initrd.cpio"

	cp "$here/agent.service" "$root/etc/systemd/system/agent.service"
	ln -s ../agent.service "$root/etc/systemd/system/multi-user.target.wants/agent.service"
	echo bench >"$root/etc/hostname"
	echo '127.0.0.1 localhost bench' >"$root/etc/hosts"
	echo 6d757374657200000000000000000001 >"$root/etc/machine-id"
	: >"$root/etc/fstab"
	ln -sf /lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"
	# Nobody logs in, nothing is to be kept up to date, and nothing else shall use the two cores.
	for path in getty.target apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer \
		e2scrub_all.timer e2scrub_reap.service systemd-timesyncd.service console-getty.service \
		systemd-update-utmp.service systemd-binfmt.service systemd-networkd.service; do
		ln -sf /dev/null "$root/etc/systemd/system/$path"
	done
	# Where this machine gets its packages from is no business of the guest.
	: >"$root/etc/apt/apt.conf.d/99mmdebstrap"
	rm -rf "$root/var/cache/apt/archives" "$root/var/lib/apt/lists"
	find "$root/etc/apt" -name '*.list' -exec truncate -s 0 {} +
	# The hook runs with the chroot's /proc and /sys mounted; seen through another mount they are empty.
	mkdir "$work/tree"
	mount --bind "$root" "$work/tree"
	truncate -s 4G "$work/disk"
	mke2fs -q -t ext4 -O ^metadata_csum -E lazy_itable_init=1 -d "$work/tree" "$work/disk" || status=$?
	umount "$work/tree"
	return "${status:-0}"
}

if [ "${1:-}" = --fill ]; then
	fill "$2" "$3" "$4"
	exit
fi
for program in mmdebstrap mke2fs apt-get dpkg-deb; do
	need "$program"
done
# shellcheck disable=SC1091 # of the machine
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
library_packages=$(libraries "$@")
kernel=$(apt-cache depends "linux-image-$(dpkg --print-architecture)" 2>/dev/null |
	awk '$1 == "Depends:" && /linux-image-/ { print $2; exit }')
if [ -z "$kernel" ]; then
	say "apt knows no kernel package: apt-get update"
	exit 4
fi
# shellcheck disable=SC2086 # one word a package
key=$({
	echo "$release"
	versions "$kernel" $guest_packages $library_packages
	cat "$here/image.sh" "$here/init" "$here/agent.service"
} | sha256sum | cut -c1-16)
if [ -f "$cache/$key/disk" ]; then
	touch "$cache/$key"
	printf '%s\n' "$cache/$key"
	exit
fi

say "building the guest's disk from Debian packages ($release, $kernel)"
mkdir -p "$cache"
work=$(mktemp -d "$cache/building-XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
(cd "$work" && apt-get -q=2 download "$kernel" 2>/dev/null) || {
	say "cannot download $kernel: apt-get update"
	exit 4
}
make_root >&2
mkdir "$work/made"
mv "$work/disk" "$work/vmlinuz" "$work/initrd.cpio" "$work/made/"
# What nobody has used for three days is of packages or scripts that are no more, or was left by a crash.
find "$cache" -mindepth 1 -maxdepth 1 -type d -mtime +2 -exec rm -r {} +
mv "$work/made" "$cache/$key"
printf '%s\n' "$cache/$key"
