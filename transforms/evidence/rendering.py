"""Named rules that hold a page to the registry: every number, base, modality, cause, disclosure and promise.

A rule raises an alarm where a page says other than its sources. Rules on clauses look at the numbers a clause
prints; rules on pages look at what the page promises. A machine can only compare with what a person has
entered: whether the entry itself is right is for the second coder.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas import evidence_vocabulary as words
from transforms.evidence.display import slot_faults
from transforms.evidence.entry import Finding, Registry, Study
from transforms.evidence.page_number import PageNumber, numbers_in

HEDGES = {
    "could": re.compile(r"\b(?:could|may|might|potential\w*|exposure|exposed)\b", re.IGNORECASE),
    "expected": re.compile(
        r"\b(?:expect\w*|forecast\w*|project\w*|likely|poised|will|by 20\d\d|20\d\d:|(?:in|within) \d+ ?y)",
        re.IGNORECASE,
    ),
    "alleged": re.compile(r"\b(?:alleg\w*|accus\w*|complain\w*)", re.IGNORECASE),
    "party_statement": re.compile(
        r"\b(?:according to|represent\w*|stated by|says|said|claims?|claimed)\b", re.IGNORECASE
    ),
}

MODALITY_RULES = {"alleged": "allegation_unlabelled", "party_statement": "party_statement_unlabelled"}

CAUSE = re.compile(
    r"\b(?:by|due to|because of|thanks to) (automation|AI|GenAI|robots|machines|algorithms|immigration)\b"
)
CAUSE_SYNONYMS = {"genai": "generative ai"}

SYNONYMS = {"outdated": ("outdated", "obsolete"), "transformed": ("transform",)}
ALTERNATIVES = re.compile(r"\b(\w+) or (\w+)\b")

INTERVAL = re.compile(
    r"\b(?:interval|CI)\b[^.;]{0,20}\d|\d[\d.,]* ?%? to [-+−]?\d|standard error [\d.]", re.IGNORECASE
)

PROMISES = (
    ("an interval", re.compile(r"confidence interval", re.IGNORECASE), INTERVAL),
    (
        "a power flag",
        re.compile(r"underpowered study, we annotate", re.IGNORECASE),
        re.compile(r"\bunderpowered\b"),
    ),
    (
        "a replication count",
        re.compile(r"replication count", re.IGNORECASE),
        re.compile(r"\breplicat\w+ \d|\d+ replications?\b", re.IGNORECASE),
    ),
)

PROMISED_TYPES = (
    ("callback", re.compile(r"\bcallback", re.IGNORECASE)),
    ("pay", re.compile(r"\b(?:salary|salaries|pay|wages?)\b", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Statement:
    """A piece of rendered text that cites one study. ``question``: of a FAQ item; ``url``: as printed."""

    text: str
    study_id: str
    question: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Page:
    """A rendered page: what it cites, its whole text, its subtitle, the occupation it is about."""

    statements: tuple[Statement, ...]
    text: str
    subtitle: str = ""
    occupation: str | None = None
    occupation_label: str | None = None


@dataclass(frozen=True, order=True)
class Alarm:
    """A rule that a page breaks, with the text that breaks it."""

    rule: str
    text: str
    message: str
    study_id: str = ""
    finding_id: str = ""


def page_alarms(page: Page, registry: Registry) -> tuple[Alarm, ...]:
    """Every alarm of every rule, sorted."""
    alarms: list[Alarm] = []
    for statement in page.statements:
        study = registry.study(statement.study_id)
        if study is None:
            message = f"{statement.study_id} is not in the registry"
            alarms.append(Alarm("source_unknown", statement.text, message, statement.study_id))
            continue
        for clause in clauses(statement.text):
            alarms += _clause_alarms(clause, study, registry)
        alarms += _statement_alarms(statement, study, page, registry)
    alarms += _page_alarms(page, registry)
    return tuple(sorted(set(alarms)))


def clauses(text: str) -> tuple[str, ...]:
    """Parts of a statement between semicolons and sentence ends."""
    return tuple(part.strip() for part in re.split(r";|(?<=[a-z)])\. ", text) if part.strip())


def _clause_alarms(clause: str, study: Study, registry: Registry) -> Iterator[Alarm]:
    own = [finding for finding in registry.findings if finding.study_id == study.study_id]
    shown: list[tuple[PageNumber, Finding]] = []
    bases: list[PageNumber] = []
    for number in numbers_in(clause):
        hits = [finding for finding in own if number.is_estimate_of(finding)]
        shown += [(number, finding) for finding in hits]
        if not hits and any(number.is_base_of(finding) for finding in own):
            bases.append(number)
        elif not hits and not any(number.is_detail_of(finding) for finding in own):
            yield _unknown(number, clause, study, registry)
        for finding in hits:
            if number.contradicts_sign_of(finding):
                message = f"{finding.finding_id} is {finding.estimate}"
                yield Alarm("sign_flipped", clause, message, study.study_id, finding.finding_id)
    for _, finding in shown:
        for rule, message in _finding_alarms(clause, finding, study, own, bases):
            yield Alarm(rule, clause, message, study.study_id, finding.finding_id)
    yield from _cause_alarms(clause, shown, study)
    if re.search(r"\bpre-?registered\b", clause, re.IGNORECASE) and study.preregistered is not True:
        yield Alarm("preregistration_unfounded", clause, "not entered as preregistered", study.study_id)


def _unknown(number: PageNumber, clause: str, study: Study, registry: Registry) -> Alarm:
    """A number of a superseded version is told apart from one nobody knows."""
    for finding in registry.findings:
        other = registry.study(finding.study_id)
        if other is None or other.superseded_by != study.study_id:
            continue
        if number.is_estimate_of(finding) or number.is_base_of(finding):
            message = f"{number.printed} belongs to {other.study_id}, superseded by {study.study_id}"
            return Alarm("superseded_number", clause, message, study.study_id, finding.finding_id)
    message = f"{number.printed} is no number of {study.study_id} in the registry"
    return Alarm("number_unknown", clause, message, study.study_id)


def _finding_alarms(
    clause: str, finding: Finding, study: Study, own: Sequence[Finding], bases: Sequence[PageNumber]
) -> Iterator[tuple[str, str]]:
    for base in bases:
        if finding.metric == "share" and not base.is_base_of(finding):
            others = [other.finding_id for other in own if base.is_base_of(other)]
            message = f"{base.printed} is the base of {', '.join(others)}; this is of {finding.denominator}"
            yield "denominator_mismatch", message
    hedge = HEDGES.get(finding.modality)
    if hedge and not hedge.search(clause):
        rule = MODALITY_RULES.get(finding.modality, "modality_overstated")
        yield rule, f"the source says `{finding.modality}`"
    for pair in ALTERNATIVES.findall(finding.outcome):
        named = [any(form in clause.lower() for form in SYNONYMS.get(word, (word,))) for word in pair]
        if any(named) and not all(named):
            yield "outcome_narrowed", f"the source counts {pair[0]} or {pair[1]}"
    read = any(other.source_level == "primary" for other in own)
    if read and finding.source_level not in words.PUBLISHABLE_SOURCE_LEVELS:
        yield "not_at_primary", "the primary source was read and this number was not found in it"
    if finding.attribute_randomised == "no" and study.design in words.EXPERIMENTAL_DESIGNS:
        yield "not_randomised_effect", "the study did not assign this attribute at random"


def _cause_alarms(clause: str, shown: Sequence[tuple[PageNumber, Finding]], study: Study) -> Iterator[Alarm]:
    """A cause belongs to the number it follows most closely."""
    for hit in CAUSE.finditer(clause):
        before = [number.start for number, _ in shown if number.start < hit.start()]
        cause = CAUSE_SYNONYMS.get(hit[1].lower(), hit[1].lower())
        for number, finding in shown:
            if before and number.start != max(before):
                continue
            if cause not in f"{finding.exposure or ''} {finding.outcome}".lower():
                message = f"{hit[1]!r} is not the source's cause: {finding.exposure}"
                yield Alarm("cause_not_in_source", clause, message, study.study_id, finding.finding_id)


def _statement_alarms(statement: Statement, study: Study, page: Page, registry: Registry) -> Iterator[Alarm]:
    if statement.url and not _is_canonical(statement.url, study):
        message = f"the registry has {study.doi or study.url}"
        yield Alarm("url_not_canonical", statement.url, message, study.study_id)
    asked = statement.question or ""
    named = page.occupation is not None and (page.occupation_label or page.occupation) in asked
    labelled = "indirect" in statement.text.lower()
    if named and not labelled and not _is_direct(study, page.occupation or "", registry):
        message = f"no finding of {study.study_id} is about {page.occupation}"
        yield Alarm("indirect_unlabelled", asked, message, study.study_id)


def _is_direct(study: Study, occupation: str, registry: Registry) -> bool:
    own = {finding.finding_id for finding in registry.findings if finding.study_id == study.study_id}
    return any(
        link.occupation == occupation and link.directness == "exact" and link.finding_id in own
        for link in registry.links
    )


def _is_canonical(url: str, study: Study) -> bool:
    printed = _bare(url)
    return bool(study.doi and study.doi in printed) or bool(study.url and _bare(study.url) == printed)


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url.lower()).rstrip("/.")


def _page_alarms(page: Page, registry: Registry) -> Iterator[Alarm]:
    for slot in slot_faults(page.text):
        yield Alarm("empty_slot", slot, "a template slot lost its number")
    questions = [statement.question for statement in page.statements if statement.question]
    for question in sorted({question for question in questions if questions.count(question) > 1}):
        yield Alarm("question_repeated", question, f"asked {questions.count(question)} times")
    studies = {statement.study_id: registry.study(statement.study_id) for statement in page.statements}
    cited = [study for _, study in sorted(studies.items()) if study is not None]
    for study in cited:
        said = " ".join(one.text for one in page.statements if one.study_id == study.study_id).lower()
        if study.vendor_disclosure and not re.search(r"\bdisclos|\bvendor\b", said):
            yield Alarm("disclosure_missing", study.authors, study.vendor_disclosure, study.study_id)
    yield from _promises(page, cited, registry)


def _promises(page: Page, cited: Sequence[Study], registry: Registry) -> Iterator[Alarm]:
    rendered = " ".join(statement.text for statement in page.statements)
    for what, promise, kept in PROMISES:
        found = promise.search(page.text)
        if found and not kept.search(rendered):
            yield Alarm("promise_not_kept", found.group(), f"no statement carries {what}")
    mix = re.search(r"skew towards causal designs", page.text)
    causal = [study.study_id for study in cited if study.design in words.CAUSAL_DESIGNS]
    if mix and 2 * len(causal) <= len(cited):
        yield Alarm("design_mix", mix.group(), f"{len(causal)} of {len(cited)} cited studies: {causal}")
    if re.search(r"\bforecasts\b", page.text) and re.search(r"should be read as a forecast", page.text):
        yield Alarm("forecast_contradiction", "forecasts", "the page says that nothing on it is a forecast")
    cited_ids = {study.study_id for study in cited}
    types = {
        claim.claim_type
        for finding in registry.findings
        if finding.study_id in cited_ids and (claim := registry.claim(finding.claim)) is not None
    }
    for claim_type, promise in PROMISED_TYPES:
        if promise.search(page.subtitle) and claim_type not in types:
            message = f"no cited finding is about {claim_type}"
            yield Alarm("promised_metric_absent", page.subtitle, message)
