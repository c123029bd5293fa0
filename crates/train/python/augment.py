"""Altered copies of running text: capitals, headlines, quotation marks, spacing, missing stops, datelines, addresses.

Every function takes a list of sentences and a `random.Random` and gives a new list; what is altered keeps its labels.
"""

from treebank import Sentence, Word

SMALL = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "as", "from", "'s"}
CURLY = {'"': ("“", "”"), "``": ("“", "”"), "''": ("“", "”"), "'": ("‘", "’")}
AGENCIES = ["AP", "Reuters", "AFP", "CNN", "UPI", "Xinhua", "Wire", "BBC", "dpa", "TASS", "IRNA", "Agencies"]
MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec. January February August October".split()
PLACES = """KABUL MOSCOW BEIJING TEHRAN BAGHDAD DAMASCUS CAIRO GENEVA BRUSSELS WASHINGTON LONDON PARIS BERLIN ANKARA
ISTANBUL ISLAMABAD DELHI DHAKA COLOMBO MANILA JAKARTA SEOUL TOKYO PYONGYANG HANOI NAIROBI LAGOS ABUJA KHARTOUM ADDIS_ABABA
MOGADISHU TRIPOLI TUNIS ALGIERS RABAT KINSHASA HARARE PRETORIA BOGOTA CARACAS LIMA SANTIAGO BUENOS_AIRES BRASILIA
MEXICO_CITY HAVANA OTTAWA SYDNEY CANBERRA KIEV KYIV MINSK WARSAW PRAGUE VIENNA ROME MADRID LISBON ATHENS BELGRADE SARAJEVO
PRISTINA TIRANA SOFIA BUCHAREST JERUSALEM GAZA_CITY BEIRUT AMMAN RIYADH DOHA DUBAI KUWAIT_CITY MUSCAT SANAA ADEN TBILISI
BAKU YEREVAN TASHKENT NEW_DELHI NEW_YORK SAN_SALVADOR GUATEMALA_CITY UNITED_NATIONS HONG_KONG PHNOM_PENH""".split()


def sentences_copy(sentences, change):
    out = []
    for s in sentences:
        out.append(Sentence([change(w) for w in s.words], s.new_paragraph, s.ends))
    return out


def capitals(sentences, _):
    return sentences_copy(sentences, lambda w: w.copy(form=w.form.upper()))


def small(sentences, _):
    return sentences_copy(sentences, lambda w: w.copy(form=w.form.lower()))


def headline(sentences, rng):
    """Every word but the small ones with a capital, and mostly no stop at the end."""

    def title(w):
        return w if w.form.lower() in SMALL else w.copy(form=w.form[:1].upper() + w.form[1:])

    lines = [Sentence([title(w) for w in s.words], True, s.ends) for s in sentences]
    return no_stops(lines, rng)


def no_stops(sentences, _):
    """No stop at the end of paragraphs."""
    out = []
    for k, s in enumerate(sentences):
        words = s.words
        last = len(words) - 1
        closes = k + 1 == len(sentences) or sentences[k + 1].new_paragraph
        if closes and last > 0 and words[last].upos == "PUNCT" and words[last].form in ".!?" and all(w.head != last for w in words):
            words = words[:last]
            words[-1] = words[-1].copy(space_after=True)
        out.append(Sentence(words, s.new_paragraph, s.ends))
    return out


def quotes(sentences, rng):
    """Straight marks become curly, curly ones straight; sometimes only on one side."""
    broken = rng.random() < 0.2
    opened = False

    def change(w):
        nonlocal opened
        if w.form in ('"', "``", "''"):
            opened = not opened
            if broken and rng.random() < 0.3:
                return w
            return w.copy(form="“" if opened else "”")
        if w.form in ("“", "”"):
            return w.copy(form='"')
        if "’" in w.form or "'" in w.form:
            to = ("'", "’") if "'" in w.form else ("’", "'")
            return w.copy(form=w.form.replace(*to))
        return w

    return sentences_copy(sentences, change)


def spacing(sentences, rng):
    """Blanks lost after signs or put before them."""

    def change(w):
        if w.upos == "PUNCT" and w.space_after and rng.random() < 0.5:
            return w.copy(space_after=False)
        if not w.space_after and rng.random() < 0.2:
            return w.copy(space_after=True)
        return w

    return sentences_copy(sentences, change)


def dateline(sentences, rng):
    """A dateline before a paragraph, as a sentence of its own, as the web treebank has them."""
    place = rng.choice(PLACES).split("_")
    if rng.random() < 0.3:
        place = [p.capitalize() for p in place]
    words = []

    def add(form, lemma, upos, xpos, feats, head, rel, space=True):
        words.append(Word(form, space, lemma, upos, xpos, feats, head, rel))

    root = len(place) - 1
    for k, p in enumerate(place):
        name = p.capitalize()
        add(p, name, "PROPN", "NNP", "Number=Sing", -1 if k == root else root, "root" if k == root else "compound")
    if rng.random() < 0.5:
        words[-1].space_after = False
        add(",", ",", "PUNCT", ",", "_", len(words) + 1, "punct")
        month = rng.choice(MONTHS)
        at = len(words)
        add(month, month, "PROPN", "NNP", "Number=Sing", root, "nmod:unmarked")
        day = str(rng.randint(1, 31))
        add(day, day, "NUM", "CD", "NumForm=Digit|NumType=Card", at, "nummod")
    if rng.random() < 0.75:
        agency = rng.choice(AGENCIES)
        at = len(words)
        add("(", "(", "PUNCT", "-LRB-", "_", at + 1, "punct", False)
        add(agency, agency, "PROPN", "NNP", "Number=Sing", root, "list", False)
        add(")", ")", "PUNCT", "-RRB-", "_", at + 1, "punct")
    dash = rng.choice(["-", "--", "–", "—", "-", ":"])
    add(dash, dash if dash in ("--", ":") else "-", "PUNCT", ":" if dash == ":" else ",", "_", root, "punct")
    if dash == ":":
        words[-2].space_after = False
    first = sentences[0]
    return [
        Sentence(words, True),
        Sentence(first.words, False, first.ends),
        *sentences[1:],
    ]


def altered(sentences, rng):
    """With one chance in five some alteration of a stretch of text; never of sets without trees."""
    if any(w.upos is None for w in sentences[0].words[:1]):
        change = rng.random()
        return capitals(sentences, rng) if change < 0.05 else sentences
    for chance, change in ((0.07, capitals), (0.02, small), (0.04, headline), (0.06, quotes), (0.04, spacing), (0.04, no_stops), (0.03, dateline)):
        if rng.random() < chance:
            sentences = change(sentences, rng)
    return sentences
