"""Slow and obvious twin of the families: all pairs, sets of words, one loop per sentence of the method."""

import re
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from tests.drawn_families import Posting
from transforms.near_text import SENIORITY, NearRules

GAP = timedelta(days=60)


def families(postings: list[Posting], rules: NearRules, noise: list[str]) -> set[frozenset[str]]:
    """Names of the postings of each family."""
    runs = repeats(postings, noise)
    joined = [{n} for n in range(len(runs))]
    for one, other, _ in links(runs, rules, noise):
        if joined[one] is not joined[other]:
            both = joined[one] | joined[other]
            for n in both:
                joined[n] = both
    return {frozenset(p.name for n in group for p in runs[n]) for group in joined}


def repeats(postings: list[Posting], noise: list[str]) -> list[list[Posting]]:
    """Runs of repeats; adverts without a day come last and join the last run."""
    found: list[list[Posting]] = []
    for posting in sorted(postings, key=lambda p: (p.day is None, p.day or date.max, p.name)):
        same = [run for run in found if repeated(run[0], posting, noise)]
        if same and not too_late(posting, same[-1]):
            same[-1].append(posting)
        else:
            found.append([posting])
    return found


def repeated(a: Posting, b: Posting, noise: list[str]) -> bool:
    """Whether two adverts are one advert, time aside."""
    if a.employer != b.employer or bool(said(a.text)) != bool(said(b.text)):
        return False
    if said(a.text):
        return said(a.text) == said(b.text) and title(a, noise) == title(b, noise)
    named = a.employer != "" and a.title.strip() != ""
    same_title = a.title.strip().lower() == b.title.strip().lower()
    return named and same_title and a.place.strip().lower() == b.place.strip().lower()


def too_late(posting: Posting, run: list[Posting]) -> bool:
    """Whether the run was over more than the gap before the advert was first seen."""
    days = [day for p in run for day in (p.day, p.until) if day]
    return posting.day is not None and bool(days) and posting.day > max(days) + GAP


def links(runs: list[list[Posting]], rules: NearRules, noise: list[str]) -> list[tuple[int, int, Fraction]]:
    """Pairs of runs that are one job; of undated runs that are alike only the best link to a dated one stays."""
    alike = [
        (one, other, score)
        for one, other in combinations(range(len(runs)), 2)
        if (score := likeness(runs, one, other, rules, noise)) is not None
    ]
    kept = [link for link in alike if dated(runs[link[0]]) == dated(runs[link[1]])]
    groups = [{n} for n in range(len(runs)) if not dated(runs[n])]
    for one, other, _ in kept:
        if not dated(runs[one]):
            [a] = [group for group in groups if one in group]
            [b] = [group for group in groups if other in group]
            if a is not b:
                groups.remove(b)
                a |= b
    order = in_age(runs)
    for group in groups:
        bridges = [
            (end(runs[x]), score, -order[x], -order[y], one, other)
            for one, other, score in alike
            for x, y in ((one, other), (other, one))
            if y in group and dated(runs[x])
        ]
        if bridges:
            *_, one, other = max(bridges)
            kept.append((one, other, Fraction(1)))
    return kept


def in_age(runs: list[list[Posting]]) -> dict[int, int]:
    """Place of each run by employer, first day and first name."""

    def age(n: int) -> tuple[str, bool, str, str]:
        first = runs[n][0]
        return (first.employer, first.day is None, str(first.day), first.name)

    return {n: place for place, n in enumerate(sorted(range(len(runs)), key=age))}


def dated(run: list[Posting]) -> bool:
    """Whether any advert of the run has a day."""
    return any(p.day for p in run)


def end(run: list[Posting]) -> object:
    """Last day any advert of the run was open."""
    return max(day for p in run if p.day for day in (p.day, p.until) if day)


def likeness(
    runs: list[list[Posting]], one: int, other: int, rules: NearRules, noise: list[str]
) -> Fraction | None:
    """Similarity of two runs that are one job, None for two jobs."""
    a, b = runs[one][0], runs[other][0]
    if a.employer == "" or a.employer != b.employer or not said(a.text) or not said(b.text):
        return None
    if dated(runs[one]) and dated(runs[other]):
        first, second = sorted(
            (runs[one], runs[other]), key=lambda run: (run[0].day or date.max, run[0].name)
        )
        if second[0].day > end(first) + GAP:  # type: ignore[operator]
            return None
    words_a, words_b = title(a, noise), title(b, noise)
    if not agree(words_a, words_b):
        return None
    idle = boilerplate(runs, a.employer, rules, noise)
    left, right = shingles(a.text) - idle, shingles(b.text) - idle
    bare = len(left | right) < rules.own_shingles_min
    if bare:
        left, right = shingles(a.text), shingles(b.text)
    score = Fraction(len(left & right), len(left | right))
    short = min(len(said(a.text)), len(said(b.text))) < rules.short_words
    same = words_a == words_b
    if (bare or short) and not (same and words_a):
        return None
    if score >= as_fraction(rules.near_min if same else rules.other_title_min):
        return score
    repost = same and words_a and a.place.strip().lower() == b.place.strip().lower() and a.day != b.day
    return score if repost and not bare and not short and score >= as_fraction(rules.same_title_min) else None


def as_fraction(threshold: float) -> Fraction:
    """What the number says, not its binary neighbour."""
    return Fraction(str(threshold))


def agree(one: set[str], other: set[str]) -> bool:
    """Whether two titles can name one job."""
    if not one or not other:
        return True
    return {w for w in one if w in SENIORITY} == {w for w in other if w in SENIORITY} and (
        not (one - other) or not (other - one)
    )


def boilerplate(
    runs: list[list[Posting]], employer: str, rules: NearRules, noise: list[str]
) -> set[tuple[str, ...]]:
    """Shingles under more than a share of the employer's titles."""
    under: dict[frozenset[str], set[tuple[str, ...]]] = {}
    for run in runs:
        words = frozenset(title(run[0], noise))
        # An employer with one run is not looked at, and a run without text says nothing.
        if run[0].employer == employer and words and said(run[0].text):
            under.setdefault(words, set()).update(shingles(run[0].text))
    if len(under) < rules.shared_titles_min:
        return set()
    everything = set().union(*under.values())
    return {s for s in everything if sum(s in x for x in under.values()) > rules.shared_share * len(under)}


def title(posting: Posting, noise: list[str]) -> set[str]:
    """Words of the title that tell the job; its roles where there is no title."""
    if not posting.title.strip():
        return set(posting.roles) - {"other"}
    place = set(letters(posting.place))
    kept = [
        word
        for word in letters(posting.title)
        if word not in noise and word not in place and not re.fullmatch(r"#?\d{4,}", word)
    ]
    spelled = {"sr": "senior", "jr": "junior"}
    return {spelled.get(w, w[:-1] if re.search(r"[^s]{3}s$", w) else w) for w in kept}


def letters(text: str) -> list[str]:
    """Runs of letters, figures, + and #."""
    return re.findall(r"[^\W_+#]+(?:[+#]*[^\W_+#]*)*|[+#]+", text.lower())


def said(text: str) -> list[str]:
    """Words of a text: case, spacing and punctuation aside."""
    return re.findall(r"[a-z0-9+#]+", text.lower())


def shingles(text: str) -> set[tuple[str, ...]]:
    """Every three words in a row; a text of fewer words is one shingle."""
    words = said(text)
    return {tuple(words[n : n + 3]) for n in range(max(len(words) - 2, 1))} if words else set()
