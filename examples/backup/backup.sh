#!/bin/sh
# Packs a folder, restores the archive beside it and compares both. Parameters are variables here.
set -eu

source_folder=${source_folder:-documents}
target_folder=${target_folder:-}
run_no=${MINITOWER_RUN_NO:-0}

fail() {
  echo "backup: $1" >&2
  exit 1
}

[ -d "$source_folder" ] || fail "there is no folder $source_folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
archive=$work/backup-$run_no.tar.gz

files=$(find "$source_folder" -type f | wc -l)
[ "$files" -gt 0 ] || fail "$source_folder holds no file"
echo "packing $((files)) files of $source_folder"
find "$source_folder" -type f | sort | while IFS= read -r file; do
  echo "  $(($(wc -c <"$file"))) bytes  $file"
done
tar -czf "$archive" -C "$source_folder" .
echo "packed into $(($(wc -c <"$archive"))) bytes"

mkdir "$work/restored"
tar -xzf "$archive" -C "$work/restored"
diff -r "$source_folder" "$work/restored" || fail "what was restored differs from $source_folder"
echo "verified: the restored files are the same"

if [ -n "$target_folder" ]; then
  mkdir -p "$target_folder"
  cp "$archive" "$target_folder/"
  echo "kept as $target_folder/${archive##*/}"
fi
