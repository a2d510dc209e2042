// SPDX-License-Identifier: Apache-2.0
// A headless Chromium, driven through its debugging pipe: no package of others is needed for it.
'use strict';
const { spawn } = require('child_process');

class Browser {
	constructor(folder) {
		this.child = spawn('chromium', [
			'--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
			'--no-first-run', '--disable-background-networking', '--hide-scrollbars',
			'--remote-debugging-pipe', `--user-data-dir=${folder}`, 'about:blank',
		], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
		this.asked = new Map();
		this.waits = [];
		this.last = 0;
		this.rest = '';
		this.child.stdio[4].setEncoding('utf8');
		this.child.stdio[4].on('data', (text) => this.hear(text));
		this.child.on('exit', () => this.fail(new Error('the browser ended')));
	}

	fail(error) {
		for (const { reject } of this.asked.values())
			reject(error);
		for (const { reject } of this.waits)
			reject(error);
		this.asked.clear();
		this.waits = [];
	}

	hear(text) {
		const messages = (this.rest + text).split('\0');

		this.rest = messages.pop();
		for (const message of messages.map((line) => JSON.parse(line))) {
			if (message.id)
				this.settle(message);
			else
				this.tell(message);
		}
	}

	settle(message) {
		const { resolve, reject } = this.asked.get(message.id);

		this.asked.delete(message.id);
		if (message.error)
			reject(new Error(message.error.message));
		else
			resolve(message.result);
	}

	tell(message) {
		const those = this.waits.filter((wait) => wait.method === message.method &&
			wait.fits(message.params));

		this.waits = this.waits.filter((wait) => !those.includes(wait));
		those.forEach((wait) => wait.resolve(message.params));
	}

	// The answer to METHOD.
	ask(method, params = {}, sessionId = this.session) {
		const id = ++this.last;

		this.child.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
		return new Promise((resolve, reject) => this.asked.set(id, { resolve, reject }));
	}

	// The next event METHOD that FITS; ask for it before what causes it.
	event(method, fits = () => true) {
		return new Promise((resolve, reject) => {
			const limit = setTimeout(() => reject(new Error(`no ${method}`)), 60000);

			limit.unref();
			this.waits.push({ method, fits, resolve, reject });
		});
	}

	// Opens a page of its own, without scripts.
	async open() {
		const { targetId } = await this.ask('Target.createTarget', { url: 'about:blank' }, undefined);
		const { sessionId } = await this.ask('Target.attachToTarget', { targetId, flatten: true },
			undefined);

		this.session = sessionId;
		for (const domain of ['Page', 'Network', 'DOM', 'Accessibility'])
			await this.ask(`${domain}.enable`);
		await this.ask('Emulation.setScriptExecutionDisabled', { value: true });
		// The certificate is compared with the fingerprint by whoever asks.
		await this.ask('Security.setIgnoreCertificateErrors', { ignore: true });
	}

	// Goes to URL; the answer to it.
	async go(url) {
		const answer = this.event('Network.responseReceived', (it) => it.response.url === url);
		const loaded = this.event('Page.loadEventFired');

		await this.ask('Page.navigate', { url });
		await loaded;
		return (await answer).response;
	}

	async click(selector) {
		const { root } = await this.ask('DOM.getDocument');
		const { nodeId } = await this.ask('DOM.querySelector', { nodeId: root.nodeId, selector });
		const { model } = await this.ask('DOM.getBoxModel', { nodeId });
		const [left, top, , , right, bottom] = model.content;
		const at = { x: (left + right) / 2, y: (top + bottom) / 2, button: 'left', clickCount: 1 };

		await this.ask('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
		await this.ask('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
	}

	async close() {
		const ended = new Promise((resolve) => this.child.on('exit', resolve));

		this.child.kill();
		await ended;
	}
}

module.exports = { Browser };
