// SPDX-License-Identifier: Apache-2.0
// appium-ios-device against one simulated device: devices, values, profiles. Prints TAP lines.
'use strict';

const {services, utilities} = require('appium-ios-device');

const [udid, profile, identifier, first] = process.argv.slice(2);
let number = Number(first) - 1;
let failed = false;

function is(got, want, text) {
	const same = JSON.stringify(got) === JSON.stringify(want);
	number += 1;
	failed = failed || !same;
	console.log(`${same ? 'ok' : 'not ok'} ${number} - appium-ios-device: ${text}`);
	if (!same) {
		console.log(`# got:  ${JSON.stringify(got)}\n# want: ${JSON.stringify(want)}`);
	}
}

async function values() {
	const devices = await utilities.getConnectedDevices();
	is(devices.includes(udid), true, 'the device is listed');
	is(await utilities.getDeviceName(udid), 'iPad 1', 'its name');
	is(await utilities.getOSVersion(udid), '18.5', 'its system');
	const time = await utilities.getDeviceTime(udid);
	is(Math.abs(time.timestamp - Date.now() / 1000) < 60, true, 'its clock');
}

async function profiles() {
	const mcinstall = await services.startMCInstallService(udid);
	try {
		const before = await mcinstall.getProfileList();
		is(before.OrderedIdentifiers, [], 'no profile is there');
		const installed = await mcinstall.installProfile(profile);
		is(installed.Status, 'Acknowledged', 'one is installed');
		const list = await mcinstall.getProfileList();
		is(list.OrderedIdentifiers, [identifier], 'it is listed');
		is(list.ProfileMetadata[identifier].PayloadDisplayName, 'Bench Wi-Fi', 'with its name');
		const removed = await mcinstall.removeProfile(identifier);
		is(removed.Status, 'Acknowledged', 'it is removed');
		const after = await mcinstall.getProfileList();
		is(after.OrderedIdentifiers, [], 'and is gone');
	} finally {
		mcinstall.close();
	}
}

async function main() {
	try {
		await values();
		await profiles();
	} catch (error) {
		is(String(error), '', 'no error');
	}
	process.exitCode = failed ? 1 : 0;
}

main();
