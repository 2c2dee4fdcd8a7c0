"""Which matches an advert negates, or says it doesn't need."""

from collections.abc import Sequence

from transforms.mention_evidence import Match, is_list_gap
from transforms.negation import NOT_NEEDED_AFTER, negated_stretches, says_unneeded
from transforms.text import fold


def negated_matches(text: str, matches: Sequence[Match]) -> frozenset[int]:
    """Numbers of the matches behind a negation, and of those said not to be needed."""
    unneeded = _unneeded(text, matches)
    stretches = negated_stretches(text)
    if not stretches:
        return unneeded
    found: set[int] = set()
    reach, following = 0, 0
    for number, (start, *_) in enumerate(matches):
        while following < len(stretches) and stretches[following][0] <= start:
            reach = max(reach, stretches[following][1])
            following += 1
        if start < reach:
            found.add(number)
    return unneeded | found


def _unneeded(text: str, matches: Sequence[Match]) -> frozenset[int]:
    """Numbers of the matches said not to be needed, and their lists ("Go and Rust are not required")."""
    if not says_unneeded(text):
        return frozenset()
    folded = fold(text)
    found: set[int] = set()
    for number in range(len(matches) - 1, -1, -1):
        _, end, _ = matches[number]
        gap = text[end : matches[number + 1][0]] if number + 1 in found else "\n"
        follows = "\n" not in gap and is_list_gap(gap)  # a list of items is not one sentence
        if follows or NOT_NEEDED_AFTER.match(folded, end):
            found.add(number)
    return frozenset(found)
