#!/usr/bin/env bash
# Makes english-accurate: fine-tunes MiniLM with all heads, in two rounds, and joins it with the words of
# english-perceptron. Two cores, an hour beside other work. Run in the repository's folder, with the packages of
# requirements.txt at hand; the treebanks and re3d lie in GOLD, what is made on the way goes to WORK.
set -euo pipefail
gold=${GOLD:-../shared/gold}
work=${WORK:-target/accurate}
train() {
    OMP_NUM_THREADS=1 PYTHONHASHSEED=0 python3 crates/train/python/train.py --encoder minilm --threads 1 \
        --train "$gold/treebank/ewt-train.conllu" "$gold/treebank/gum-open-train.conllu" \
        --dev "$gold/treebank/ewt-dev.conllu" --re3d "$gold/re3d" "$@"
}
train --out "$work/first" --seed 1 --epochs 7 --stop 3
train --out "$work/second" --seed 2 --start "$work/first/last.pt" --epochs 2.5 --rate 1e-4 --head-rate 7e-4
cargo run --release -p demarche-train -- network english-accurate crates/train/python/accurate.sh \
    "$work/second/network.bin" data/models/english-perceptron/model.bin "$gold/treebank/ewt-dev.conllu" \
    data/models/english-accurate
cp "$work/second/fixture.json" crates/text/tests/fixtures/english-accurate.json
