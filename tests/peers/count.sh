#!/usr/bin/env bash
# Instructions per record, counted by callgrind over the first 200: steady whatever else the machine does.
#   count.sh BINARY DATA [SET…]     a set is 6, 12, 19, 20 or `default5`: the shipped ruleset over
#   generated applications from five countries
set -euo pipefail
binary=$1 data=$2
shift 2
one() { # set road
  valgrind --tool=callgrind --toggle-collect=measured_region --callgrind-out-file=/dev/null \
    "$binary" count --data "$data" --set "$1" --road "$2" 2>&1 | sed -n 's/.*Collected : //p' | awk '{ printf "%d\n", $1 / 200 }'
}
for set in "${@:-19}"; do
  roads='hand scan judge table findings values read lines verdict screen'
  case $set in default*) roads='judge read lines verdict screen' ;; esac
  for road in $roads; do
    printf '%s %s %s\n' "$set" "$road" "$(one "$set" "$road")"
  done
done
