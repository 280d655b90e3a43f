#!/usr/bin/env bash
# Install the browsers that the tests drive, where this user may; say so where not.
set -u
wanted=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || wanted+=(chromium)
command -v firefox-esr >/dev/null || command -v firefox >/dev/null || wanted+=(firefox-esr)
[ ${#wanted[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${wanted[@]}" fonts-liberation && exit 0
fi
echo "Missing browsers: ${wanted[*]}. Their tests will be skipped; install them with your system's packages." >&2
