#!/usr/bin/env bash
# Builds both programs for every system into one folder, with what is needed to
# trust them:
#
#   SHA256SUMS   of every file
#   sbom.json    the modules that are linked in, in CycloneDX 1.5
#
# Each binary is built twice, the second time in another folder and with a
# cache of its own, and must come out the same. Whoever has the source and the
# toolchain that go.mod names can do so too.
set -euo pipefail
out=$(realpath -m "${1:?usage: scripts/release.sh DIR [SYSTEM…]}")
shift
cd "$(dirname "$0")/.."
systems=("${@:-linux/amd64 linux/arm64 darwin/arm64 windows/amd64}")
read -ra systems <<<"${systems[*]}"
rm -rf "$out"
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The second tree has the same files elsewhere.
mkdir "$work/tree"
git ls-files -z | xargs -0 cp --parents -t "$work/tree"

build() { # DIR CACHE SYSTEM PROGRAM OUT
	local suffix=
	[ "${3%/*}" = windows ] && suffix=.exe
	(cd "$1" && CGO_ENABLED=0 GOFLAGS= GOCACHE=$2 GOOS=${3%/*} GOARCH=${3#*/} GOAMD64=v1 \
		go build -trimpath -buildvcs=false -ldflags=-buildid= -o "$5$suffix" "./cmd/$4")
}
for system in "${systems[@]}"; do
	for program in classify train; do
		name=$program-${system/\//-}
		build . "$(go env GOCACHE)" "$system" $program "$out/$name"
		build "$work/tree" "$work/cache" "$system" $program "$work/$name"
		cmp "$out/$name"* "$work/$name"*
	done
done
go run ./scripts/sbom "$out"/* >"$work/sbom.json"
mv "$work/sbom.json" "$out/sbom.json"
(cd "$out" && sha256sum -- * >"$work/sums" && mv "$work/sums" SHA256SUMS)
echo "$(ls "$out" | wc -l) files in $out, each program built twice to the same bytes"
