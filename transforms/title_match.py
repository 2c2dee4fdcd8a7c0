"""Titles of a list ranked by likeness to a title: same words, or other words for the same occupation."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.title import TitleCoder, code_title
from transforms.title_text import bare_title
from transforms.title_words import grams

GRAM_LENGTHS = (2, 3, 4, 5)
LEAST_SIMILARITY = 0.3
"""An occupation less similar than this shares a word like "manager" and no more."""


@dataclass(frozen=True)
class MatchParameters:
    """Section [title_match] of config/linking.toml, where each has its reason."""

    occupation_weight: float
    occupation_power: float
    occupations: int


@dataclass(frozen=True)
class TitleList:
    """A list of titles, compiled: each by its character n-grams and by its occupations."""

    parameters: MatchParameters
    coders: tuple[TitleCoder, ...]
    titles: tuple[str, ...]
    gram_idf: Mapping[str, float]
    gram_postings: Mapping[str, Sequence[tuple[int, float]]]
    occupation_postings: Mapping[str, Sequence[tuple[int, float]]]


def build_title_list(
    titles: Sequence[str], coders: Sequence[TitleCoder], parameters: MatchParameters
) -> TitleList:
    """Returns the compiled list, each distinct title once; without coders words alone decide."""
    distinct = tuple(dict.fromkeys(titles))
    counted = [_grams(title) for title in distinct]
    users = Counter(gram for found in counted for gram in found)
    idf = {gram: math.log(1 + len(distinct) / n) for gram, n in users.items()}
    by_gram: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    by_occupation: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, title in enumerate(distinct):
        for gram, weight in _weighted(counted[number], idf).items():
            by_gram[gram].append((number, weight))
        for code, weight in _occupations(title, coders, parameters).items():
            by_occupation[code].append((number, weight))
    return TitleList(parameters, tuple(coders), distinct, idf, dict(by_gram), dict(by_occupation))


def rank_titles(listed: TitleList, title: str, limit: int = 1000) -> list[tuple[str, float]]:
    """Returns at most ``limit`` titles with any likeness and their score, best first; ties in order of the list."""
    scores: dict[int, float] = {}
    for gram, weight in sorted(_weighted(_grams(title), listed.gram_idf).items()):
        for number, part in listed.gram_postings[gram]:
            scores[number] = scores.get(number, 0.0) + weight * part
    share = listed.parameters.occupation_weight
    for code, weight in sorted(_occupations(title, listed.coders, listed.parameters).items()):
        for number, part in listed.occupation_postings.get(code, ()):
            scores[number] = scores.get(number, 0.0) + share * weight * part
    best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
    return [(listed.titles[number], round(scores[number], 6)) for number in best]


def _grams(title: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for word in bare_title(title).split():
        counted.update(grams(word, GRAM_LENGTHS))
    return counted


def _weighted(counted: Counter[str], idf: Mapping[str, float]) -> dict[str, float]:
    return _unit({gram: (1 + math.log(n)) * idf[gram] for gram, n in counted.items() if gram in idf})


def _occupations(title: str, coders: Sequence[TitleCoder], parameters: MatchParameters) -> dict[str, float]:
    return _unit(
        {
            candidate.code: candidate.similarity**parameters.occupation_power
            for coder in coders
            for candidate in code_title(coder, title, limit=parameters.occupations)
            if candidate.similarity >= LEAST_SIMILARITY
        }
    )


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(math.fsum(weight**2 for weight in weights.values())) or 1.0
    return {name: weight / length for name, weight in weights.items()}
