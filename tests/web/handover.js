// SPDX-License-Identifier: Apache-2.0
// The page of "muster handover serve" as a browser has it: handover.js LINK FINGERPRINT PROFILE FOLDER
// prints lines "ok TEXT" or "not ok TEXT", and leaves the page's picture in FOLDER.
'use strict';
const { createHash } = require('crypto');
const fs = require('fs');
const path = require('path');
const { Browser } = require('./browser.js');

const [link, fingerprint, profile, folder] = process.argv.slice(2);

function check(good, text) {
	console.log(`${good ? 'ok' : 'not ok'} ${text}`);
}

async function look(browser) {
	const response = await browser.go(link);
	const { tableNames } = await browser.ask('Network.getCertificate', { origin: new URL(link).origin });
	const found = createHash('sha256').update(Buffer.from(tableNames[0], 'base64')).digest('hex');
	const { nodes } = await browser.ask('Accessibility.getFullAXTree');
	const named = (role) => nodes.filter((node) => node.role?.value === role && node.name?.value);
	const { data } = await browser.ask('Page.captureScreenshot', { format: 'png',
		captureBeyondViewport: true });

	check(response.status === 200, 'the page is there');
	check(response.mimeType === 'text/html', 'as HTML');
	check(found === fingerprint.replaceAll(':', '').toLowerCase(),
		'its certificate is the one of the fingerprint');
	check(named('button').some((node) => /Download the profile/.test(node.name.value)),
		'a button says what it does, without scripts');
	check(named('textbox').some((node) => /Serial number/.test(node.name.value)),
		'the field has its label');
	check(named('image').length + named('img').length > 0, 'the code is named to who does not see it');
	fs.writeFileSync(path.join(folder, 'page.png'), Buffer.from(data, 'base64'));
}

async function download(browser) {
	const answer = browser.event('Network.responseReceived', (it) => it.response.url === link);
	const ended = browser.event('Browser.downloadProgress', (it) => it.state !== 'inProgress');

	await browser.ask('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder,
		eventsEnabled: true }, undefined);
	await browser.click('button');
	const { response } = await answer;
	check(response.mimeType === 'application/x-apple-aspen-config', 'the download has its type');
	check((await ended).state === 'completed', 'it is saved');
	const saved = fs.readFileSync(path.join(folder, 'school.mobileconfig'));
	check(saved.equals(fs.readFileSync(profile)), 'by its name, byte for byte');
}

async function main() {
	const browser = new Browser(path.join(folder, 'browser'));

	await browser.open();
	await look(browser);
	await download(browser);
	check((await browser.go(link)).status === 410, 'a second use of the link is refused');
	await browser.close();
}

main().catch((error) => {
	console.log(`not ok ${error.message}`);
	process.exit(1);
});
