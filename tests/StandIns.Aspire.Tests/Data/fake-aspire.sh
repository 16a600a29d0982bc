#!/bin/sh
# Stands where the CLI of the npm package stands, called as: aspire setup --install-path DIR …
# "Unpacks" the fake dashboard beside it, slowly, and counts how often it did.
set -e
echo once >> "$3/unpackings"
sleep 0.3
mkdir -p "$3/bundle/managed"
cp "$(dirname "$0")/fake-dashboard.mjs" "$3/bundle/managed/aspire-managed"
