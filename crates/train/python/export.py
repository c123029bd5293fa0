"""The network as the program reads it, and a fixture that holds the program to the trainer.

The layout is that of `crates/text/src/neural/network.rs`: numbers in seven-bit groups, texts with their length, matrices of
eight bits with a scale for every row.
"""

import json

import torch

from batches import Window, tensors
from network import TAGS
from treebank import Sentence, Word

CASES = {"small": 0, "keep": 1, "title": 2}


class Writer:
    def __init__(self):
        self.bytes = bytearray()

    def number(self, value):
        while value >= 0x80:
            self.bytes.append(value & 0x7F | 0x80)
            value >>= 7
        self.bytes.append(value)

    def text(self, text):
        data = text.encode()
        self.number(len(data))
        self.bytes += data

    def vector(self, values):
        values = values.detach().float().flatten().contiguous()
        self.number(values.numel())
        self.bytes += values.numpy().astype("<f4").tobytes()

    def rows(self, values):
        scales, weights = quantised(values)
        self.number(weights.shape[0])
        self.number(weights.shape[1])
        self.bytes += scales.numpy().astype("<f4").tobytes()
        self.bytes += weights.numpy().astype("i1").tobytes()

    def matrix(self, weight, bias):
        self.rows(weight)
        self.bytes += bias.detach().float().numpy().astype("<f4").tobytes()

    def linear(self, layer):
        self.matrix(layer.weight, layer.bias)


def quantised(values):
    """Eight bits and a scale for every row."""
    values = values.detach().float()
    scales = values.abs().amax(1).clamp(min=1e-9) / 127
    return scales, torch.round(values / scales[:, None]).clamp(-127, 127)


def write(network, vocabulary, labels, out):
    w = Writer()
    encoder, heads = network.encoder, network.heads
    w.bytes.append({"minilm": 0, "small": 1}[encoder.kind])
    if encoder.kind == "minilm":
        w.number(len(vocabulary.vocabulary))
        for piece in vocabulary.vocabulary:
            w.text(piece)
    for name in ("upos", "xpos", "feats", "rel", "lemma", "named", "outer", "inner"):
        w.number(len(labels.sets[name]))
        for label in labels.sets[name]:
            if name == "lemma":
                case, strip, append = label
                w.bytes += bytes([CASES[case], strip])
                w.text(append)
            else:
                w.text(label)
    if encoder.kind == "minilm":
        for size in (encoder.places.weight.shape[0], encoder.width, encoder.layers[0].up.weight.shape[0], len(encoder.layers)):
            w.number(size)
        w.rows(encoder.pieces.weight)
        w.vector(encoder.places.weight)
        w.vector(encoder.shapes.weight)
        w.vector(encoder.norm.weight)
        w.vector(encoder.norm.bias)
        for layer in encoder.layers:
            w.linear(layer.qkv)
            w.linear(layer.out)
            w.vector(layer.norm1.weight)
            w.vector(layer.norm1.bias)
            w.linear(layer.up)
            w.linear(layer.down)
            w.vector(layer.norm2.weight)
            w.vector(layer.norm2.bias)
    else:
        for size in (*encoder.spellings.weight.shape, encoder.width, len(encoder.convs)):
            w.number(size)
        w.rows(encoder.spellings.weight)
        w.vector(encoder.shapes.weight)
        w.linear(encoder.mix)
        w.vector(encoder.norms[0].weight)
        w.vector(encoder.norms[0].bias)
        for conv, norm, apart in zip(encoder.convs, encoder.norms[1:], encoder.apart):
            w.number(apart)
            w.linear(conv)
            w.vector(norm.weight)
            w.vector(norm.bias)
    for size in (heads.hidden.weight.shape[0], heads.arc, heads.rel):
        w.number(size)
    spread = [heads.hidden, heads.arc_dep, heads.arc_head, heads.rel_dep, heads.rel_head]
    w.matrix(torch.cat([l.weight for l in spread]), torch.cat([l.bias for l in spread]))
    tags = [heads.tags[name] for name in TAGS]
    w.matrix(torch.cat([l.weight for l in tags]), torch.cat([l.bias for l in tags]))
    w.linear(heads.arc_mix)
    w.linear(heads.rel_out)
    w.vector(heads.root)
    (out / "network.bin").write_bytes(bytes(w.bytes))


SAMPLES = [
    "The envoys of both states met in Geneva on Tuesday , and neither signed .",
    'KHARTOUM , July 4 ( Wire ) -',
    "“ We wo n't negotiate ” , said Renée D'Aubigné 's spokes-woman -- twice !",
    "x",
    "THE 1990s ceasefire-line near Þingvellir cost US$ 3,000,000.50 中文 🙂 ...",
]


def with_rounded_weights(network):
    """The weights as the file has them: what the program computes differs by the rounding of activations alone."""
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.Linear) or (
                isinstance(module, torch.nn.Embedding) and module.weight.shape[0] > 1000
            ):
                scales, weights = quantised(module.weight)
                module.weight.copy_(weights * scales[:, None])


@torch.no_grad()
def fixture(network, vocabulary, hashes, labels, out):
    """What the network with rounded weights answers for a few made-up sentences: pieces, shapes and scores."""
    with_rounded_weights(network)
    network.eval()
    rows = []
    for sample in SAMPLES:
        words = [Word(form, True) for form in sample.split()]
        item = Window([Sentence(words, True)], vocabulary, hashes, labels)
        batch = tensors([item])
        tags, arcs, ends = network(batch)
        masked = arcs.masked_fill(~batch["may"], -1e4)
        heads = masked.argmax(-1)
        rels = network.heads.relations(ends, heads)
        rows.append(
            {
                "words": [w.form for w in words],
                "pieces": item.pieces if network.encoder.kind == "minilm" else [],
                "hashes": [list(h) for h in item.hashes],
                "shapes": item.word_shapes,
                "upos": [[round(x, 4) for x in row] for row in tags["upos"][0].tolist()],
                "end": [[round(x, 4) for x in row] for row in tags["end"][0].tolist()],
                "arcs": [[round(x, 4) for x in row] for row in arcs[0].tolist()],
                "heads": heads[0].tolist(),
                "rels": [labels.sets["rel"][k] for k in rels[0].argmax(-1).tolist()],
                "lemmas": [labels.sets["lemma"][k] for k in tags["lemma"][0].argmax(-1).tolist()],
            }
        )
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (out / "fixture.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
