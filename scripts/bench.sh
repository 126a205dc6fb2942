#!/usr/bin/env bash
# Measures the control plane and prints the table of targets; see usage below.
# shellcheck disable=SC2317 # Functions that traps call.
set -euo pipefail

me=bench
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

bench_jar=$repo/bench/target/bench.jar
results=$repo/target/bench

usage() {
  cat <<'TEXT'
Usage: scripts/bench.sh [--compare URL|FILE] [MODE] [OPTION...]

Builds what is not built, starts minitowerd with an empty database, and measures it:

  scripts/bench.sh                       about four minutes, then the table of targets
  scripts/bench.sh --compare URL|FILE    another server of the same protocol in turn with ours:
                                         one that is up, or a jar or program to start; see
                                         'bench.sh compare --help' for its tokens
  scripts/bench.sh MODE [OPTION...]      one mode by itself: steady, drain, latency, logs,
                                         heartbeats, waiters, soak, scale, depth, reads; with --help its options
  scripts/bench.sh jmh [OPTION...]       the inner loops by themselves, in about two minutes: JMH over the
                                         *Benchmark classes of minitowerd's tests; -h lists its options

With --url or --server-jar among the options another server is measured. Measures on a quiet machine
mean more. Figures as JSON and the log of the build are in target/bench/. Ends with 1 if a check of
what the server did has failed; then there are no figures.
TEXT
}

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

is_bench_stale() {
  [[ -f $bench_jar ]] || return 0
  [[ -n $(find "$repo/bench/pom.xml" "$repo/bench/src/main" -type f -newer "$bench_jar" -print -quit) ]]
}

build() {
  local log=$results/build.log
  say "Building; the first time takes a few minutes (log: $log)"
  prepare_build_mark
  if ! maven "$log" -DskipTests -Dmaven.test.skip=true \
    -pl bench,minitowerd,minitower-runner,minitower-cli -am package; then
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2 || true
    fail "the build failed; its log is $log"
  fi
  mark_built
}

# From the module's folder, as its tests are.
jmh() {
  cd "$repo/minitowerd" || return
  exec "$java" -cp "target/test-classes:target/classes:$(<target/test-classpath)" org.openjdk.jmh.Main "$@"
}

measure_inner_loops() {
  local log=$results/build.log
  say "Compiling the benchmarks (log: $log)"
  if ! maven "$log" -Dfrontend.skip -pl minitowerd -am test-compile dependency:build-classpath \
    -DincludeScope=test -Dmdep.outputFile=target/test-classpath; then
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2 || true
    fail "the build failed; its log is $log"
  fi
  attended jmh -foe true -rf json -rff "$results/jmh.json" "$@"
}

# In a function, so that bash has read all of this file before it acts on any of it.
main() {
  local mode=quick stale=false
  local -a options=()
  case ${1:-} in
    -h | --help) usage; exit 0 ;;
    --compare)
      (($# > 1)) || { usage >&2; exit 64; }
      mode=compare options=(--against "$2")
      shift 2
      ;;
    '' | -*) ;;
    *) mode=$1; shift ;;
  esac
  options+=("$@")

  need_java
  if [[ $mode == jmh ]]; then
    need_to_build
    stop_if_missing
    mkdir -p "$results"
    measure_inner_loops "${options[@]}"
    return
  fi
  if is_build_stale || is_bench_stale; then stale=true; need_to_build; fi
  stop_if_missing
  mkdir -p "$results"
  if $stale; then build; fi

  case " $* " in
    *' --url'* | *' --server-jar'*) ;;
    *)
      # As it is shipped: by its launcher, with the archive that installations make.
      "$repo/scripts/minitowerd" --prepare
      options+=(--server-jar "$repo/scripts/minitowerd")
      ;;
  esac
  case $mode in quick | latency) options+=(--runner-jar "$runner_jar") ;; esac
  attended "$java" -XX:+UseSerialGC -Xmx1g -jar "$bench_jar" "$mode" \
    --work-dir "$results" --json "$results/$mode.json" "${options[@]}"
}

main "$@"
