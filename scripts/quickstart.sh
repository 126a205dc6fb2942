#!/usr/bin/env bash
# From a fresh clone to a running system with a first run; see usage below.
# shellcheck disable=SC2317 # Functions that traps call.
set -euo pipefail

me=quickstart
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
  cat <<'TEXT'
Usage: scripts/quickstart.sh [--once] [--port PORT]

Builds what is not built, starts minitowerd and one runner, makes a team, deploys
examples/hello, runs it and shows its output. Stays up until Ctrl-C, then stops all of it.

  --once        end after the run, with the run's exit code (0 completed, 1 failed, 2 cancelled)
  --port PORT   listen on 127.0.0.1:PORT (default 8080, or MINITOWER_LISTEN_ADDR)
  --help        show this

Data, logs and the team's password are kept in .quickstart/ (or MINITOWER_QUICKSTART_DIR).
TEXT
}

wrong_usage() {
  printf '%s: %s\n' "$me" "$1" >&2
  usage >&2
  exit 64
}

once=false
listen=${MINITOWER_LISTEN_ADDR:-127.0.0.1:8080}
while (($# > 0)); do
  case $1 in
    --once) once=true ;;
    --port) (($# > 1)) || wrong_usage "--port needs a number"; listen=127.0.0.1:$2; shift ;;
    --port=*) listen=127.0.0.1:${1#*=} ;;
    -h | --help) usage; exit 0 ;;
    *) wrong_usage "unknown argument '$1'" ;;
  esac
  shift
done
if [[ ! $listen =~ ^(.*):([1-9][0-9]{0,4})$ ]] || ((BASH_REMATCH[2] > 65535)); then
  wrong_usage "'$listen' is no address: give HOST:PORT with a port from 1 to 65535"
fi
host=${BASH_REMATCH[1]}
port=${BASH_REMATCH[2]}

home=${MINITOWER_QUICKSTART_DIR:-$repo/.quickstart}
mkdir -p "$home"
home=$(cd "$home" && pwd)
chmod 700 "$home"
password_file=$home/password
team=quickstart

up=false
ending() {
  local code=$?
  trap '' INT TERM HUP
  if $up; then say "Stopping."; fi
  stop_started
  exit "$code"
}
# Ctrl-C is how a system that is up is meant to be stopped; before that it is an interruption.
interrupted() { if $up; then exit 0; else exit 130; fi; }
trap ending EXIT
trap interrupted INT
trap 'exit 143' TERM
trap 'exit 129' HUP

check_surroundings() {
  need_java
  need_python
  if $stale; then need_to_build; fi
  stop_if_missing
  "${tools[@]}" can-listen "$(bindable "$host")" "$port" ||
    fail "port $port is in use: stop what listens there, or choose another with --port"
}

bindable() {
  case $1 in '') echo 0.0.0.0 ;; *) echo "${1//[\[\]]/}" ;; esac
}

build() {
  local log=$home/logs/build.log began=$SECONDS
  mkdir -p "$home/logs"
  say "Building; the first time takes a few minutes (log: $log)"
  prepare_build_mark
  if ! maven "$log" -DskipTests -Dmaven.test.skip=true \
    -pl minitowerd,minitower-runner,minitower-cli -am package; then
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2 || true
    fail "the build failed; its log is $log"
  fi
  mark_built
  say "Built in $((SECONDS - began)) s."
}

sign_in() {
  if [[ -s $password_file ]] && attended "${cli[@]}" me >/dev/null 2>&1; then
    return
  fi
  ensure_password "$password_file"
  ensure_team "$team" "$password_file"
  attended_stdin=$password_file attended "${cli[@]}" login "$team" --password-stdin \
    >"$home/logs/login.log" 2>&1 || { cat "$home/logs/login.log" >&2; fail "could not sign in"; }
}

tell_what_next() {
  cat <<TEXT

MiniTower is up.
  Console     $server_url
  Sign in     team $team, password $(<"$password_file")
  API         $server_url/api/docs
  Data, logs  $home

In another terminal:
  export MINITOWER_CLI_CONFIG=$(printf %q "$home/cli.json")
  cd $(printf %q "$repo")
  scripts/minitower-cli runs create hello -p name=Ada --follow
  scripts/minitower-cli deploy --dir examples/etl
  scripts/minitower-cli runs create etl --follow

Ctrl-C stops everything; the data stay for the next start.
TEXT
}

stale=false

# In a function, so that bash has read all of this file before it acts on any of it.
main() {
  if is_build_stale; then stale=true; fi
  check_surroundings
  if $stale; then build; fi

  say "Starting minitowerd at $listen and a runner"
  start_server "$home" "$host" "$port"
  start_runner "$home" quickstart 2
  # With a configuration of its own, so that the user's profiles stay as they are.
  cli=(env MINITOWER_CLI_CONFIG="$home/cli.json" MINITOWER_CLI_CDS=off
    MINITOWER_SERVER_URL="$server_url" "$launcher")
  sign_in

  attended "${cli[@]}" deploy --dir "$repo/examples/hello"
  local run_code=0
  attended "${cli[@]}" runs create hello --follow || run_code=$?

  if $once; then exit "$run_code"; fi
  up=true
  tell_what_next
  local ended=0 which
  wait -n "$server_pid" "$runner_pid" || ended=$?
  up=false
  if is_alive "$server_pid"; then which=minitower-runner; else which=minitowerd; fi
  tail -n 3 "$home/logs/$which.log" >&2
  fail "$which ended by itself (exit code $ended); its log is $home/logs/$which.log"
}

main
