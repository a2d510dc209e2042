// SPDX-License-Identifier: Apache-2.0
// Lists, installs and removes profiles with appium-ios-device; prints TAP. Argument: a UDID.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { utilities, services } = require('appium-ios-device');

const udid = process.argv[2];
const identifier = 'org.example.appium';
const profile = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>${identifier}</string>
<key>PayloadUUID</key><string>0B7E8B5E-5A3C-4C39-9A55-0C6C3C0F5B11</string>
<key>PayloadContent</key><array><dict>
<key>PayloadType</key><string>com.apple.wifi.managed</string>
<key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>${identifier}.wifi</string>
<key>PayloadUUID</key><string>0B7E8B5E-5A3C-4C39-9A55-0C6C3C0F5B12</string>
<key>SSID_STR</key><string>Bench</string>
</dict></array></dict></plist>`;

let tests = 0;
let failed = 0;

function ok(condition, name) {
  tests++;
  failed += condition ? 0 : 1;
  console.log(`${condition ? 'ok' : 'not ok'} ${tests} - ${name}`);
}

async function main() {
  ok((await utilities.getConnectedDevices()).includes(udid), 'the device is listed');
  ok((await utilities.getOSVersion(udid)) === '18.5', 'its system is read');
  ok((await utilities.getDeviceName(udid)) === 'iPad 1', 'and its name');

  const service = await services.startMCInstallService(udid);
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'appium-')), 'a.mobileconfig');
  let list = await service.getProfileList();
  ok(list.OrderedIdentifiers.length === 0, 'no profile at first');
  fs.writeFileSync(file, profile);
  await service.installProfile(file);
  list = await service.getProfileList();
  ok(list.OrderedIdentifiers[0] === identifier, 'one is installed');
  ok(list.ProfileMetadata[identifier].PayloadVersion === 1, 'with its facts');
  await service.removeProfile(identifier);
  list = await service.getProfileList();
  ok(list.OrderedIdentifiers.length === 0, 'and removed');
  fs.writeFileSync(file, 'nonsense');
  const refused = await service.installProfile(file).then(() => '', (e) => e.message);
  ok(refused.includes('4007'), 'what is no profile is refused');
  fs.rmSync(path.dirname(file), { recursive: true });
  service.close();
}

main().then(
  () => {
    console.log(`1..${tests}`);
    process.exit(failed ? 1 : 0);
  },
  (e) => {
    console.log(`Bail out! ${e.message}`);
    process.exit(1);
  },
);
