"""Lemmas as edit scripts: what happens to capitals, how much is cut from the end, what is put there.

The same rules as `Rule` in crates/text/src/lemma.rs.
"""

from collections import Counter


def cased(form, case):
    if case == "keep":
        return form
    if case == "title":
        return form[:1].upper() + form[1:].lower()
    return form.lower()


def script(form, lemma, name):
    """The shortest script from form to lemma; None if there is none short enough to be worth a label."""
    cases = ("keep", "title", "small") if name else ("small", "keep", "title")
    best = None
    for case in cases:
        base = cased(form, case)
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        cost = len(base) - common + len(lemma) - common
        if best is None or cost < best[0]:
            best = (cost, (case, len(base) - common, lemma[common:]))
    return best[1]


def apply(form, rule):
    case, strip, append = rule
    base = cased(form, case)
    if strip > len(base):
        strip = 0
    return base[: len(base) - strip] + append


def inventory(words, least=3):
    """Scripts used by at least so many words, most frequent first."""
    seen = Counter(script(w.form, w.lemma, w.upos == "PROPN") for w in words if w.lemma and w.lemma != "_")
    return [rule for rule, n in sorted(seen.items(), key=lambda item: (-item[1], item[0])) if n >= least]
