"""From a job title, and a description where there is one, to a taxonomy's occupations with confidence.

Exact titles and alternate titles come first by construction (cosine 1). Otherwise a title is the
sum of its stems weighted by ln(1 + labels / labels with the stem), compared by cosine with every
label; an occupation scores as its best label does. A stem no label has stands for the stems most
like it in character n-grams. A description is compared by TF-IDF cosine with the taxonomy's own
descriptions; both similarities are divided by their largest and added.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from transforms.calibration import probability
from transforms.stem import stems
from transforms.title_text import bare_title, normalise_title, segments
from transforms.title_words import SimilarWords

WIDE = 800
"""A stem in more labels than this ("manager") ranks candidates but brings none, unless it is all there is."""

FAR = 0.4
"""Labels with less than this share of the best label's similarity are left out: thousands share one word."""

FAR_DESCRIBED = 0.1
"""The same where a description can still move an occupation up."""

POOL = 60
"""Occupations kept from title and from description before both are added."""

_MAX_SEEN = 200_000


@dataclass(frozen=True)
class TitleParameters:
    """Section [title] of config/linking.toml, where each has its reason.

    The confidences are coefficients of a logistic model: constant, title similarity (at most 1), lead
    over the best other candidate, description similarity, title is the preferred label, ranks first.
    """

    similar_min: float
    description_weight: float
    preferred_weight: float
    confidence_title: tuple[float, ...]
    confidence_description: tuple[float, ...]


@dataclass(frozen=True)
class Occupation:
    """One occupation of a taxonomy: code, preferred label, other titles, description."""

    code: str
    label: str
    titles: tuple[str, ...]
    description: str


@dataclass(frozen=True)
class Candidate:
    """One occupation for a title. ``confidence``: probability that it is the right one; ``rule``: how found."""

    code: str
    label: str
    confidence: float
    rule: str
    similarity: float


@dataclass(frozen=True)
class TitleCoder:
    """A taxonomy's titles, compiled; ``seen`` remembers titles coded without a description."""

    parameters: TitleParameters
    occupations: tuple[Occupation, ...]
    owners: tuple[tuple[int, ...], ...]
    exact: Mapping[str, tuple[int, ...]]
    preferred: Mapping[str, int]
    idf: Mapping[str, float]
    unknown_idf: float
    postings: Mapping[str, Mapping[int, float]]
    similar: SimilarWords
    descriptions: "DescriptionIndex"
    seen: dict[str, list[Candidate]] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class DescriptionIndex:
    """Words of the occupations' own texts: weights are TF-IDF over vectors of length one."""

    idf: Mapping[str, float]
    postings: Mapping[str, tuple[tuple[int, float], ...]]


def build_title_coder(occupations: Iterable[Occupation], parameters: TitleParameters) -> TitleCoder:
    """Returns a coder; occupations are taken in order of their code, which settles ties."""
    ordered = tuple(sorted(occupations, key=lambda occupation: occupation.code))
    exact: defaultdict[str, set[int]] = defaultdict(set)
    owners: defaultdict[str, set[int]] = defaultdict(set)
    preferred: dict[str, int] = {}
    for number, occupation in enumerate(ordered):
        preferred.setdefault(normalise_title(occupation.label), number)
        for title in (occupation.label, *occupation.titles):
            exact[normalise_title(title)].add(number)
            owners[bare_title(title)].add(number)
    labels = sorted(owners)
    words = [frozenset(word for word, _, _ in stems(label)) for label in labels]
    counts = Counter(word for found in words for word in found)
    idf = {word: math.log(1 + len(labels) / n) for word, n in sorted(counts.items())}
    postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for number, found in enumerate(words):
        length = math.sqrt(math.fsum(idf[word] ** 2 for word in found))
        for word in found:
            postings[word][number] = idf[word] / length
    return TitleCoder(
        parameters,
        ordered,
        tuple(tuple(sorted(owners[label])) for label in labels),
        {title: tuple(sorted(found)) for title, found in exact.items()},
        preferred,
        idf,
        math.log(1 + len(labels)),
        dict(postings),
        SimilarWords(sorted(idf), parameters.similar_min),
        _descriptions(ordered),
    )


def distinct_title(coder: TitleCoder, title: str) -> str:
    """Returns the form by which a title is coded once: parts without any word of the taxonomy left out."""
    whole = normalise_title(title)
    if whole in coder.exact:
        return whole
    parts = [bare_title(part) for part in segments(title)]
    known = [part for part in parts if any(word in coder.idf for word, _, _ in stems(part))]
    return " ".join(known) or bare_title(title)


def code_title(
    coder: TitleCoder, title: str, description: str | None = None, limit: int = 5
) -> list[Candidate]:
    """Returns at most ``limit`` occupations, best first; none where no word of the title is like any label's."""
    form = distinct_title(coder, title)
    if description:
        return _code(coder, form, description, limit)
    if form not in coder.seen or len(coder.seen[form]) < limit:
        if len(coder.seen) >= _MAX_SEEN:
            coder.seen.clear()
        coder.seen[form] = _code(coder, form, None, max(limit, 5))
    return coder.seen[form][:limit]


def _code(coder: TitleCoder, form: str, description: str | None, limit: int) -> list[Candidate]:
    by_title = _title_similarities(coder, form, FAR if not description else FAR_DESCRIBED)
    by_text = _description_similarities(coder.descriptions, description) if description else {}
    pool = set(_top(by_title, POOL + limit)) | set(_top(by_text, POOL))
    if not pool:
        return []
    exact = coder.exact.get(form, ())
    weight = coder.parameters.description_weight
    top_title = max(by_title.values(), default=0.0) or 1.0
    top_text = max(by_text.values(), default=0.0) or 1.0
    added = {
        number: by_title.get(number, 0.0) / top_title + weight * by_text.get(number, 0.0) / top_text
        for number in pool
    }
    ranked = _top(added, limit + 1)
    found = []
    for place, number in enumerate(ranked[:limit]):
        other = added[ranked[0]] if place else (added[ranked[1]] if len(ranked) > 1 else 0.0)
        similarity = min(1.0, by_title.get(number, 0.0))
        rule = _rule(coder, form, number, exact)
        features = (
            similarity,
            added[number] - other,
            by_text.get(number, 0.0),
            float(rule == "exact_title"),
            float(place == 0),
        )
        confidence = _confidence(coder.parameters, features, described=bool(by_text))
        occupation = coder.occupations[number]
        found.append(Candidate(occupation.code, occupation.label, confidence, rule, round(similarity, 6)))
    return found


def _confidence(parameters: TitleParameters, features: Sequence[float], *, described: bool) -> float:
    coefficients = parameters.confidence_description if described else parameters.confidence_title
    return round(probability(coefficients, features), 4)


def _rule(coder: TitleCoder, form: str, number: int, exact: Sequence[int]) -> str:
    if number not in exact:
        return "similar_title"
    return "exact_title" if coder.preferred.get(form) == number else "alternate_title"


def _title_similarities(coder: TitleCoder, form: str, far: float) -> dict[int, float]:
    """Cosine with the best label of each occupation, plus a little for its preferred label's (breaks ties)."""
    weights: dict[str, float] = {}
    squares = 0.0
    for word in dict.fromkeys(word for word, _, _ in stems(form)):
        idf = coder.idf.get(word, coder.unknown_idf)
        squares += idf * idf
        for known, likeness in ((word, 1.0),) if word in coder.idf else coder.similar.find(word):
            weights[known] = max(weights.get(known, 0.0), idf * likeness)
    if not weights:
        return {}
    length = math.sqrt(squares)
    dots = _dots(coder, weights)
    least = far * max(dots.values())
    best: dict[int, float] = {}
    for label, dot in [item for item in dots.items() if item[1] >= least]:
        for owner in coder.owners[label]:
            if dot > best.get(owner, 0.0):
                best[owner] = dot
    preferred = coder.preferred.get(form)
    extra = coder.parameters.preferred_weight
    return {owner: dot / length + (extra if owner == preferred else 0.0) for owner, dot in best.items()}


def _dots(coder: TitleCoder, weights: Mapping[str, float]) -> dict[int, float]:
    """Scalar product of each label that shares a rare enough word with the title."""
    ordered = sorted(weights, key=lambda word: (len(coder.postings[word]), word))
    dots: dict[int, float] = {}
    for word in ordered:
        weight, posting = weights[word], coder.postings[word]
        if not dots:
            dots = {label: weight * part for label, part in posting.items()}
        elif len(posting) > WIDE:
            for label in dots.keys() & posting.keys():
                dots[label] += weight * posting[label]
        else:
            for label, part in posting.items():
                dots[label] = dots.get(label, 0.0) + weight * part
    return dots


def _top(scores: Mapping[int, float], limit: int) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))[:limit]


def _descriptions(occupations: Sequence[Occupation]) -> DescriptionIndex:
    texts = [
        _terms("\n".join((occupation.description, occupation.label, *occupation.titles)))
        for occupation in occupations
    ]
    counts = Counter(word for text in texts for word in text)
    idf = {word: math.log(1 + len(texts) / n) for word, n in sorted(counts.items())}
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word, weight in _unit(text, idf).items():
            postings[word].append((number, weight))
    return DescriptionIndex(idf, {word: tuple(found) for word, found in postings.items()})


def _terms(text: str) -> Counter[str]:
    """Stems, and pairs of neighbouring stems: "plan lessons" tells more than its words."""
    words = [word for word, _, _ in stems(text)]
    return Counter(words) + Counter(f"{first} {second}" for first, second in pairwise(words))


def _unit(text: Counter[str], idf: Mapping[str, float]) -> dict[str, float]:
    weights = {word: (1 + math.log(n)) * idf[word] for word, n in text.items() if word in idf}
    length = math.sqrt(math.fsum(weight**2 for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _description_similarities(index: DescriptionIndex, description: str) -> dict[int, float]:
    found: dict[int, float] = {}
    for word, weight in sorted(_unit(_terms(description), index.idf).items()):
        for number, part in index.postings[word]:
            found[number] = found.get(number, 0.0) + weight * part
    return found
