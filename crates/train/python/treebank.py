"""Treebanks and entity sets as plain lists of words; nothing here knows a network.

A document is a list of sentences; a sentence opens a paragraph or not and is a list of `Word`. Heads count from 0 within
the sentence, -1 for the root. Labels that a source does not give are `None` and teach nothing.
"""

import json
import re
from dataclasses import dataclass, field, replace


@dataclass(slots=True)
class Word:
    form: str
    space_after: bool = True
    lemma: str | None = None
    upos: str | None = None
    xpos: str | None = None
    feats: str | None = None
    head: int | None = None
    rel: str | None = None
    named: str | None = None
    outer: str | None = None
    inner: str | None = None

    def copy(self, **changes):
        return replace(self, **changes)


@dataclass(slots=True)
class Sentence:
    words: list = field(default_factory=list)
    new_paragraph: bool = False
    # Whether its end is a sentence end somebody marked.
    ends: bool = True


ENTITY = re.compile(r"\(([^()]*)|([0-9]+)\)|\)")


def read_conllu(path):
    """Documents of a CoNLL-U file; GUM's entities in MISC become `named`."""
    documents, rows, paragraph, tail = [], [], True, {}
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            documents.append([])
            paragraph = True
            entities = False
        elif line.startswith("# global.Entity"):
            entities = True
        elif line.startswith("# newpar"):
            paragraph = True
        elif line and line[0].isdigit():
            c = line.split("\t")
            spaced = "SpaceAfter=No" not in c[9].split("|")
            if "." in c[0]:
                continue
            if "-" in c[0]:
                first, last = map(int, c[0].split("-"))
                tail = {n: False for n in range(first, last)} | {last: spaced}
                continue
            word = Word(c[1], tail.get(int(c[0]), spaced), c[2], c[3], c[4], c[5], int(c[6]) - 1, c[7])
            rows.append((word, c[9]))
        elif not line and rows:
            words = [w for w, _ in rows]
            if entities:
                mark_named(words, [misc for _, misc in rows])
            words[-1].space_after = True
            documents[-1].append(Sentence(words, paragraph))
            rows, paragraph, tail = [], False, {}
    return documents


KINDS = {"person", "place", "organization", "event", "object", "time", "substance", "animal", "plant", "abstract"}


def mark_named(words, misc):
    """Names and times among GUM's entities, the longest of those that overlap, as BIO labels.

    A mention counts as a name if the head that its annotation gives (`minspan`) is a PROPN; times always count.
    """
    spans, open_ = [], []
    for i, column in enumerate(misc):
        value = next((m[7:] for m in column.split("|") if m.startswith("Entity=")), "")
        at = 0
        while at < len(value):
            if value[at] == "(":
                end = at + 1
                while end < len(value) and value[end] not in "()":
                    end += 1
                parts = value[at + 1 : end].split("-")
                open_.append((parts[0], i, parts))
                if end < len(value) and value[end] == ")":
                    close(open_, parts[0], i, spans)
                    end += 1
                at = end
            else:
                end = value.index(")", at)
                close(open_, value[at:end], i, spans)
                at = end + 1
    for w in words:
        w.named = "O"
    spans.sort(key=lambda s: (s[0] - s[1], s[0]))
    for start, end, parts in spans:
        kind = parts[1]
        if kind not in KINDS or any(w.named != "O" for w in words[start : end + 1]):
            continue
        heads = next((p for p in parts[5:6] if re.fullmatch(r"[0-9,]+", p)), None)
        if heads is None:
            heads = next((p for p in parts[4:] if re.fullmatch(r"[0-9]+(,[0-9]+)*", p)), "1")
        head = start + int(heads.split(",")[0]) - 1
        if kind == "time" or (start <= head <= end and words[head].upos == "PROPN"):
            for k in range(start, end + 1):
                words[k].named = ("B-" if k == start else "I-") + kind


def close(open_, key, i, spans):
    for at in range(len(open_) - 1, -1, -1):
        if open_[at][0] == key:
            _, start, parts = open_.pop(at)
            spans.append((start, i, parts))
            return


PIECE = re.compile(r"n't\b|['’](?:s|re|ve|ll|d|m)\b|\w+?(?=n['’]t\b)|\w+|[^\w\s]", re.IGNORECASE)


def read_re3d(folder):
    """The documents of re3d as (id, document): words by a simple rule, entities as `outer` and `inner` BIO labels."""
    entities = {}
    for line in open(f"{folder}/entities.jsonl", encoding="utf-8"):
        row = json.loads(line)
        entities.setdefault(row["doc"], []).append((*row["span"], row["type"]))
    documents = []
    for line in open(f"{folder}/documents.jsonl", encoding="utf-8"):
        row = json.loads(line)
        text, sentences = row["text"], []
        spans = entities.get(row["id"], [])
        for paragraph in re.finditer(r"[^\n]+", text):
            pieces = [(m.start() + paragraph.start(), m.end() + paragraph.start()) for m in PIECE.finditer(paragraph[0])]
            if not pieces:
                continue
            words = []
            for a, b in pieces:
                words.append(Word(text[a:b], b >= len(text) or text[b].isspace(), outer="O", inner="O"))
            chosen = []
            for a, b, kind in sorted(set(spans), key=lambda s: (s[0] - s[1], *s)):
                inside = [k for k, (x, y) in enumerate(pieces) if x >= a and y <= b]
                if not inside or a < paragraph.start() or b > paragraph.end():
                    continue
                first, last = inside[0], inside[-1]
                for layer in ("outer", "inner"):
                    if all(getattr(w, layer) == "O" for w in words[first : last + 1]):
                        for k in range(first, last + 1):
                            setattr(words[k], layer, ("B-" if k == first else "I-") + kind)
                        break
            # Pieces of at most 60 words, cut at full stops: their borders teach nothing about sentences.
            start = 0
            for k in range(len(words)):
                full = words[k].form in ".!?" and words[k].space_after and k - start >= 8
                if full or k - start >= 59 or k == len(words) - 1:
                    sentences.append(Sentence(words[start : k + 1], start == 0, ends=False))
                    start = k + 1
        documents.append((row["id"], sentences))
    return documents
