# SPDX-License-Identifier: Apache-2.0
# What the scenarios of profiles share: an enrollment file, and moments in the past.
# shellcheck shell=sh

# enrollment UUID [TITLE]: a profile that enrolls into Intune, on standard output.
enrollment() {
	cat <<-END
		<?xml version="1.0" encoding="UTF-8"?>
		<plist version="1.0"><dict>
		<key>PayloadType</key><string>Configuration</string>
		<key>PayloadVersion</key><integer>1</integer>
		<key>PayloadIdentifier</key><string>Microsoft.Profiles.MDM</string>
		<key>PayloadUUID</key><string>$1</string>
		<key>PayloadDisplayName</key><string>${2:-Management Profile}</string>
		<key>PayloadContent</key><array>
		<dict>
		<key>PayloadType</key><string>com.apple.security.scep</string>
		<key>PayloadVersion</key><integer>1</integer>
		<key>PayloadIdentifier</key><string>Microsoft.Profiles.SCEP</string>
		<key>PayloadUUID</key><string>00000000-0000-4000-8000-000000000001</string>
		<key>PayloadContent</key><dict>
		<key>URL</key><string>https://fef.example.manage.microsoft.com/scep</string>
		<key>Keysize</key><integer>2048</integer>
		<key>Key Type</key><string>RSA</string>
		</dict>
		</dict>
		<dict>
		<key>PayloadType</key><string>com.apple.mdm</string>
		<key>PayloadVersion</key><integer>1</integer>
		<key>PayloadIdentifier</key><string>Microsoft.Profiles.MDM.payload</string>
		<key>PayloadUUID</key><string>00000000-0000-4000-8000-000000000002</string>
		<key>ServerURL</key><string>https://i.manage.microsoft.com/mdm</string>
		<key>CheckInURL</key><string>https://i.manage.microsoft.com/checkin</string>
		<key>Topic</key><string>com.apple.mgmt.External.example</string>
		<key>IdentityCertificateUUID</key>
		<string>00000000-0000-4000-8000-000000000001</string>
		<key>AccessRights</key><integer>8191</integer>
		</dict>
		</array></dict></plist>
	END
}

first=00000000-0000-4000-8000-0000000000a1
second=00000000-0000-4000-8000-0000000000a2

# ago DAYS [SECONDS]: the moment so long ago, as --downloaded takes it.
ago() {
	date -u -d "@$(($(date +%s) - $1 * 86400 - ${2:-0}))" +%Y-%m-%dT%H:%M:%SZ
}
