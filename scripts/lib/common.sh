# Shared by the scripts of this folder: what they need, how they build, how they start and stop a
# control plane and a runner. To be sourced by bash; the caller sets `me` to its own name for messages.
# shellcheck shell=bash
# shellcheck disable=SC2034 # Variables that are set here are used by the scripts.

if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then
  printf '%s: missing: bash 4.4 or newer (found %s)\n' "${me:-scripts}" "$BASH_VERSION" >&2
  exit 1
fi

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
launcher=$repo/scripts/minitower-cli
server_jar=$repo/minitowerd/target/minitowerd.jar
runner_jar=$repo/minitower-runner/target/minitower-runner.jar
cli_jar=$repo/minitower-cli/target/minitower-cli.jar
build_stamp=$repo/target/built

java=java
if [[ -n ${JAVA_HOME:-} && -x $JAVA_HOME/bin/java ]]; then
  java=$JAVA_HOME/bin/java
fi
# Started to be tried out, on a small machine: quick to start and small beats fast in the long run.
java_options=-XX:TieredStopAtLevel=1
python=${MINITOWER_PYTHON_BIN:-python3}
tools=("$python" "$repo/scripts/lib/tools.py")

# Nothing of the caller's own MiniTower gets mixed up with what is started here.
for variable in ${!MINITOWER_@} ${!MINITOWERD_@}; do
  case $variable in
    MINITOWER_LISTEN_ADDR | MINITOWER_PYTHON_BIN | MINITOWER_QUICKSTART_DIR) ;;
    *) unset "$variable" ;;
  esac
done

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s: %s\n' "${me:-scripts}" "$*" >&2
  exit 1
}

missing=()

# The first number in what a program says of its version, 0 if it can't be started.
major_version() {
  local text
  text=$("$@" 2>&1) || { echo 0; return; }
  if [[ $text =~ [\"v]([0-9]+) ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}

found_version() {
  if [[ $1 == 0 ]]; then echo "not found"; else echo "found $1"; fi
}

need_java() {
  local version
  version=$(major_version "$java" -version)
  ((version >= 17)) || missing+=("Java 17 or newer ($(found_version "$version"))")
}

need_python() {
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    missing+=("Python 3.11 or newer as $python")
}

need_to_build() {
  ((${#missing[@]} > 0)) || command -v "${java%java}javac" >/dev/null ||
    missing+=("a JDK 17 or newer (there is no javac, only a JRE)")
  command -v mvn >/dev/null || missing+=("Maven 3.8 or newer (mvn)")
  local version
  version=$(major_version node --version)
  ((version >= 20)) || missing+=("Node 20 or newer ($(found_version "$version"))")
  command -v npm >/dev/null || missing+=("npm, which comes with Node")
}

stop_if_missing() {
  ((${#missing[@]} == 0)) && return
  local list
  list=$(printf '; %s' "${missing[@]}")
  fail "missing: ${list:2}"
}

# True if a jar is missing or something that goes into one has changed since they were built.
is_build_stale() {
  [[ -f $server_jar && -f $runner_jar && -f $cli_jar ]] || return 0
  local reference=$cli_jar
  [[ -f $build_stamp ]] && reference=$build_stamp
  local changed
  changed=$(
    cd "$repo" && find pom.xml .mvn docs/openapi.json common-model frontend minitowerd minitower-runner minitower-cli \
      \( -name target -o -name node_modules -o -name dist -o -name test -o -name e2e -o -name test-results \) -prune \
      -o -type f -newer "$reference" -print 2>/dev/null | head -n 1
  )
  [[ -n $changed ]]
}

# Call before a build, with `mark_built` after it: a change made meanwhile then counts as newer.
prepare_build_mark() {
  mkdir -p "$repo/target"
  touch "$build_stamp.new"
}
mark_built() { mv "$build_stamp.new" "$build_stamp"; }

# Runs Maven with these arguments: shows one line per module, the whole log goes to the file.
maven() {
  local log=$1 code=0 output printer
  shift
  exec {output}> >(tee "$log" | progress_lines)
  printer=$!
  attended maven_here "$@" >&"$output" 2>&1 || code=$?
  exec {output}>&-
  wait "$printer" || true
  return "$code"
}

maven_here() {
  cd "$repo" || return
  exec mvn -B -ntp "$@"
}

# By hand, because some awks wait for a full buffer before they look at a line.
progress_lines() {
  local line
  while IFS= read -r line; do
    if [[ $line =~ ^\[INFO\]\ Building\ (.*[^\ ])\ +(\[[0-9]+/[0-9]+\])$ ]]; then
      printf '  %s %s\n' "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}"
    fi
  done
}

# Started last, stopped first. Names are for messages, graces in seconds.
started_pids=()
started_names=()
started_graces=()

remember() {
  started_pids+=("$1")
  started_names+=("$2")
  started_graces+=("$3")
}

# Runs a command so that a signal to this script is acted upon at once and not after the command's
# end. Its standard input is the file in `attended_stdin`, if that is set. A function must end in exec.
attended() {
  local code=0
  "$@" <"${attended_stdin:-/dev/null}" &
  local pid=$!
  remember "$pid" "${1##*/}" 3
  wait "$pid" || code=$?
  forget "$pid"
  return "$code"
}

forget() {
  local i
  for i in "${!started_pids[@]}"; do
    if [[ ${started_pids[i]} == "$1" ]]; then
      unset "started_pids[i]" "started_names[i]" "started_graces[i]"
    fi
  done
}

is_alive() { kill -0 "$1" 2>/dev/null; }

# TERM, the grace period, KILL.
stop_one() {
  local pid=$1 name=$2 grace=$3
  is_alive "$pid" || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  local deadline=$((SECONDS + grace))
  while is_alive "$pid"; do
    if ((SECONDS >= deadline)); then
      say "${me:-scripts}: $name did not stop within $grace s; killing it" >&2
      kill -KILL "$pid" 2>/dev/null || true
      break
    fi
    sleep 0.1
  done
  wait "$pid" 2>/dev/null || true
}

stop_started() {
  local i indexes=("${!started_pids[@]}")
  for ((i = ${#indexes[@]} - 1; i >= 0; i--)); do
    local index=${indexes[i]}
    stop_one "${started_pids[index]}" "${started_names[index]}" "${started_graces[index]}"
  done
  started_pids=()
}

# Starts a program in the folder `home`, its output in a file of `home`/logs. Sets `started`.
start_program() {
  local home=$1 name=$2 grace=$3
  shift 3
  mkdir -p "$home/logs"
  # A Ctrl-C or a lost terminal reaches the whole process group; the order of stopping is ours.
  (trap '' INT HUP && cd "$home" && exec env "$@") </dev/null >>"$home/logs/$name.log" 2>&1 &
  started=$!
  remember "$started" "$name" "$grace"
}

# Starts minitowerd and waits until it is ready. Sets `server_pid`, `server_url`, `bootstrap_token`.
start_server() {
  local home=$1 host=$2 port=$3
  local client_host=$host
  case $host in '' | 0.0.0.0) client_host=127.0.0.1 ;; '[::]') client_host='[::1]' ;; esac
  server_url=http://$client_host:$port
  bootstrap_token=$("$python" -c 'import secrets; print(secrets.token_urlsafe(32))')
  start_program "$home" minitowerd 20 \
    MINITOWER_LISTEN_ADDR="$host:$port" \
    MINITOWER_DATA_DIR="$home/data" \
    MINITOWER_BOOTSTRAP_TOKEN="$bootstrap_token" \
    MINITOWERD_JAVA_OPTS="$java_options" \
    "$repo/scripts/minitowerd"
  server_pid=$started
  attended "${tools[@]}" wait-ready "$server_url/ready" "$server_pid" 90 || server_failed "$home" "$?"
}

server_failed() {
  tail -n 5 "$1/logs/minitowerd.log" >&2 || true
  case $2 in
    1) fail "minitowerd ended at its start; its log is $1/logs/minitowerd.log" ;;
    *) fail "minitowerd was not ready after 90 s; its log is $1/logs/minitowerd.log" ;;
  esac
}

# Starts a runner for the server that was started before. Sets `runner_pid`.
start_runner() {
  local home=$1 name=$2 concurrency=$3
  start_program "$home" minitower-runner 30 \
    MINITOWER_SERVER_URL="$server_url" \
    MINITOWER_RUNNER_REGISTRATION_TOKEN_FILE="$home/data/runner-registration-token" \
    MINITOWER_RUNNER_NAME="$name" \
    MINITOWER_RUNNER_CONCURRENCY="$concurrency" \
    MINITOWER_PYTHON_BIN="$python" \
    MINITOWER_DRAIN_TIMEOUT=0s \
    MINITOWER_MIN_FREE_SPACE=100MiB \
    MINITOWER_DATA_DIR="$home/runner" \
    MINITOWER_RUNNER_JAVA_OPTS="$java_options" \
    "$repo/scripts/minitower-runner"
  runner_pid=$started
}

# A file with a password that is made once, for its owner's eyes only.
ensure_password() {
  [[ -s $1 ]] && return
  (umask 077 && "$python" -c 'import secrets; print(secrets.token_urlsafe(12))' >"$1")
}

# Makes the team, or gives it this password again.
ensure_team() {
  BOOTSTRAP_TOKEN=$bootstrap_token attended "${tools[@]}" bootstrap-team "$server_url" "$1" "$2"
}
