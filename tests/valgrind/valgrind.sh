#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The tests under valgrind, and every program of ours that they start: a use of memory that is not
# there or not set, or memory that nobody can free any more, fails the test in which it happened.
set -uo pipefail
build=${MUSTER_BUILD:?run it by make check-valgrind}
cd "${MUSTER_SOURCE:?run it by make check-valgrind}" || exit 1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0

# A key is made in a second by itself and in minutes here: who makes keys is let go. What is not ours
# is let go too, and muster-fetch, whose confinement would be valgrind's.
check=(valgrind -q --vgdb=no --max-stackframe=8000000 --leak-check=full --show-leak-kinds=definite
	--errors-for-leak-kinds=definite --trace-children=yes
	'--trace-children-skip=/usr/*,/bin/*,*.sh,*.tap,*/muster-sim,*/muster-fetch' '--trace-children-skip-by-arg=--make-keys'
	--suppressions="$PWD/tests/valgrind/tests.supp" --log-file="$folder/%p.log")

# A build tree whose programs run under valgrind. exec keeps the pid by which a gate knows its worker.
mkdir "$folder/build"
ln -s "$build"/* "$folder/build"
for program in muster muster-mux muster-worker; do
	rm "$folder/build/$program"
	{
		printf '#!/bin/sh\n'
		# shellcheck disable=SC2016 # for the shell that reads it
		printf '[ "$1" != --make-keys ] || exec %s "$@"\n' "$build/$program"
		printf 'LD_PRELOAD=%s exec' "$build/tests/valgrind/limits.so"
		printf " '%s'" "${check[@]}" "$build/$program"
		printf ' "$@"\n'
	} >"$folder/build/$program"
	chmod +x "$folder/build/$program"
done

MUSTER_PATIENCE=20
MUSTER_NO_LIMITS=yes
MUSTER_TEST_KEYS=$folder/keys.pem
export MUSTER_PATIENCE MUSTER_NO_LIMITS MUSTER_TEST_KEYS
# The limits of tests are for programs that run as they are.
mkdir "$folder/bin"
cat >"$folder/bin/timeout" <<-END
	#!/bin/sh
	limit=\$(echo "\$1" | awk '{ print \$1 * $MUSTER_PATIENCE }')
	shift
	exec $(command -v timeout) "\$limit" "\$@"
END
chmod +x "$folder/bin/timeout"
PATH=$folder/bin:$PATH
# What grows without end must not take the machine with it.
ulimit -v $((8 << 20))
mkdir -m 700 "$folder/pool" && "$build/muster-worker" --make-keys "$folder/pool" 1 &&
	mv "$folder"/pool/*.pem "$MUSTER_TEST_KEYS" || exit 1

# complaints: what valgrind wrote, but for what it does not know of this kernel, and what a program says
# that was started without a standard output.
complaints() {
	cat "$folder"/*.log 2>/dev/null | grep '^==[0-9]*=='
}

# judge STATUS NAME: what came of the test that wrote $folder/out. A script's checks look at when things
# happen, too, which is not the same here; that counts where nothing is slower than it should be.
judge() {
	local wrong
	wrong=$(complaints | head -n 60)
	if [ "$1" -ne 0 ] && [ -z "$wrong" ] && [[ $2 = *.tap ]]; then
		printf '# %s: %d checks of %d came out otherwise, none of them by a use of memory\n' "$2" \
			"$(grep -c '^not ok' "$folder/out")" "$(grep -c '^ok\|^not ok' "$folder/out")"
	elif [ "$1" -ne 0 ] || [ -n "$wrong" ]; then
		failed=$((failed + 1))
		printf 'not ok - %s (status %d)\n' "$2" "$1"
		grep -A3 '^not ok' "$folder/out" | head -n 20
		printf '%s\n' "$wrong"
		return
	fi
	passed=$((passed + 1))
}

# belongs NAME: not here belong tests that start nothing of ours or read a program's own file, that
# prove what valgrind keeps for itself (limits) or does not know (pidfds), and those of a full bench
# or with a profile that expires, whose deadlines are real ones.
belongs() {
	case $1 in
	tests/lint/* | tests/fuzz/* | */worker-by-hand.tap | */test-child | */test-children | */demo.tap | */faults.tap) return 1 ;;
	*/disk-trouble | */kill-points | */mux-restarts | */sixty-four) return 1 ;;
	*/watch.tap | */station-profiles.tap | */test-station-storm) return 1 ;;
	esac
}

for test; do
	belongs "$test" || continue
	rm -f "$folder"/*.log
	case $test in
	*.tap) MUSTER_BUILD=$folder/build "$test" >"$folder/out" 2>&1 ;;
	*) "${check[@]}" "$build/$test" >"$folder/out" 2>&1 ;;
	esac
	judge $? "$test"
done
printf '# TOTAL: %d\n# PASS:  %d\n# FAIL:  %d\n' $((passed + failed)) "$passed" "$failed"
[ "$failed" -eq 0 ]
