"""Words into what the encoders see: WordPiece numbers and a shape; for the small encoder hashes of the spelling.

`crates/text/src/neural/pieces.rs` does the same, byte for byte; `fixture.json` of the export holds both to it.
"""

import unicodedata

MOST_PIECES = 8
LONGEST_RUN = 100


def punctuation(c):
    """BERT's idea of punctuation: ASCII that is neither letter nor digit, and the Unicode categories P*."""
    n = ord(c)
    if 33 <= n <= 47 or 58 <= n <= 64 or 91 <= n <= 96 or 123 <= n <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def chinese(c):
    n = ord(c)
    return 0x4E00 <= n <= 0x9FFF or 0x3400 <= n <= 0x4DBF or 0x20000 <= n <= 0x2CEAF or 0xF900 <= n <= 0xFAFF or 0x2F800 <= n <= 0x2FA1F


def shape(form, spaced):
    """0 no letters, 1 small, 2 first capital, 3 all capitals, 4 one capital alone, 5 mixed; plus 6 after a blank."""
    letters = [c for c in form if c.isupper() or c.islower()]
    if not letters:
        kind = 0
    elif all(c.islower() for c in letters):
        kind = 1
    elif all(c.isupper() for c in letters):
        kind = 3 if len(letters) > 1 else 4
    elif letters[0].isupper() and all(c.islower() for c in letters[1:]):
        kind = 2
    else:
        kind = 5
    return kind + (6 if spaced else 0)


SHAPES = 12


class Pieces:
    """The uncased WordPiece vocabulary of BERT."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.number = {p: i for i, p in enumerate(vocabulary)}
        self.unknown = self.number["[UNK]"]
        self.begin = self.number["[CLS]"]
        self.end = self.number["[SEP]"]
        self.cache = {}

    def of(self, form):
        """Numbers of the pieces of a word: at least one, at most MOST_PIECES."""
        found = self.cache.get(form)
        if found is None:
            found = self.cache[form] = self.cut(form)
        return found

    def cut(self, form):
        plain = [c for c in unicodedata.normalize("NFD", form.lower()) if unicodedata.category(c) != "Mn"]
        runs, open_ = [], False
        for c in plain:
            if punctuation(c) or chinese(c):
                runs.append([c])
                open_ = False
            elif c.isspace() or unicodedata.category(c) in ("Cc", "Cf"):
                open_ = False
            elif open_:
                runs[-1].append(c)
            else:
                runs.append([c])
                open_ = True
        numbers = []
        for run in runs:
            numbers.extend(self.run("".join(run)))
            if len(numbers) >= MOST_PIECES:
                break
        return numbers[:MOST_PIECES] or [self.unknown]

    def run(self, run):
        if len(run) > LONGEST_RUN:
            return [self.unknown]
        numbers, start = [], 0
        while start < len(run):
            for end in range(len(run), start, -1):
                piece = run[start:end] if start == 0 else "##" + run[start:end]
                if piece in self.number:
                    numbers.append(self.number[piece])
                    start = end
                    break
            else:
                return [self.unknown]
        return numbers


def fnv(data, seed):
    """FNV-1a over bytes, 32 bits."""
    h = 2166136261 ^ seed
    for b in data:
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 0x2C1B3C6D) & 0xFFFFFFFF
    return h ^ (h >> 12)


class Hashes:
    """For the small encoder: rows of one hashed table for the whole word, its endings and its beginning."""

    KINDS = 6

    def __init__(self, rows):
        self.rows = rows
        self.cache = {}

    def of(self, form):
        found = self.cache.get(form)
        if found is None:
            low = form.lower()[:32]
            plain = "".join("0" if c in "0123456789" else c for c in low)
            parts = [plain, plain[-2:], plain[-3:], plain[-4:], plain[:3], "".join(pattern(c) for c in form[:32])]
            found = [fnv(p.encode(), k * 0x9E3779B1 & 0xFFFFFFFF) % self.rows for k, p in enumerate(parts)]
            self.cache[form] = found
        return found


def pattern(c):
    if c.isupper():
        return "X"
    if c.islower():
        return "x"
    if c in "0123456789":
        return "0"
    return c
