#!/bin/sh
# Puts minitower-cli under a prefix: launcher, jar and the completion of bash, zsh and fish. Each file appears whole or
# not at all, so that it may be repeated over an installation in use. Nothing is touched until the program has started
# once from its new files.
set -eu

usage() {
  cat <<'END'
usage: install-cli.sh [--prefix DIR] [--uninstall]

  --prefix DIR  where to put it; without it /usr/local for root, ~/.local for others
  --uninstall   take away what an installation put there; profiles stay

The jar is the one beside this script, or the one that 'mvn -pl minitower-cli -am package' has built;
MINITOWER_CLI_JAR names another.
END
}

fail() {
  printf 'install-cli.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

prefix=
uninstall=no
while [ $# -gt 0 ]; do
  case $1 in
    --prefix)
      [ $# -ge 2 ] || fail "--prefix needs a folder" 64
      prefix=$2
      shift
      ;;
    --prefix=*) prefix=${1#*=} ;;
    --uninstall) uninstall=yes ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) fail "there is no option '$1'; see: install-cli.sh --help" 64 ;;
  esac
  shift
done

if [ -z "$prefix" ]; then
  if [ "$(id -u)" -eq 0 ]; then
    prefix=/usr/local
  else
    prefix=${HOME:?set HOME or give --prefix}/.local
  fi
fi
case $prefix in
  /*) ;;
  *) prefix=$PWD/$prefix ;;
esac

launcher=bin/minitower-cli
jar=lib/minitower-cli.jar
bash_completion=share/bash-completion/completions/minitower-cli
zsh_completion=share/zsh/site-functions/_minitower-cli
fish_completion=share/fish/vendor_completions.d/minitower-cli.fish

if [ "$uninstall" = yes ]; then
  for file in "$launcher" "$jar" "$bash_completion" "$zsh_completion" "$fish_completion"; do
    rm -f "$prefix/$file"
  done
  rm -rf "$prefix/lib/minitower-cli.archive"
  printf 'minitower-cli is gone from %s; profiles in %s stay\n' "$prefix" "${XDG_CONFIG_HOME:-~/.config}/minitower-cli"
  exit 0
fi

here=$(cd "$(dirname "$0")" && pwd)
source_jar=${MINITOWER_CLI_JAR:-}
for candidate in "$here/minitower-cli.jar" "$here/../minitower-cli/target/minitower-cli.jar"; do
  if [ -z "$source_jar" ] && [ -f "$candidate" ]; then
    source_jar=$candidate
  fi
done
[ -f "$source_jar" ] || fail "minitower-cli.jar is not built; run: mvn -pl minitower-cli -am package"

mkdir -p "$prefix" || fail "can't make the folder $prefix; give another with --prefix"
stage=$(mktemp -d "$prefix/.minitower-cli.XXXXXX") || fail "can't write to $prefix; give another with --prefix"
trap 'rm -rf "$stage"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Beside each other under the same names as at the end, so that the launcher that is tried is the one installed.
mkdir -p "$stage/bin" "$stage/lib"
cp "$source_jar" "$stage/$jar"
cp "$here/minitower-cli" "$stage/$launcher"
chmod 644 "$stage/$jar"
chmod 755 "$stage/$launcher"
staged() {
  env -u MINITOWER_CLI_JAR MINITOWER_CLI_CDS=off "$stage/$launcher" "$@"
}
version=$(staged --version) || fail "nothing was installed because the program doesn't start"

# A program from before it could complete leaves the shells as they are.
add_completion() {
  mkdir -p "$(dirname "$stage/$2")"
  if ! staged completion "$1" >"$stage/$2" 2>/dev/null; then
    rm -f "$stage/$2"
  fi
}
add_completion bash "$bash_completion"
add_completion zsh "$zsh_completion"
add_completion fish "$fish_completion"

# The jar comes before the launcher that needs it.
for file in "$jar" "$launcher" "$bash_completion" "$zsh_completion" "$fish_completion"; do
  if [ -s "$stage/$file" ]; then
    mkdir -p "$(dirname "$prefix/$file")"
    chmod u+rw,go+r "$stage/$file"
    mv -f "$stage/$file" "$prefix/$file"
  fi
done

printf '%s is installed: %s\n' "$version" "$prefix/$launcher"
case ":${PATH:-}:" in
  *":$prefix/bin:"*) ;;
  *) printf 'put %s into PATH to call it by its name\n' "$prefix/bin" ;;
esac
