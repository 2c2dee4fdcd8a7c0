"""What a person enters: studies, findings, claims, cohorts, searches, instruments, standing rules."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Study:
    """One version of a study. ``file`` is the path it was entered in."""

    study_id: str
    file: str
    study_title: str
    authors: str
    year: int
    venue: str
    design: str
    study_status: str
    sample_group: str
    is_vendor: bool = False
    doi: str | None = None
    url: str | None = None
    sponsor: str | None = None
    vendor_disclosure: str | None = None
    superseded_by: str | None = None
    preregistered: bool | None = None
    content_sha256: str | None = None
    randomised_attributes: tuple[str, ...] = ()
    includes_samples: tuple[str, ...] = ()

    @property
    def citation(self) -> str:
        """How to cite it; always the DOI or the source's own address, never where a copy was read."""
        address = f"https://doi.org/{self.doi}" if self.doi else self.url
        return f"{self.authors} ({self.year}). {self.study_title}. {self.venue}. {address}"


@dataclass(frozen=True)
class Link:
    """What a finding bears on. Neither skill nor occupation: the economy as a whole."""

    finding_id: str
    directness: str
    skill: str | None = None
    occupation: str | None = None
    relevance: str | None = None


@dataclass(frozen=True)
class Finding:
    """One number or legal fact, as entered. Field names are those of the tables."""

    finding_id: str
    study_id: str
    file: str
    cohort: str
    outcome: str
    metric: str
    attribute_randomised: str
    modality: str
    better_if: str
    clustering: str
    source_level: str
    estimate_bound: str = "exact"
    estimate_basis: str = "as_stated"
    read_at: str | None = None
    locator: str | None = None
    coder: str | None = None
    verified_on: date | None = None
    claim: str | None = None
    population: str | None = None
    country: str | None = None
    countries: tuple[str, ...] = ()
    exposure: str | None = None
    comparison: str | None = None
    unit: str | None = None
    estimate: float | None = None
    estimate_high: float | None = None
    direction: str | None = None
    legal_status: str | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    ci_level: float | None = None
    se: float | None = None
    se_scale: str | None = None
    p: float | None = None
    p_tests: str | None = None
    n: int | None = None
    n_unit: str | None = None
    denominator: str | None = None
    ai: int | None = None
    n1i: int | None = None
    ci: int | None = None
    n2i: int | None = None
    stated: str | None = None
    second_coder: str | None = None
    replicated_by: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    note: str | None = None

    @property
    def counts(self) -> tuple[int, int, int, int] | None:
        """ai, n1i, ci, n2i where all four are entered."""
        if self.ai is None or self.n1i is None or self.ci is None or self.n2i is None:
            return None
        return self.ai, self.n1i, self.ci, self.n2i


@dataclass(frozen=True)
class Identity:
    """An arithmetic relation between numbers as printed. ``kind``: sum, ratio or percent_change."""

    study_id: str
    file: str
    kind: str
    terms: tuple[str, ...]
    result: str
    note: str | None = None


@dataclass(frozen=True)
class Downgrade:
    """A reason to trust a body of evidence less, given by a person."""

    domain: str
    reason: str


@dataclass(frozen=True)
class Claim:
    """Cohort, exposure against comparison, outcome, expected sign."""

    claim: str
    claim_type: str
    claim_label: str
    cohort: str
    exposure: str
    outcome: str
    expected_sign: str
    comparison: str | None = None
    smallest_effect: float | None = None
    downgrades: tuple[Downgrade, ...] = ()


@dataclass(frozen=True)
class Cohort:
    """A group of people whom findings may concern."""

    cohort: str
    cohort_label: str
    cohort_definition: str


@dataclass(frozen=True)
class Search:
    """A search for evidence and what came of it."""

    search_id: str
    question: str
    scope: str
    searched_in: str
    search_terms: tuple[str, ...]
    searched_on: date
    n_screened: int
    n_included: int
    search_result: str
    coder: str
    claim: str | None = None
    claim_type: str | None = None
    cohort: str | None = None
    for_replications: bool = False


@dataclass(frozen=True)
class Reliability:
    """A reliability coefficient of an instrument, with everything that makes it one."""

    instrument: str
    coefficient: str
    reliability_type: str
    value: float
    ci_low: float
    ci_high: float
    ci_level: float
    n: int
    n_unit: str
    population: str
    citation: str
    locator: str
    stated: str
    source_level: str
    verified_on: date
    unit: str = "correlation"
    interval_days: int | None = None
    doi: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class NotRandomised:
    """A standing rule: what a sample did not assign at random, whatever a study file says."""

    sample_group: str
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Assigned:
    """A standing rule: what a sample assigned, at random or by a rule that a quasi-experiment argues from."""

    sample_group: str
    attributes: tuple[str, ...]


@dataclass(frozen=True)
class Vendor:
    """A standing rule: who sells what is measured."""

    name: str
    sells: str


@dataclass(frozen=True)
class Registry:
    """Everything entered, sorted by id."""

    studies: tuple[Study, ...] = ()
    findings: tuple[Finding, ...] = ()
    links: tuple[Link, ...] = ()
    identities: tuple[Identity, ...] = ()
    claims: tuple[Claim, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    searches: tuple[Search, ...] = ()
    reliabilities: tuple[Reliability, ...] = ()
    not_randomised: tuple[NotRandomised, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    vendors: tuple[Vendor, ...] = ()

    def study(self, study_id: str) -> Study | None:
        """The study of that id, or None."""
        return next((study for study in self.studies if study.study_id == study_id), None)

    def claim(self, claim: str | None) -> Claim | None:
        """The claim of that slug, or None."""
        return next((entry for entry in self.claims if entry.claim == claim), None)
