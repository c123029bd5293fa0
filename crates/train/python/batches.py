"""Windows of running text as tensors.

A window is a stretch of whole sentences that the encoder sees at once; a break between paragraphs is a [SEP]. Arcs are
scored within sentences alone.
"""

import numpy as np
import torch

import lemmas
from network import TAGS
from pieces import shape

IGNORE = -100


class Labels:
    """The label sets, in the order of their numbers."""

    def __init__(self, sets):
        self.sets = sets
        self.number = {name: {label: i for i, label in enumerate(labels)} for name, labels in sets.items()}

    def of(self, name, label):
        if label is None:
            return IGNORE
        return self.number[name].get(label, IGNORE)


def windows(documents, rng, most, least, single):
    """Cuts documents into windows of some number of words drawn for each; some hold one sentence alone."""
    out = []
    for document in documents:
        at = 0
        while at < len(document):
            words, start = 0, at
            budget = 1 if rng.random() < single else rng.randint(least, most)
            while at < len(document) and (at == start or words + len(document[at].words) <= budget):
                words += len(document[at].words)
                at += 1
            out.append(document[start:at])
    return out


class Window:
    __slots__ = ("pieces", "shapes", "first", "last", "word_shapes", "hashes", "tags", "heads", "rels", "sentence", "forms")

    def __init__(self, sentences, vocabulary, hashes, labels, limit=500):
        begin, end = vocabulary.begin, vocabulary.end
        self.pieces, self.shapes = [begin], [0]
        self.first, self.last, self.word_shapes, self.hashes = [], [], [], []
        self.tags = {name: [] for name in TAGS}
        self.heads, self.rels, self.sentence, self.forms = [], [], [], []
        spaced = True
        for number, s in enumerate(sentences):
            if number and s.new_paragraph:
                self.pieces.append(end)
                self.shapes.append(0)
            base, opens = len(self.first), number == 0 or s.new_paragraph
            if opens:
                spaced = True
            for i, w in enumerate(s.words):
                ids = vocabulary.of(w.form)
                if len(self.pieces) + len(ids) >= limit:
                    break
                look = shape(w.form, spaced) + (12 if opens and i == 0 else 0)
                spaced = w.space_after
                self.first.append(len(self.pieces))
                self.pieces.extend(ids)
                self.shapes.extend([look] * len(ids))
                self.last.append(len(self.pieces) - 1)
                self.word_shapes.append(look)
                self.hashes.append(hashes.of(w.form) if hashes else ())
                self.sentence.append(number)
                self.forms.append(w.form)
                for name in ("upos", "xpos", "feats", "named", "outer", "inner"):
                    self.tags[name].append(labels.of(name, getattr(w, name)))
                rule = w.lemma and w.lemma != "_" and lemmas.script(w.form, w.lemma, w.upos == "PROPN")
                self.tags["lemma"].append(labels.of("lemma", rule or None))
                last = i == len(s.words) - 1
                self.tags["end"].append(int(last) if s.ends else IGNORE)
                if w.head is None:
                    self.heads.append(IGNORE)
                else:
                    self.heads.append(0 if w.head < 0 else base + w.head + 1)
                self.rels.append(labels.of("rel", w.rel))
        # The last word of a window always ends a sentence: that teaches nothing unless the text says so.
        self.pieces.append(end)
        self.shapes.append(0)
        n = len(self.first)
        self.heads = [h if h <= n else IGNORE for h in self.heads]


def batches(items, rng, most):
    """Groups windows of like length so that a padded group has at most so many pieces; in random order."""
    order = sorted(range(len(items)), key=lambda i: (len(items[i].pieces) + rng.random() * 8, i))
    groups, group, longest = [], [], 0
    for i in order:
        longest_then = max(longest, len(items[i].pieces))
        if group and longest_then * (len(group) + 1) > most:
            groups.append(group)
            group, longest_then = [], len(items[i].pieces)
        group.append(i)
        longest = longest_then
    groups.append(group)
    rng.shuffle(groups)
    return groups


def tensors(group):
    b = len(group)
    t = max(len(w.pieces) for w in group)
    n = max(1, max(len(w.first) for w in group))
    full = lambda rows, width, fill: torch.from_numpy(
        np.array([list(r) + [fill] * (width - len(r)) for r in rows], dtype=np.int64)
    )
    out = {
        "pieces": full([w.pieces for w in group], t, 0),
        "piece_shapes": full([w.shapes for w in group], t, 0),
        "piece_mask": full([[1] * len(w.pieces) for w in group], t, 0).bool(),
        "first": full([w.first for w in group], n, 0),
        "last": full([w.last for w in group], n, 0),
        "word_shapes": full([w.word_shapes for w in group], n, 0),
        "word_mask": full([[1] * len(w.first) for w in group], n, 0).bool(),
        "heads": full([w.heads for w in group], n, IGNORE),
        "rels": full([w.rels for w in group], n, IGNORE),
        "sentence": full([w.sentence for w in group], n, -1),
    }
    if group[0].hashes and group[0].hashes[0]:
        k = len(group[0].hashes[0])
        out["hashes"] = torch.tensor([[*w.hashes, *([(0,) * k] * (n - len(w.first)))] for w in group])
    for name in TAGS:
        out[name] = full([w.tags[name] for w in group], n, IGNORE)
    # Who may be whose head: the root, and the words of the same sentence but not oneself.
    same = out["sentence"][:, :, None] == out["sentence"][:, None, :]
    same &= ~torch.eye(n, dtype=torch.bool)[None]
    out["may"] = torch.cat([torch.ones(b, n, 1, dtype=torch.bool), same], 2)
    return out
