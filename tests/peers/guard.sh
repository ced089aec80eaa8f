#!/usr/bin/env bash
# Whether the engine needs more instructions than committed: committed.tsv has set, road, figure; 5 % more is allowed.
# With `--write` the committed figures are made anew.
#   guard.sh BINARY DATA [--write]
set -euo pipefail
binary=$1 data=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command -v valgrind >/dev/null || { echo 'valgrind is not installed'; exit 77; }
found=$("$here/count.sh" "$binary" "$data" 12 19 default5)
printf '%s\n' "$found"
if [ "${3-}" = --write ]; then
  printf '%s\n' "$found" | tr ' ' '\t' >"$here/committed.tsv"
  exit
fi
printf '%s\n' "$found" | awk -v committed="$here/committed.tsv" '
  BEGIN { while ((getline line < committed) > 0) { split(line, f, "\t"); most[f[1] " " f[2]] = f[3] } }
  { key = $1 " " $2; seen++
    if (!(key in most)) { print key ": no committed figure"; bad = 1 }
    else if ($3 > most[key] * 1.05) { printf "%s: %d instructions, committed are %d\n", key, $3, most[key]; bad = 1 } }
  END { printf "%d figures compared\n", seen; exit bad || seen == 0 }'
