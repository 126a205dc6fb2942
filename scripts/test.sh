#!/usr/bin/env bash
# Every test there is: formatting, Java, console, browser. The last line is the total.
# shellcheck disable=SC2317 # Functions that traps call.
set -euo pipefail

me='test'
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

if (($# > 0)); then
  cat <<'TEXT'
Usage: scripts/test.sh

Checks formatting, builds everything, runs the unit and integration tests of Java and console,
then the browser tests, which start their own servers and runners. Installs Chromium, bubblewrap and
strace from the distribution's packages when they are absent and the user may; with CI=true their
absence is a failure. With SLOW_TESTS=true the long ones run too (a nightly run sets it).
Logs are in target/test-logs/, pictures of every page of the console in target/screenshots/. CHROMIUM
names another browser than the one that is found.
TEXT
  [[ $1 == -h || $1 == --help ]] && exit 0
  exit 64
fi

logs=$repo/target/test-logs
ending() {
  local code=$?
  trap '' INT TERM HUP
  stop_started
  exit "$code"
}
trap ending EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

passed=0
failed=0
skipped=0
table=()
is_built=false

# Takes "passed failed skipped" and the name of what was counted.
add_counts() {
  local -a counts
  read -r -a counts <<<"$2"
  passed=$((passed + counts[0]))
  failed=$((failed + counts[1]))
  skipped=$((skipped + counts[2]))
  table+=("$(printf '%-28s %6d passed %4d failed %4d skipped' "$1" "${counts[@]}")")
}

# What Maven found wrong, without its advice on how to ask Maven.
show_errors() {
  grep -E '^\[ERROR\] ' "$1" | grep -vE 'Help 1|[Rr]e-run Maven|full stack trace|For more information|mvn <args>|After correcting|^.ERROR. *$' |
    head -n 40 >&2 || true
}

check_formatting() {
  local log=$logs/formatting.log
  say "Formatting (log: $log)"
  maven "$log" spotless:check >/dev/null && return
  show_errors "$log"
  add_counts "formatting" "0 1 0"
}

test_java_and_console() {
  local log=$logs/maven.log code=0
  rm -rf "$repo"/*/target/surefire-reports "$repo"/*/target/failsafe-reports
  say "Build, unit and integration tests (log: $log)"
  prepare_build_mark
  # A failed test shall not keep the others from running; the reports are counted below.
  NO_COLOR=1 maven "$log" -Dminitower.slow-tests="${SLOW_TESTS:-false}" -fae -Dmaven.test.failure.ignore=true verify || code=$?
  if ((code == 0)); then
    mark_built
    is_built=true
  else
    add_counts "build" "0 1 0"
  fi
  add_counts "Java unit tests" "$("${tools[@]}" count-junit "$repo" surefire)"
  add_counts "Java integration tests" "$("${tools[@]}" count-junit "$repo" failsafe)"
  add_counts "console unit tests" "$("${tools[@]}" count-vitest "$log")"
  show_errors "$log"
}

find_chromium() {
  local candidate
  for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [[ -n $candidate ]] && command -v "$candidate" >/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

# Installs packages of the distribution where the user may, or sets `why` it could not.
install_packages() {
  local -a as_root=()
  command -v apt-get >/dev/null || { why="there is no apt-get to install it with"; return 1; }
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || { why="installing it needs root"; return 1; }
    as_root=(sudo -n)
  fi
  say "Installing $* (log: $logs/apt.log)"
  if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$@"; } >>"$logs/apt.log" 2>&1; then
    why="apt-get could not install it, see $logs/apt.log"
    return 1
  fi
}

# Tests that need a program leave themselves out without it. Takes program, package, what it is for.
ensure_program() {
  local why=unknown
  if ! command -v "$1" >/dev/null && ! install_packages "$2"; then
    leave_out "$3" "there is no $2, and $why"
  fi
}

check_units() {
  local log=$logs/units.log unit
  if ! command -v systemd-analyze >/dev/null; then
    say "systemd units not checked: there is no systemd-analyze"
    return
  fi
  say "systemd units (log: $log)"
  # They name programs where an installation has them: in a folder without a space in its path.
  local units
  units=$(mktemp -d)
  ln -s "$repo/scripts" "$units/scripts"
  for unit in "$repo"/packaging/systemd/*.service; do
    sed "s|=/opt/minitower/|=$units/scripts/|" "$unit" >"$units/${unit##*/}"
  done
  if systemd-analyze verify "$units"/*.service >"$log" 2>&1 && [[ ! -s $log ]]; then
    add_counts "systemd units" "2 0 0"
  else
    cat "$log" >&2
    add_counts "systemd units" "0 1 0"
  fi
  rm -rf "$units"
}

# A suite that can't be run is a failure where nobody would notice that it is missing.
leave_out() {
  say "Left out: $1: $2" >&2
  if [[ ${CI:-} == true ]]; then
    add_counts "$1" "0 1 0"
  else
    add_counts "$1" "0 0 1"
  fi
}

test_in_browser() {
  local log=$logs/browser.log why=unknown chromium
  if ! $is_built; then
    leave_out "browser tests" "the build failed"
    return
  fi
  if ! chromium=$(find_chromium) && ! { install_packages chromium fonts-dejavu-core && chromium=$(find_chromium); }; then
    leave_out "browser tests" "there is no Chromium, and $why"
    return
  fi
  local shots=$repo/target/screenshots
  rm -rf "$shots"
  say "Browser tests (log: $log, screenshots: $shots)"
  local code=0 program
  # They start servers and runners of their own, many times.
  for program in minitowerd minitower-runner; do
    "$repo/scripts/$program" --prepare >>"$logs/archives.log" 2>&1 || true
  done
  NO_COLOR=1 CHROMIUM=$chromium \
    E2E_PYTHON=$python E2E_SCREENSHOTS=$shots E2E_LOGS=$logs \
    attended npm --prefix "$repo/frontend" run e2e >"$log" 2>&1 || code=$?
  local -a counts
  read -r -a counts < <("${tools[@]}" count-vitest "$log")
  # A suite that breaks outside of its tests has failed too.
  if ((code != 0 && counts[1] == 0)); then counts[1]=1; fi
  add_counts "browser tests" "${counts[*]}"
  if ((code != 0)); then
    tail -n 60 "$log" >&2
  fi
}

# In a function, so that bash has read all of this file before it acts on any of it.
main() {
  need_java
  need_python
  need_to_build
  stop_if_missing
  mkdir -p "$logs"

  : >"$logs/apt.log"
  check_formatting
  check_units
  ensure_program bwrap bubblewrap "sandbox tests"
  ensure_program strace strace "test of what is synced when"
  test_java_and_console
  test_in_browser

  say
  printf '%s\n' "${table[@]}"
  say "Took $((SECONDS / 60)) min $((SECONDS % 60)) s."
  local total="$passed passed, $failed failed, $skipped skipped"
  say "$total" | tee "$repo/target/test-totals.txt"
  if ((failed > 0 || passed == 0)); then exit 1; fi
  exit 0
}

main
