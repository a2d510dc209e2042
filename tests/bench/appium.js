// SPDX-License-Identifier: Apache-2.0
// appium-ios-device on all devices at once: a profile installed and listed. Prints a line for each.
'use strict';

const {services, utilities} = require('appium-ios-device');

const [profile] = process.argv.slice(2);

async function serve(udid) {
	const mcinstall = await services.startMCInstallService(udid);
	try {
		await mcinstall.installProfile(profile);
		const list = await mcinstall.getProfileList();
		if (list.OrderedIdentifiers.length === 1) {
			console.log(udid);
		}
	} finally {
		mcinstall.close();
	}
}

async function main() {
	const udids = await utilities.getConnectedDevices();
	await Promise.all(udids.map((udid) => serve(udid).catch((error) => console.error(udid, error))));
}

main();
