#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Enroll.command: runs on a Mac, from the stick that "muster handover stick" wrote. It opens the
# profile and the settings pane; a person installs it there; then it writes what the Mac says of its
# enrollment back to the stick. It changes nothing else, and needs no administrator. For the bash 3.2
# that macOS has.
set -u

polls=240 # times five seconds: as long as a person may take
here=$(cd "$(dirname "$0")" && pwd) || exit 1
results=$here/results

say() {
	printf '%s\n' "$*"
}

give_up() {
	say ''
	say "STOPPED: $*"
	exit 1
}

# clean: the one line on standard input, without anything that a JSON text would have to escape.
clean() {
	LC_ALL=C tr -cd 'A-Za-z0-9 ._:/(),-' | cut -c 1-200
}

# setting KEY: what profile.txt says of it.
setting() {
	sed -n "s/^$1=//p" "$here/profile.txt" | head -n 1
}

serial() {
	ioreg -rd1 -c IOPlatformExpertDevice | sed -n 's/.*"IOPlatformSerialNumber" = "\(.*\)".*/\1/p' |
		head -n 1 | clean
}

# status PREFIX: the rest of the line of "profiles status" that begins with PREFIX.
status() {
	printf '%s\n' "$enrollment" | sed -n "s/^ *$1: *//p" | head -n 1
}

# look: asks the Mac whether it is enrolled; the answer is in $enrollment, $mdm and $server.
look() {
	enrollment=$(profiles status -type enrollment 2>/dev/null)
	mdm=$(status 'MDM enrollment' | clean)
	# Only the host: what follows may be a secret.
	server=$(status 'MDM server' | sed 's|^\([a-z]*://[^/?#]*\).*|\1|' | clean)
}

# server_host: of $server, as profile.txt has it.
server_host() {
	printf '%s\n' "${server#*://}" | cut -d : -f 1 | tr '[:upper:]' '[:lower:]'
}

# installed: the identifiers of the profiles that this user may see, as JSON texts.
installed() {
	profiles show -type configuration 2>/dev/null |
		sed -n 's/.*profileIdentifier: *//p' | head -n 16 | while read -r identifier; do
		printf '%s"%s"' "${comma-}" "$(printf '%s\n' "$identifier" | clean)"
		comma=', '
	done
}

# report: one file a Mac, which is there whole or not at all.
report() {
	local file=$results/$mac.json new=$results/$mac.new

	mkdir -p "$results" || give_up 'the stick cannot be written to.'
	{
		printf '{\n"muster-handover": 1,\n'
		printf '"serial": "%s",\n' "$mac"
		printf '"product": "%s",\n' "$(sysctl -n hw.model 2>/dev/null | clean)"
		printf '"os": "%s",\n' "$(sw_vers -productVersion | clean)"
		printf '"build": "%s",\n' "$(sw_vers -buildVersion | clean)"
		printf '"profile_sha256": "%s",\n' "$digest"
		printf '"mdm": "%s",\n' "$mdm"
		printf '"dep": "%s",\n' "$(status 'Enrolled via DEP' | clean)"
		printf '"server": "%s",\n' "$server"
		printf '"profiles": [%s],\n' "$(installed)"
		printf '"time": "%s"\n}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
	} >"$new" && mv -f "$new" "$file" && sync && return
	rm -f "$new"
	give_up 'the stick cannot be written to.'
}

# leave WORD...: the end, with the report on the stick.
# shellcheck disable=SC2317 # also the trap's
leave() {
	trap - INT TERM HUP
	look
	report
	say ''
	say "$*"
	say 'The result is on the stick. Eject it, then take it to the next Mac or back to the bench.'
	exit 0
}

is_enrolled() {
	case $mdm in
	[Yy]es*) return 0 ;;
	esac
	return 1
}

# open_pane: where profiles are installed; it has another name since macOS 13.
open_pane() {
	local major
	major=$(sw_vers -productVersion | cut -d . -f 1)
	case $major in
	'' | *[!0-9]*) major=13 ;;
	esac
	if [ "$major" -ge 13 ]; then
		open 'x-apple.systempreferences:com.apple.Profiles-Settings.extension'
	else
		open 'x-apple.systempreferences:com.apple.preferences.configurationprofiles'
	fi
}

[ -f "$here/profile.txt" ] || give_up 'profile.txt is missing: write the stick anew.'
file=$(setting file)
name=$(setting name)
host=$(setting host)
expires=$(setting expires)
case $file in
'' | */*) give_up 'profile.txt is damaged: write the stick anew.' ;;
esac
digest=$(shasum -a 256 "$here/$file" 2>/dev/null | cut -d ' ' -f 1)
if [ -z "$digest" ] || [ "$digest" != "$(setting sha256)" ]; then
	give_up "$file is missing or damaged: write the stick anew."
fi
mac=$(serial)
case $mac in
'' | *[!A-Z0-9]*) give_up 'this Mac does not tell its serial number.' ;;
esac
look

say "This Mac:      $mac"
say "Profile:       $name"
say "Enrolled now:  ${mdm:-it does not say}"
if is_enrolled; then
	if [ -n "$host" ] && [ -n "$server" ] && [ "$(server_host)" != "$host" ]; then
		leave "This Mac is enrolled already, at $(server_host). Leave it alone: whoever" \
			'manages it has to let it go first.'
	fi
	leave 'This Mac is enrolled already. Nothing is to be done.'
fi
if [ -n "$expires" ] && [ "$(date +%s)" -ge "$expires" ]; then
	give_up 'the profile has expired: let the bench write a new one.'
fi
trap 'leave "Stopped before the Mac said that it is enrolled."' INT TERM HUP

open "$here/$file" || give_up "$file cannot be opened."
open_pane
say ''
say 'System Settings opens. Double-click the profile that was downloaded, click Install, and type'
say "an administrator's password. This window waits for it; Ctrl-C ends the wait."
while [ "$polls" -gt 0 ]; do
	sleep 5
	look
	is_enrolled && leave 'DONE: this Mac is enrolled.'
	polls=$((polls - 1))
done
leave 'Nobody installed the profile in twenty minutes. Run Enroll.command again.'
