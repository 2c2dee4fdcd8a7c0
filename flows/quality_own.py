"""Scores of the reader on the project's own labelled text: precision and recall per rule class, with intervals."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flows.annotate import Annotator, Item
from flows.labelled import PAY_PARTS, Labelled, LabelledItem
from schemas.vocabulary import LANGUAGES
from transforms.language import language
from transforms.offsets import looks_like_markup
from transforms.score_interval import wilson
from transforms.text import clean

PRECISION_BAR = 0.97
RECALL_BAR = 0.95
FEWEST = 12
"""Labels a rule class must have of a kind before its bar is asked of it; below, one miss alone would decide."""

EVERY_CLASS = "all"
_FACT_ASPECTS = ("seniority", "pay", "workplace", "employment_type", "years_min", "language")
_SAYS_NOTHING = (None, "unknown")


@dataclass(frozen=True)
class Outcome:
    """One comparison of a label with what was found: right, found though wrong, or missed."""

    item: LabelledItem
    aspect: str
    right: int
    false: int
    missed: int
    expected: str
    found: str


@dataclass(frozen=True)
class Score:
    """Counts of one rule class in one aspect."""

    rule_class: str
    aspect: str
    right: int
    false: int
    missed: int

    @property
    def bar_applies(self) -> bool:
        """Whether enough labels stand behind it."""
        return self.right + max(self.false, self.missed) >= FEWEST

    @property
    def reached(self) -> bool:
        """Whether precision and recall are at their bars."""
        return (
            self.right >= PRECISION_BAR * (self.right + self.false)
            and self.right >= RECALL_BAR * (self.right + self.missed)
        )  # fmt: skip


def outcomes(annotator: Annotator, items: Sequence[LabelledItem]) -> list[Outcome]:
    """Returns what became of each label, and of what was found without one."""
    found = []
    for item in items:
        prediction = annotator.annotate(_as_posting(item))
        found += compare(item, prediction)
    return found


def compare(item: LabelledItem, prediction: Item) -> list[Outcome]:
    """Returns the outcomes of one item, given its prediction as ``annotate`` writes it."""
    prediction = {**prediction, "language": _language(item)}
    pairs = [_pair(item, mention) for mention in prediction["skills"]]
    return [
        *_skill_outcomes(item, pairs),
        *_trap_outcomes(item, pairs),
        *_negation_outcomes(item, pairs),
        *_requirement_outcomes(item, pairs),
        *_role_outcomes(item, prediction),
        *_fact_outcomes(item, prediction),
        *_contact_outcomes(item, prediction),
    ]


def scores(found: Iterable[Outcome]) -> list[Score]:
    """Returns a score per rule class and aspect, and per aspect over all classes, in order of both."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for outcome in found:
        for rule_class in (outcome.item.rule_class, EVERY_CLASS):
            count = counts[rule_class, outcome.aspect]
            for place, value in enumerate((outcome.right, outcome.false, outcome.missed)):
                count[place] += value
    return [Score(*key, *count) for key, count in sorted(counts.items())]


def score_line(score: Score) -> str:
    """One line: both shares with counts and intervals, and whether the bars are reached."""
    verdict = "" if not score.bar_applies else "reached" if score.reached else "MISSED"
    precision = _share(score.right, score.right + score.false)
    recall = _share(score.right, score.right + score.missed)
    return f"{score.rule_class:>24} {score.aspect:<15} P {precision}  R {recall}  {verdict}".rstrip()


def miss_lines(found: Iterable[Outcome]) -> list[str]:
    """One line per label that was missed or thing found without one: item, what was expected, what was found."""
    return [
        f"{outcome.item.id} | {outcome.aspect} | expected {outcome.expected} | found {outcome.found}"
        for outcome in found
        if outcome.false or outcome.missed
    ]


def _share(right: int, n: int) -> str:
    if not n:
        return f"{'-':<29}"
    low, high = wilson(right, n)
    return f"{right / n:.3f} [{low:.3f}, {high:.3f}] {f'{right}/{n}':<7}"


def _as_posting(item: LabelledItem) -> Item:
    posting: Item = {"id": item.id, "task": "postings", "text": item.text}
    return posting | ({"title": item.title} if item.title else {}) | (
        {"company": item.company} if item.company else {}
    )  # fmt: skip


def _language(item: LabelledItem) -> str:
    tongue = language(clean(item.text, "html" if looks_like_markup(item.text) else "plain"))
    return tongue if tongue in LANGUAGES else "other"


Pair = tuple[Item, Labelled | None]


def _pair(item: LabelledItem, mention: Item) -> Pair:
    """A mention and the label it stands on: same skill, overlapping places; by skill alone where it has no place."""
    for label in item.skills:
        near = mention["start"] is None or (mention["start"] < label.end and label.start < mention["end"])
        if near and label.skill == mention["skill"]:
            return mention, label
    return mention, None


def _skill_outcomes(item: LabelledItem, pairs: Sequence[Pair]) -> list[Outcome]:
    found: list[Outcome] = []
    hit: set[Labelled] = set()
    for mention, label in pairs:
        if mention["negated"] or (label and label.optional):
            continue
        if label and not label.negated:
            if label not in hit:
                found.append(_right(item, "skills"))
            hit.add(label)
        else:
            expected = "negated" if label else "no skill"
            found.append(Outcome(item, "skills", 0, 1, 0, expected, _told(mention)))
    for label in item.skills:
        if label not in hit and not label.negated and not label.optional:
            also = next((_told(mention) for mention, other in pairs if other == label), "nothing")
            found.append(Outcome(item, "skills", 0, 0, 1, f"{label.surface} ({label.skill})", also))
    return found


def _trap_outcomes(item: LabelledItem, pairs: Sequence[Pair]) -> list[Outcome]:
    """Of an item about skills that names none: right where none was found, so that traps have a base."""
    if item.expect.keys() - {"language"} or any(not label.negated for label in item.skills):
        return []
    told = [_told(mention) for mention, _ in pairs if not mention["negated"]]
    return [Outcome(item, "no_skill", int(not told), int(bool(told)), 0, "no skill", "; ".join(told))]


def _negation_outcomes(item: LabelledItem, pairs: Sequence[Pair]) -> list[Outcome]:
    found = []
    hit = {label for mention, label in pairs if mention["negated"] and label}
    for mention, label in pairs:
        if mention["negated"] and not (label and (label.negated or label.optional)):
            found.append(Outcome(item, "negation", 0, 1, 0, "not negated", _told(mention)))
    for label in item.skills:
        if not label.negated:
            continue
        if label in hit:
            found.append(_right(item, "negation"))
        else:
            also = next((_told(mention) for mention, other in pairs if other == label), "nothing")
            found.append(Outcome(item, "negation", 0, 0, 1, f"{label.surface} negated", also))
    return found


def _requirement_outcomes(item: LabelledItem, pairs: Sequence[Pair]) -> list[Outcome]:
    """Of skills found: whether "required" and "preferred" are told as such; "mentioned" says nothing."""
    found = []
    for mention, label in pairs:
        if not label or mention["negated"] or label.asked not in ("required", "preferred", "mentioned"):
            continue
        told = None if mention["requirement"] == "mentioned" else mention["requirement"]
        wanted = None if label.asked == "mentioned" else label.asked
        found += _said(item, "requirement", wanted, told, of=f" {label.surface}")
    return found


def _role_outcomes(item: LabelledItem, prediction: Item) -> list[Outcome]:
    if "roles" not in item.expect:
        return []
    want, have = set(item.expect["roles"]), set(prediction["roles"])
    told = " ".join(sorted(want)), " ".join(sorted(have))
    return [Outcome(item, "roles", len(want & have), len(have - want), len(want - have), *told)]


def _fact_outcomes(item: LabelledItem, prediction: Item) -> list[Outcome]:
    found = []
    for aspect in _FACT_ASPECTS:
        if aspect in item.expect and aspect in prediction:
            told = prediction[aspect]
            if (
                aspect == "pay" and told
            ):  # what else it says (whether the currency is assumed) is not labelled
                told = {name: told[name] for name in PAY_PARTS}
            found += _said(item, aspect, item.expect[aspect], told)
    return found


def _contact_outcomes(item: LabelledItem, prediction: Item) -> list[Outcome]:
    """Contacts, where the prediction says which stretches were scrubbed: one half left standing is a miss."""
    if "contacts" not in prediction:
        return []
    scrubbed = prediction["contacts"]
    found = []
    for start, end in item.contacts:
        hidden = sum(max(0, min(end, high) - max(start, low)) for low, high in scrubbed)
        if hidden == end - start:
            found.append(_right(item, "contacts"))
        else:
            found.append(Outcome(item, "contacts", 0, 0, 1, item.text[start:end], "left standing"))
    for low, high in scrubbed:
        if not any(low < end and start < high for start, end in item.contacts):
            found.append(Outcome(item, "contacts", 0, 1, 0, "no contact", item.text[low:high]))
    return found


def _said(item: LabelledItem, aspect: str, wanted: Any, told: Any, *, of: str = "") -> list[Outcome]:
    allowed = wanted if isinstance(wanted, list) else [wanted]
    if told in allowed or (told in _SAYS_NOTHING and wanted in _SAYS_NOTHING):
        return [] if told in _SAYS_NOTHING else [_right(item, aspect)]
    false, missed = int(told not in _SAYS_NOTHING), int(wanted not in _SAYS_NOTHING)
    return [Outcome(item, aspect, 0, false, missed, f"{wanted}{of}", str(told))]


def _right(item: LabelledItem, aspect: str) -> Outcome:
    return Outcome(item, aspect, 1, 0, 0, "", "")


def _told(mention: Item) -> str:
    negated = " negated" if mention["negated"] else ""
    return f"{mention['surface']} ({mention['skill']}, {mention['requirement']}, {mention['rule']}{negated})"
