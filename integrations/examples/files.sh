#!/usr/bin/env bash
# xargs: one filter a file, as many at once as there are cores. Python turns Parquet into Arrow streams and back.
#
#     files.sh rows articles/*.parquet
set -euo pipefail
out=$1
shift
mkdir -p "$out"
one() {
	python3 -c 'import sys, pyarrow as pa, pyarrow.parquet as pq; t = pq.read_table(sys.argv[1])
with pa.ipc.new_stream(sys.stdout.buffer, t.schema) as s: s.write_table(t, max_chunksize=256)' "$2" |
		classify pipe articles --date 2026-03-29 --name "$2" >"$1/$(basename "$2" .parquet).arrows.part"
	mv "$1/$(basename "$2" .parquet).arrows.part" "$1/$(basename "$2" .parquet).arrows" # only when all was written
}
export -f one
printf '%s\0' "$@" | xargs -0 -P "$(nproc)" -I{} bash -euo pipefail -c 'one "$1" "$2"' _ "$out" {}
