"""From a sentence to the skills it speaks of, ranked, by what the taxonomy's own labels say.

No training and no model: a label matches by the words it shares with the sentence, weighted by how few
skills use them. For a label with words L and a sentence with words S, where idf(w) = ln(1 + N / n(w)), N skills,
n(w) of them with w in a label:

    overlap  = sum of idf over the words of L in S
    coverage = overlap / sum of idf over L
    score    = overlap * coverage^c * (matched words / words of the shortest stretch that holds them)^p
               * f, if it is the preferred label
               * (1 + u * ln(1 + occupations) / ln(1 + most occupations of a skill))

and a skill scores as its best label does. Latent semantic analysis of the same text was tried beside it
and made every development set worse or no better; see docs/decisions/skill-linking.md.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.stem import stems

RULE = "linked"
"""Rule name of a mention made by the linker: never mixed with matches of the lexicon."""


NOTHING = (0.0, 0, 0)
_NO_LABELS: frozenset[int] = frozenset()


@dataclass(frozen=True)
class LinkParameters:
    """Section [skill_linking] of config/linking.toml, where each has its reason."""

    min_coverage: float
    coverage_power: float
    proximity_power: float
    preferred_factor: float
    use_weight: float


@dataclass(frozen=True)
class Link:
    """One skill for one sentence: taxonomy code, label, score (>= 0, comparable within one linker), place.

    ``start`` and ``end`` are offsets of the shortest stretch that holds the words of the best label.
    """

    code: str
    label: str
    score: float
    start: int
    end: int


@dataclass(frozen=True)
class _Label:
    """One distinct set of stems of one skill."""

    skill: int
    words: frozenset[str]
    mass: float
    factor: float


@dataclass(frozen=True)
class Linker:
    """The compiled labels. ``alone``: labels by a word that reaches the least coverage by itself.

    ``joint``: labels that no single word reaches, by each of their words.
    """

    parameters: LinkParameters
    codes: tuple[str, ...]
    names: tuple[str, ...]
    idf: Mapping[str, float]
    labels: tuple[_Label, ...]
    alone: Mapping[str, frozenset[int]]
    joint: Mapping[str, frozenset[int]]


def build_linker(
    skills: Iterable[Mapping[str, Any]],
    relations: Iterable[Mapping[str, Any]],
    parameters: LinkParameters,
) -> Linker:
    """Returns a linker over rows of raw_esco_skill (of one release) and of raw_esco_occupation_skill.

    English rows only; skills in order of their address, so that equal input gives equal ranking. Without
    relations no skill is commoner than another.
    """
    english = [row for row in skills if row.get("language_code", "en") == "en"]
    rows = sorted({str(row["esco_uri"]): row for row in english}.items())
    occupations = Counter(str(row["skill_uri"]) for row in relations)
    most = math.log1p(max((occupations[uri] for uri, _ in rows), default=0)) or 1.0
    forms: list[dict[frozenset[str], bool]] = [_forms(row) for _, row in rows]
    users = Counter(word for form in forms for word in frozenset().union(*form))
    idf = {word: math.log(1 + len(rows) / n) for word, n in users.items()}
    labels: list[_Label] = []
    for number, (uri, _) in enumerate(rows):
        use = 1 + parameters.use_weight * math.log1p(occupations[uri]) / most
        for words, preferred in forms[number].items():
            factor = use * (parameters.preferred_factor if preferred else 1.0)
            labels.append(_Label(number, words, _mass(words, idf), factor))
    alone, joint = _postings(labels, idf, parameters.min_coverage)
    return Linker(
        parameters,
        tuple(uri for uri, _ in rows),
        tuple(str(row["preferred_label"]).strip() for _, row in rows),
        idf,
        tuple(labels),
        alone,
        joint,
    )


def link(linker: Linker, sentence: str, limit: int = 5) -> list[Link]:
    """Returns at most ``limit`` skills, best first; ties in order of the taxonomy's addresses."""
    found = stems(sentence)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, (word, _, _) in enumerate(found):
        if word in linker.idf:
            places[word].append(place)
    present = frozenset(places)
    best: dict[int, tuple[float, int, int]] = {}
    for number in sorted(_candidates(linker, present)):
        label = linker.labels[number]
        shared = label.words & present
        score = _score(linker, label, shared)
        if score <= best.get(label.skill, NOTHING)[0]:
            continue
        low, high, share = _stretch([places[word] for word in shared])
        score *= share**linker.parameters.proximity_power
        if score > best.get(label.skill, NOTHING)[0]:
            best[label.skill] = (score, low, high)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    return [
        Link(linker.codes[skill], linker.names[skill], round(score, 6), found[low][1], found[high][2])
        for skill, (score, low, high) in ranked
    ]


def _score(linker: Linker, label: _Label, shared: frozenset[str]) -> float:
    """Score before proximity; 0 below the least coverage."""
    overlap = label.mass if len(shared) == len(label.words) else _mass(shared, linker.idf)
    coverage = overlap / label.mass
    if coverage < linker.parameters.min_coverage:
        return 0.0
    return float(overlap * coverage**linker.parameters.coverage_power * label.factor)


def _forms(row: Mapping[str, Any]) -> dict[frozenset[str], bool]:
    """Distinct sets of stems of a skill's labels; true for that of the preferred one."""
    found: dict[frozenset[str], bool] = {}
    label = str(row["preferred_label"])
    bare = label.rsplit(" (", 1)[0] if label.endswith(")") else label
    for form in (label, bare, *(row["alternative_labels"] or ())):
        words = frozenset(word for word, _, _ in stems(form))
        if words:
            found.setdefault(words, form == label)
    return found


def _mass(words: Iterable[str], idf: Mapping[str, float]) -> float:
    # fsum is exact: the order of a set, which changes between processes, can't change the last digit.
    return math.fsum([idf[word] for word in words])


def _postings(
    labels: Sequence[_Label], idf: Mapping[str, float], min_coverage: float
) -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Labels by word, split by whether a word alone can make the label a candidate: most can't."""
    alone: defaultdict[str, list[int]] = defaultdict(list)
    joint: defaultdict[str, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        strong = [word for word in label.words if idf[word] >= min_coverage * label.mass]
        for word in strong:
            alone[word].append(number)
        # Words too weak alone can still reach the coverage together.
        for word in label.words.difference(strong):
            joint[word].append(number)
    return (
        {word: frozenset(numbers) for word, numbers in alone.items()},
        {word: frozenset(numbers) for word, numbers in joint.items()},
    )


def _candidates(linker: Linker, present: Iterable[str]) -> set[int]:
    """Numbers of the labels that may reach the least coverage: by one strong word, or by two weak ones."""
    found: set[int] = set()
    once: set[int] = set()
    for word in present:
        found |= linker.alone.get(word, _NO_LABELS)
        weak = linker.joint.get(word, _NO_LABELS)
        found |= once & weak
        once |= weak
    return found


def _stretch(places: Sequence[Sequence[int]]) -> tuple[int, int, float]:
    """First and last place of the shortest stretch with one of each list, and words over its length."""
    if len(places) == 1:
        return places[0][0], places[0][0], 1.0
    events = sorted((place, word) for word, found in enumerate(places) for place in found)
    counts = [0] * len(places)
    missing, first = len(places), 0
    best = (events[0][0], events[-1][0])
    for place, word in events:
        missing -= counts[word] == 0
        counts[word] += 1
        while missing == 0:
            start, oldest = events[first]
            if place - start < best[1] - best[0]:
                best = (start, place)
            counts[oldest] -= 1
            missing += counts[oldest] == 0
            first += 1
    return best[0], best[1], len(places) / (best[1] - best[0] + 1)
