#!/usr/bin/env bash
# Makes english-fast: english-accurate parses news texts, and the small encoder learns from those parses and the treebanks.
# Run in the repository's folder, after accurate.sh; GOLD and WORK as there.
# (The weights in data/models were taught by parses of an earlier english-accurate.)
set -euo pipefail
gold=${GOLD:-../shared/gold}
work=${WORK:-target/fast}
mkdir -p "$work"
# Every second story and every fourth attack report.
python3 crates/train/python/texts.py "$gold/synthetic-news/stories.jsonl" 2 "$gold/muc4/train.jsonl" 4 > "$work/texts.jsonl"
cargo run --release -p demarche-train -- parse data/models/english-accurate/model.bin \
    < "$work/texts.jsonl" > "$work/silver.conllu"
train() {
    OMP_NUM_THREADS=1 PYTHONHASHSEED=0 python3 crates/train/python/train.py --encoder small --threads 1 \
        --train "$gold/treebank/ewt-train.conllu" "$gold/treebank/gum-open-train.conllu" --silver "$work/silver.conllu" \
        --dev "$gold/treebank/ewt-dev.conllu" --re3d "$gold/re3d" --batch 2560 "$@"
}
train --out "$work/first" --seed 1 --epochs 5 --head-rate 2.5e-3
train --out "$work/second" --seed 2 --start "$work/first/last.pt" --epochs 1.9 --head-rate 1.6e-3
cargo run --release -p demarche-train -- network english-fast crates/train/python/fast.sh \
    "$work/second/network.bin" data/models/english-perceptron/model.bin "$gold/treebank/ewt-dev.conllu" \
    data/models/english-fast
cp "$work/second/fixture.json" crates/text/tests/fixtures/english-fast.json
