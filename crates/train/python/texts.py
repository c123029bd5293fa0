#!/usr/bin/env python3
"""Texts to be parsed by a teacher: texts.py FILE EVERY [FILE EVERY …] prints every so many'th row as {"id", "text"}."""

import json
import sys

for path, every in zip(sys.argv[1::2], sys.argv[2::2]):
    for number, line in enumerate(open(path, encoding="utf-8")):
        if number % int(every) == 0:
            row = json.loads(line)
            print(json.dumps({"id": row["id"], "text": row.get("text") or row["doc"]}, ensure_ascii=False))
