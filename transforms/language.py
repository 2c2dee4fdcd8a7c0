"""Whether a text is English: scripts and the commonest small words of its first characters."""

import re

WINDOW = 400
"""Characters looked at first; whole texts cost 20 times as much and say the same."""

MIN_LETTERS = 20
"""Fewer letters than this tell no language."""

ENGLISH = frozenset(
    "the and of to a in for with you we our are is on your will as be or an at that this from have by us who "
    "it team work about looking join hiring their experience engineer engineers developer developers remote "
    "full time building software company help not all more".split()
)
OTHER = (
    frozenset(
        # German, Dutch, French, Spanish, Portuguese, Italian, Polish, Czech, Danish, Swedish, Norwegian, Finnish,
        # Romanian, Hungarian, Turkish; words that are English too (in, die, is, on, no, me) are left out
        "der das und den dem des ein eine einen einer mit für von zu auf ist sind wir sie ihr ihre als auch bei oder "
        "werden nicht sich aus nach unser unsere suchen het een van voor wij zijn bij naar ook niet onze jij je "
        "le la les des du une dans pour avec nous vous sur est sont au aux ou notre votre qui que et "
        "el los las una con por para del nuestro su se es y en como más o da dos um uma com não você na os "
        "il che di della per sono gli nel alla i w z na do się oraz jest są dla nie od pracy doświadczenie jako "
        "v ve že pro se jsou og til af er på som med vi det att och är för ett av ja sekä on si de pentru cu "
        "az egy és hogy bir ile için mit nebo nasz nasza poszukujemy oferujemy wymagania znajomość".split()
    )
    - ENGLISH
    - {"on", "i", "o", "y", "v", "w", "z", "s", "de", "la", "el", "se", "su", "na", "as", "do", "er", "da"}
)
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN_LETTER = re.compile("[\u0370-\u1cff\u2c00-\u2dff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")


def language(text: str) -> str:
    """Returns 'en', 'other' or 'none' (fewer than MIN_LETTERS letters) for a cleaned text."""
    verdict = _judge(text[:WINDOW])
    if verdict is None and len(text) > WINDOW:
        verdict = _judge(text[: 6 * WINDOW])
    if verdict is not None:
        return verdict
    # Words of no language (names of places and technologies): English is the board's default.
    return "en" if text[: 6 * WINDOW].isascii() or _mostly_ascii(text) else "other"


def _judge(head: str) -> str | None:
    if len(head) <= WINDOW:
        letters = len(_LETTER.findall(head))
        if letters < MIN_LETTERS:
            return "none"
    words = _WORD.findall(head.lower())
    letters = sum(map(len, words))
    if not head.isascii() and 3 * len(_FOREIGN_LETTER.findall(head)) > letters:
        return "other"
    english = sum(word in ENGLISH for word in words)
    other = sum(word in OTHER for word in words)
    if english >= 2 and english >= other:
        return "en"
    if other >= 2 and other > english:
        return "other"
    return None


def _mostly_ascii(text: str) -> bool:
    letters = _LETTER.findall(text[: 6 * WINDOW])
    return sum(letter.isascii() for letter in letters) >= 0.97 * len(letters)
