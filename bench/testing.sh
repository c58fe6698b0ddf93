#!/usr/bin/env bash
# How long `transom test` takes for 1,000 cases over 50 templates: each of the shape of examples/order.vtl.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet -p transom-cli
transom=$PWD/target/release/transom
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
for template in $(seq 50); do
  sed "s/ORDER#/ORDER$template#/" examples/order.vtl > "$folder/$template.vtl"
  {
    printf 'template: %s.vtl\ngiven: {stageVariables: {table: orders}}\ncases:\n' "$template"
    for n in $(seq 20); do
      printf '  - name: order %s\n    given:\n      body: {id: A-%s, note: "it'"'"'s", lines: [{sku: tea, qty: %s}, {sku: cup, qty: 1}]}\n' "$n" "$n" "$n"
    done
  } > "$folder/$template.transom.yaml"
done
"$transom" test "$folder" --bless > "$folder/said"
tail -n 1 "$folder/said"
time "$transom" test "$folder"
time "$transom" test "$folder" --coverage > "$folder/said"
