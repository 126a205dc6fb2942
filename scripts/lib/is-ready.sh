#!/usr/bin/env bash
# 0 if minitowerd at HOST PORT is ready. Only bash is needed: images hold no HTTP client.
set -euo pipefail

exec 3<>"/dev/tcp/$1/$2"
printf 'GET /ready HTTP/1.0\r\nHost: %s\r\n\r\n' "$1" >&3
read -r _ status _ <&3
[[ $status == 200 ]]
