#!/usr/bin/env bash
# Makes english-fast: english-accurate parses news texts, and the small encoder learns from those parses and the treebanks.
# Run in the repository's folder, after accurate.sh; GOLD and WORK as there.
set -euo pipefail
gold=${GOLD:-../shared/gold}
work=${WORK:-target/fast}
mkdir -p "$work"
# All stories and every second attack report.
python3 crates/train/python/texts.py "$gold/synthetic-news/stories.jsonl" 1 "$gold/muc4/train.jsonl" 2 > "$work/texts.jsonl"
cargo run --release -p demarche-train -- parse data/models/english-accurate/model.bin \
    < "$work/texts.jsonl" > "$work/silver.conllu"
OMP_NUM_THREADS=1 PYTHONHASHSEED=0 python3 crates/train/python/train.py --encoder small --threads 1 --no-bf16 \
    --train "$gold/treebank/ewt-train.conllu" "$gold/treebank/gum-open-train.conllu" --silver "$work/silver.conllu" \
    --dev "$gold/treebank/ewt-dev.conllu" --re3d "$gold/re3d" --batch 2560 --width 224 --inner 128 \
    --out "$work/network" --seed 1 --epochs 9 --head-rate 2.2e-3
cargo run --release -p demarche-train -- network english-fast crates/train/python/fast.sh \
    "$work/network/network.bin" data/models/english-perceptron/model.bin "$gold/treebank/ewt-dev.conllu" \
    data/models/english-fast
cp "$work/network/fixture.json" crates/text/tests/fixtures/english-fast.json
