"""Telephone numbers: groups of digits told from dates, amounts, years, ids and lists by what they are and follow."""

import re
from collections.abc import Iterator, Sequence

Groups = Sequence[tuple[int, int]]

_DIGITS = bytes(
    ord("0") if chr(code).isdigit() else ord("-") if chr(code) in " .-/()" else ord("x")
    for code in range(128)
) + bytes(128)
_REGION = re.compile(rb"0[0-]{6,}+")
"""Where a number may stand, in a text whose digits are "0" and whose signs between digits are "-"."""
_CHAIN = re.compile(r"\d++(?:(?:\.|\)? ?[-/]? ?\(?)\d++)*+")
_GROUP = re.compile(r"\d+")
_FEWEST, _FEWEST_CALLED, _MOST = 8, 7, 15
"""ITU-T E.164: at most 15 digits with the country code; below 8 it is a year range or a price, but for a local number
after a word for calling."""
_PLUS = re.compile(r"\+ ?\(?\Z|\(\+ ?\Z")
_WORDS = (
    r"\b(?:calls?|phones?|telefon|telephone|tel|tlf|tfn|mobile|mobil|mob|cell|handy|whatsapp|text|sms|ring|fax|dial|"
    r"hotline|contact|reach)\b"
)
_CALLED = re.compile(
    rf"{_WORDS}[^\w+]{{0,4}}(?:(?:me|us|on|at|is|numbers?|no|nr|our|the|office|direct|line|dial|to|via|by|or|hr|text|"
    r"call|phone|free|toll)\b[^\w+]{1,3}){0,4}\Z",
    re.IGNORECASE,
)
_CALL_NEAR = re.compile(_WORDS, re.IGNORECASE)
_ID = re.compile(
    r"(?:\b(?:ids?|iso|iec|din|rfc|iban|bic|req|requisition|ref|reference|referenz|kennziffer|vacancy|posting|job|"
    r"case|ticket|order|version|zip|vat|ein|abn|cvr|isbn|issn|doi|licen[cs]e|patent|announcement|project|grant)|#)"
    r"(?:[ .:#-]{0,3}(?:nos?|numbers?|nr|id|code|ids))?[^\w\n]{0,3}\Z",
    re.IGNORECASE,
)
_MONEY = (
    r"[$€£¥₹₽₩₪₺฿%]|"
    r"\b(?:eur|usd|gbp|chf|dkk|sek|nok|pln|czk|huf|ron|"
    r"inr|jpy|cny|aud|cad|nzd|sgd|hkd|zar|kr|euros?|dollars?|pounds?|lpa)\b"
)
_MONEY_BEFORE = re.compile(rf"(?:{_MONEY}|\brs\.) ?\(?\Z", re.IGNORECASE)
_MONEY_AFTER = re.compile(rf" ?(?:{_MONEY}|k\b)", re.IGNORECASE)
_DATE = re.compile(
    r"(?:(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)\d\d)(?!\d)"
)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}\Z")
_SERIAL = re.compile(r"\d{4}-\d\d-\d{1,6}\Z")
_EXTENSION = re.compile(r",? ?(?:ext|extension|x|durchwahl|dw)\.?:? ?\d{1,6}(?!\w)", re.IGNORECASE)
_NEXT = re.compile(r"[\s,;/|)]{0,3}(?:(?:or|and|&|oder|och)\s)?[\s+(]{0,3}\Z", re.IGNORECASE)
"""Between two numbers, of which the second is one because the first is."""
_VANITY = re.compile(r"(?<![\w.-])(?:\+?1[ .-])?\(?8(?:00|33|44|55|66|77|88)\)?[ .-][A-Z\d-]{5,14}\b")
_VANITY_SIGNS = ("800-", "833-", "844-", "855-", "866-", "877-", "888-", "800 ")
"""With one of them a number in letters goes on; a scan of the text for the expression costs a fourth of all."""

_Kind = str
"""How much speaks for a number: `plus`, `called`, `near` a word for calling, in a `bracket`, or `plain`."""


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Yields the stretches of telephone numbers, with their extension."""
    digits = text.encode("ascii", "replace").translate(_DIGITS)
    last = -100
    for region in _REGION.finditer(digits):
        if digits.count(b"0", *region.span()) < _FEWEST_CALLED:
            continue
        for chain in _CHAIN.finditer(text, *region.span()):
            if digits.count(b"0", *chain.span()) < _FEWEST_CALLED:
                continue
            for start, end in _in_chain(text, chain, last):
                last = end
                yield start, end
    if any(map(text.__contains__, _VANITY_SIGNS)):
        yield from (found.span() for found in _VANITY.finditer(text) if not found[0][-1].isdigit())


def _in_chain(text: str, chain: re.Match[str], last: int) -> Iterator[tuple[int, int]]:
    """The numbers among groups of digits that stand together; ``last`` is where the number before ended."""
    start, end = chain.span()
    groups = [found.span() for found in _GROUP.finditer(text, start, end)]
    kind = _kind(text, start, last)
    if kind != "plus" and (
        _MONEY_BEFORE.search(text, max(0, start - 10), start) or _MONEY_AFTER.match(text, end)
    ):
        return
    extension = _EXTENSION.match(text, end)
    if not extension and end < len(text) and (text[end].isalnum() or text[end] == "_"):
        groups.pop()  # "555-123-4567 2nd floor"
    if kind in ("plain", "bracket", "near"):
        if _ID.search(text, max(0, start - 30), start):
            return
        before = text[start - 1 : start]
        if before and (before.isalnum() or before in "_.,$=/-"):
            groups = _after_gap(text, groups) if before.isalpha() else []
    if _is_list([text[begin:stop] for begin, stop in groups], kind):
        return
    half = len(groups) // 2
    if _are_twins(groups) and _longest(text, groups[:half], kind) == half:
        yield groups[0][0], groups[half - 1][1]
        groups, kind = groups[half:], "called"
    number = 0
    while number < len(groups):
        n = _longest(text, groups[number : number + _MOST], kind)
        if not n:
            number, kind = number + 1, "plain"
            while number < len(groups) and text[groups[number - 1][1]] not in " )":
                number += 1  # a number begins behind a blank
            continue
        begin = groups[number][0]
        stop = groups[number + n - 1][1]
        opening = _PLUS.search(text, max(0, begin - 3), begin) if kind == "plus" else None
        if opening:
            begin = opening.start()
        elif text[begin - 1 : begin] == "(" and ")" in text[begin:stop]:
            begin -= 1
        if extension and number + n == len(groups):
            stop = extension.end()
        yield begin, stop
        number, kind = number + n, "near"


def _are_twins(groups: Groups) -> bool:
    """Whether the groups are too many for one number and their halves are written alike."""
    lengths = [end - start for start, end in groups]
    half = len(lengths) // 2
    return sum(lengths) > _MOST and len(lengths) % 2 == 0 and lengths[:half] == lengths[half:]


def _kind(text: str, start: int, last: int) -> _Kind:
    if _PLUS.search(text, max(0, start - 3), start):
        return "plus" if not text[max(0, start - 2) : start].rstrip("(+ ")[-1:].isalnum() else "plain"
    if _CALLED.search(text, max(0, start - 45), start) or (
        start - last < 12 and _NEXT.fullmatch(text, last, start)
    ):
        return "called"
    if text[start - 1 : start] == "(":
        return "bracket"
    return "near" if _CALL_NEAR.search(text, max(0, start - 25), start) else "plain"


def _after_gap(text: str, groups: Groups) -> list[tuple[int, int]]:
    """The groups behind the first blank: what stands before it belongs to a word ("B2 555-123-4567")."""
    for number, (start, _) in enumerate(groups):
        if number and text[start - 1] == " ":
            return list(groups[number:])
    return []


def _is_list(groups: Sequence[str], kind: _Kind) -> bool:
    """Whether all groups together are years, amounts or numbers of things."""
    if not groups:
        return True
    if all(len(group) == 4 and group[:2] in ("19", "20") for group in groups):
        return True
    if all(len(group) >= 4 and group.endswith("000") for group in groups):
        return True
    if _is_amount(groups) and (kind not in ("plus", "called") or set(groups[1:]) == {"000"}):
        return True
    return kind != "plus" and sum(len(group) >= 5 for group in groups) >= 3


def _is_amount(groups: Sequence[str]) -> bool:
    """Whether the groups are those of amounts in thousands ("55.000-65.000", "10 000 000"); a zero leads none."""
    if len(groups) < 2 or groups[0][0] == "0" or max(map(len, groups)) > 3:
        return False
    following = [*groups[1:], ""]
    return len(groups[-1]) == 3 and all(
        len(group) == 3 or len(after) == 3 for group, after in zip(groups, following, strict=True)
    )


def _longest(text: str, groups: Groups, kind: _Kind) -> int:
    """How many groups from the first on make a number; 0 where none do."""
    if kind == "plain" and len(groups) > 1 and groups[1][1] - groups[1][0] == 1 and text[groups[1][0]] != "0":
        return 0  # a list of figures, however long
    n_digits, n = 0, 0
    while n < len(groups) and n_digits + groups[n][1] - groups[n][0] <= _MOST:
        n_digits += groups[n][1] - groups[n][0]
        n += 1
    fewest = _FEWEST_CALLED if kind == "called" else _FEWEST
    while n and n_digits >= fewest:
        if _is_number(text, groups[:n], n_digits, kind):
            return n
        n -= 1
        n_digits -= groups[n][1] - groups[n][0]
    return 0


def _is_number(text: str, spans: Groups, n_digits: int, kind: _Kind) -> bool:
    groups = [text[start:end] for start, end in spans]
    written = text[spans[0][0] : spans[-1][1]]
    if kind == "plus":
        return n_digits > _FEWEST or len(groups) > 1
    if _DATE.match(written) or _is_list(groups, kind):
        return False
    if kind == "called":
        return True
    if kind == "bracket" and written[len(groups[0])] != ")":
        kind = "plain"
    lone = [group for group in groups[1:] if len(group) == 1 and group != "0"]
    if len(groups) == 1 or lone or "/" in written or _SERIAL.match(written) or _ADDRESS.match(written):
        return False
    if groups[0][:2] in ("19", "20") and len(groups[0]) == 4 and groups[1][:2] in ("19", "20"):
        return False
    if kind in ("near", "bracket"):
        return True
    return n_digits >= 10 and _is_shaped(groups)


def _is_shaped(groups: Sequence[str]) -> bool:
    """Whether the groups are those of a number that nothing announces."""
    first = groups[0]
    if len(groups) > 6 or max(map(len, groups)) > (8 if first[0] == "0" else 7):
        return False
    if len(first) == 1 and (first not in "0178" or len(groups[1]) != 3):
        return False
    return first[0] == "0" or max(map(len, groups)) > 2
