#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The same work by muster, by a shell loop over Debian's tools, and by appium-ios-device, on the same
# simulated devices in one run. What a tool cannot do is left out for all in its row.
set -euo pipefail
# shellcheck source=tests/bench/lib.sh
. "${MUSTER_SOURCE:?run it by make bench}/tests/bench/lib.sh"

devices=${BENCH_BESIDE:-16}
request=20

cat >"$folder/name.yaml" <<'END'
muster: 1
name: Name only
steps:
  - name: "Bench {serial}"
END
cp "$source/profiles/examples/bench-wifi.mobileconfig" "$folder"
cat >"$folder/profile.yaml" <<'END'
muster: 1
name: Profile only
steps:
  - install: bench-wifi.mobileconfig
END

plug_in() {
	start_simulator "$devices" "$request" 0
	ask '{"do":"plug","udid":"*"}' >/dev/null
}

# says NAME WORK DONE MS
says() {
	printf '%-34s %-34s %3d of %-3d %8.2f s\n' "$1" "$2" "$3" "$devices" \
		"$(awk -v ms="$4" 'BEGIN { print ms / 1000 }')"
}

# muster BLUEPRINT WORK
by_muster() {
	local began
	new_state $((devices + 64))
	began=$(now_ms)
	plug_in
	run_station "$folder/$1" --expect "$devices"
	await_station 0
	says muster "$2" "$(durations | wc -l)" $(($(now_ms) - began))
	stop_simulator
}

# One device by Debian's tools: paired, looked at, named, read back.
by_hand() {
	idevicepair -u "$1" pair && ideviceinfo -u "$1" -k ProductType && idevicename -u "$1" "Bench $1" &&
		[ "$(idevicename -u "$1")" = "Bench $1" ] && echo "$1" >>"$folder/done"
}

# by_tools NAME BACKGROUND
by_tools() {
	local began udid pid pids=()
	: >"$folder/done"
	began=$(now_ms)
	plug_in
	for udid in $(udids); do
		by_hand "$udid" >/dev/null 2>&1 &
		pids+=($!)
		[ "$2" = yes ] || wait $! || true
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || true
	done
	says "$1" "pair, name, read back" "$(wc -l <"$folder/done")" $(($(now_ms) - began))
	stop_simulator
}

# The npm package pairs by nothing but the record that a pairing left: idevicepair makes it.
by_appium() {
	local began udid
	: >"$folder/done"
	began=$(now_ms)
	plug_in
	for udid in $(udids); do
		idevicepair -u "$udid" pair >/dev/null 2>&1 || true
	done
	NODE_PATH=$folder/npm/node_modules node "$source/tests/bench/appium.js" \
		"$folder/bench-wifi.mobileconfig" >"$folder/done" 2>"$folder/appium.log" || true
	says "idevicepair, appium-ios-device" "pair, install, list" "$(wc -l <"$folder/done")" \
		$(($(now_ms) - began))
	stop_simulator
}

# Whether the package could be fetched; says why not.
has_appium() {
	if ! command -v npm >/dev/null || ! command -v idevicepair >/dev/null; then
		echo 'skipped: appium-ios-device: npm or idevicepair is not installed'
	elif ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; then
		echo "skipped: appium-ios-device: node $(node --version) is older than its 20"
	elif [ -z "${MUSTER_FOREIGN:-}${CI:-}" ]; then
		echo 'skipped: appium-ios-device: neither MUSTER_FOREIGN nor CI is set, nothing is fetched'
	elif ! { mkdir "$folder/npm" && echo '{ "private": true }' >"$folder/npm/package.json" &&
		(cd "$folder/npm" && npm install --no-audit --no-fund --ignore-scripts \
			appium-ios-device bplist-parser@0.3 >npm.log 2>&1); }; then
		echo 'skipped: appium-ios-device: npm cannot fetch it'
	else
		return 0
	fi
	return 1
}

printf '%d devices that think %d ms before each answer, and whose person taps at once\n' "$devices" \
	"$request"
by_muster name.yaml 'pair, name, read back, recorded'
if command -v idevicepair >/dev/null; then
	by_tools "Debian's tools, one by one" no
	by_tools "Debian's tools, all at once" yes
else
	echo "skipped: Debian's tools are not installed (libimobiledevice-utils)"
fi
by_muster profile.yaml 'pair, install, read back, recorded'
if has_appium; then
	by_appium
fi
