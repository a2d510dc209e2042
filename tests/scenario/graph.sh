# SPDX-License-Identifier: Apache-2.0
# What the scenarios with sources share: a server that plays Microsoft Graph over TLS, and its files.
# shellcheck shell=sh
. "${MUSTER_SOURCE:-.}/tests/lint/lib.sh"

muster=${MUSTER_BUILD:-$PWD/build}/muster
for tool in python3 openssl; do
	if ! command -v "$tool" >/dev/null; then
		skip "$tool is not installed"
		finish
	fi
done

dir=$(mktemp -d) || exit 1
played=$dir/played
state=$dir/state
server=
trap '[ -z "$server" ] || kill "$server"; wait 2>/dev/null; rm -rf "$dir"' EXIT
mkdir -m 700 "$played" "$state"
topic=com.apple.mgmt.External.played

# certificate NAME SUBJECT: a key and its own certificate in one PEM file, for the host SUBJECT.
certificate() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$2" \
		-addext "subjectAltName=DNS:$2" -keyout "$1.key" -out "$1.crt" 2>/dev/null &&
		cat "$1.key" "$1.crt" >"$1" && chmod 600 "$1"
}

# enrollment FILE TOPIC UUID: an enrollment profile in the form that an MDM exports.
enrollment() {
	cat >"$1" <<-END
		<?xml version="1.0" encoding="UTF-8"?>
		<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
		<plist version="1.0"><dict>
		<key>PayloadType</key><string>Configuration</string>
		<key>PayloadVersion</key><integer>1</integer>
		<key>PayloadIdentifier</key><string>Microsoft.Profiles.MDM</string>
		<key>PayloadUUID</key><string>$3</string>
		<key>PayloadDisplayName</key><string>Management Profile</string>
		<key>PayloadContent</key><array>
		<dict>
		<key>PayloadType</key><string>com.apple.security.scep</string>
		<key>PayloadVersion</key><integer>1</integer>
		<key>PayloadIdentifier</key><string>Microsoft.Profiles.MDM.scep</string>
		<key>PayloadUUID</key><string>11111111-2222-4333-8444-555555555555</string>
		<key>PayloadContent</key><dict>
		<key>URL</key><string>https://fef.example.manage.microsoft.com/scep</string>
		<key>Challenge</key><string>played</string>
		<key>Keysize</key><integer>2048</integer>
		<key>Key Type</key><string>RSA</string>
		</dict>
		</dict>
		<dict>
		<key>PayloadType</key><string>com.apple.mdm</string>
		<key>PayloadVersion</key><integer>1</integer>
		<key>PayloadIdentifier</key><string>Microsoft.Profiles.MDM.mdm</string>
		<key>PayloadUUID</key><string>11111111-2222-4333-8444-666666666666</string>
		<key>IdentityCertificateUUID</key><string>11111111-2222-4333-8444-555555555555</string>
		<key>Topic</key><string>$2</string>
		<key>ServerURL</key><string>https://i.manage.microsoft.com/DeviceGatewayProxy/mdm</string>
		<key>CheckInURL</key><string>https://i.manage.microsoft.com/DeviceGatewayProxy/checkin</string>
		<key>AccessRights</key><integer>8191</integer>
		</dict>
		</array>
		</dict></plist>
	END
}

# play: starts the server; its port is in $port.
play() {
	mkfifo "$played/port"
	python3 tests/graph/server.py "$played" &
	server=$!
	read -r port <"$played/port"
	export port
}

# rules LINE...: what goes wrong from now on.
rules() {
	printf '%s\n' "$@" >"$played/rules.new"
	mv "$played/rules.new" "$played/rules"
}

# world JSON: what the server tells of its tenant from now on.
world() {
	printf '%s\n' "$1" >"$played/state.new"
	mv "$played/state.new" "$played/state"
}

# refresh STATUS TEXT [OPTION]...: a whole refresh; its outputs are in $dir/out and $dir/err.
refresh() {
	want=$1
	text=$2
	shift 2
	timeout 60 "$muster" --state "$state" profile refresh "$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ "$got" -eq "$want" ]
	check $? "$text: exit status $want"
	[ "$got" -eq "$want" ] || sed 's/^/# /' "$dir/out" "$dir/err"
}

# says PATTERN TEXT: it was said.
says() {
	cat "$dir/out" "$dir/err" | grep -e "$1" >/dev/null
	check $? "$2"
}

# count: downloads in the library.
count() {
	find "$state/profiles" -type f 2>/dev/null | wc -l
}

certificate "$played/server.pem" localhost
enrollment "$played/enrollment.mobileconfig" "$topic" 0a0a0a0a-0000-4000-8000-000000000001
enrollment "$played/plain.mobileconfig" com.apple.mgmt.External.elsewhere 0a0a0a0a-0000-4000-8000-00000000000f
