"""Whether a text is English: scripts and the commonest small words of its first characters."""

import re
from itertools import islice

WINDOW = 400
"""Characters looked at first; whole texts cost 20 times as much and say the same."""

MIN_LETTERS = 20
"""Fewer letters than this tell no language."""

MIN_ASCII = 0.97
"""Share of plain letters in a text of names only (places, technologies) that is taken for English."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words(
    "the and of to a in for with you we our are is on your will as be or an at that this from have by us "
    "who it team work about looking join hiring their experience engineer engineers developer developers "
    "remote full time building software company help not all more "
)
_INTERNATIONAL = _words(
    "team work join hiring engineer engineers developer developers remote full time building software company all "
    "in an at as or by be us will we is for"
)
"""Of ENGLISH what adverts in other languages hold as well: as a name of jobs, or as a word of their own."""
OTHER = _words(
    # German, Dutch, French, Spanish, Portuguese, Italian, Polish, Czech, Danish, Swedish, Norwegian,
    # Finnish, Romanian, Hungarian, Turkish; without words of English adverts (in, die, la)
    "der das und den dem des ein eine einen einer mit für von zu auf ist sind wir sie ihr ihre als auch "
    "bei oder werden nicht sich aus nach unser unsere suchen het een van voor wij zijn bij naar ook niet "
    "onze jij je le les du une dans pour avec nous vous sur est sont au aux ou notre votre qui que et los "
    "las una con por para del nuestro es en como más dos um uma com não você os il che di della per sono "
    "gli nel alla się oraz jest są dla nie od pracy doświadczenie jako ve že pro jsou og til af på som "
    "med vi det att och är för ett av ja sekä si pentru cu az egy és hogy bir ile için nebo nasz nasza "
    "poszukujemy oferujemy wymagania znajomość "
)
_IN_NAMES = _words("com est per pro los las del des le")
"""Of OTHER what English adverts hold in addresses, towns and rates."""
_WORD = re.compile(r"[^\W\d_]+")
_TYPOGRAPHIC = "’‘“”–—…•·®™"
"""What most texts outside ASCII hold and no letter."""
_TO_WORDS = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalpha() else 32 for code in range(256))
_FOREIGN_LETTER = re.compile("[\u0370-\u1cff\u2c00-\u2dff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufeff]")


def language(text: str) -> str:
    """Returns 'en', 'other' or 'none' (fewer than MIN_LETTERS letters) for a cleaned text."""
    verdict = _judge(text[:WINDOW])
    if verdict is None and len(text) > WINDOW:
        verdict = _judge(text[: 6 * WINDOW])
    if verdict is not None:
        return verdict
    # Words of no language (names of places and technologies): English is the board's default.
    return "en" if text[: 6 * WINDOW].isascii() or _mostly_ascii(text) else "other"


_TELLING = {
    "de": _words("der das und den dem des ein eine einen einer mit für von zu auf ist sind wir sie als auch bei oder "
                 "werden nicht sich aus nach unser unsere suchen du"),
    "es": _words("los las una con por para del nuestro es en como más que y el se somos buscamos trabajo equipo "
                 "experiencia conocimientos nuestra"),
    "sv": _words("och att det är för ett av med vi som på till du har söker hos oss eller arbeta erfarenhet inom"),
}  # fmt: skip


def other_language(text: str) -> str:
    """Returns 'de', 'es' or 'sv' for a text of which language() says 'other', 'other' where none is plain.

    The languages ESCO packages are expected in; a word of two of them speaks for both, so the lead must be clear.
    """
    words = _WORD.findall(text[: 6 * WINDOW].lower())
    counts = sorted(
        ((sum(map(known.__contains__, words)), code) for code, known in _TELLING.items()), reverse=True
    )
    (most, code), (second, _) = counts[:2]
    return code if most >= 3 and most >= 1.5 * second else "other"


def _found_words(text: str) -> tuple[list[str], bool]:
    """The words of a text in lower case, and whether all letters are plain ones.

    Those are found by a table, which costs a quarter of the expression.
    """
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    if text.isascii():
        return text.encode().translate(_TO_WORDS).decode().split(), True
    return _WORD.findall(text.lower()), False


def _judge(head: str) -> str | None:
    words, is_plain = _found_words(head)
    if is_plain and len(words) >= MIN_LETTERS and OTHER.isdisjoint(words):
        # What most texts are: their second English word settles it.
        return "en" if next(islice(filter(ENGLISH.__contains__, words), 1, None), None) else None
    letters = len("".join(words))
    if letters < MIN_LETTERS:
        return "none"
    if not is_plain and 3 * len(_FOREIGN_LETTER.findall(head)) > letters:
        return "other"
    english = sum(map(ENGLISH.__contains__, words))
    other = 0 if OTHER.isdisjoint(words) else sum(map(OTHER.__contains__, words))
    telling = OTHER.intersection(words) - _IN_NAMES if other > 2 else ()
    if len(telling) > 2 and other > sum(word in ENGLISH and word not in _INTERNATIONAL for word in words):
        return "other"
    if english >= 2 and english >= other:
        return "en"
    if other >= 2 and other > english:
        return "other"
    return None


def _mostly_ascii(text: str) -> bool:
    letters = "".join(_WORD.findall(text[: 6 * WINDOW]))
    return sum(map(str.isascii, letters)) >= MIN_ASCII * len(letters)
