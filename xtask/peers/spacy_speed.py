"""Reads the texts of standard input (JSON Lines with `text`) with spaCy on one thread and prints how long it took.

    python3 -m venv venv && venv/bin/pip install -r xtask/peers/requirements.txt    # Python 3.8
    cargo xtask bench --peer venv/bin/python

With `--conllu FILE` it writes what it read as CoNLL-U too, for `conllu_eval.py`; texts then need an `id`.
"""
import json
import os
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import spacy  # noqa: E402
import en_core_web_sm  # noqa: E402

TURNS = 3


def conllu(rows, docs, path):
    with open(path, "w", encoding="utf-8") as out:
        for row, doc in zip(rows, docs):
            out.write("# newdoc id = %s\n" % row["id"])
            for sentence in doc.sents:
                words = [t for t in sentence if not t.is_space]
                number = {t.i: n for n, t in enumerate(words, 1)}
                for n, t in enumerate(words, 1):
                    head = t.head
                    while head.is_space and head.head is not head:
                        head = head.head
                    root = t.dep_ == "ROOT" or head.i not in number or head is t
                    place = "TokenRange=%d:%d" % (t.idx, t.idx + len(t.text))
                    out.write("\t".join([
                        str(n), t.text, t.lemma_ or "_", t.pos_, t.tag_, "_",
                        "0" if root else str(number[head.i]), "root" if root else t.dep_, "_", place,
                    ]) + "\n")
                out.write("\n")


def main():
    load = float("inf")
    for _ in range(TURNS):
        start = time.perf_counter()
        nlp = en_core_web_sm.load()
        load = min(load, time.perf_counter() - start)
    rows = [json.loads(line) for line in sys.stdin if line.strip()]
    seconds = float("inf")
    for _ in range(TURNS):
        start = time.perf_counter()
        docs = list(nlp.pipe(row["text"] for row in rows))
        seconds = min(seconds, time.perf_counter() - start)
    words = sum(not t.is_space for doc in docs for t in doc)
    if "--conllu" in sys.argv:
        conllu(rows, docs, sys.argv[sys.argv.index("--conllu") + 1])
    name = "spaCy %s, %s %s" % (spacy.__version__, nlp.meta["lang"] + "_" + nlp.meta["name"], nlp.meta["version"])
    print(json.dumps({"name": name, "load": load, "words": words, "seconds": seconds}))


main()
