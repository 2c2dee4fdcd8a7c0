"""One row per finding, entered fields and warnings; the number only where it may be shown."""

from pandera.dtypes import Date

from schemas import columns, vocabulary
from schemas import evidence_columns as evidence
from schemas.table import ListOfText, Table, keys


class ExportFinding(Table):
    """One row per finding, entered fields and warnings; the number only where it may be shown."""

    finding_id: str = evidence.finding_id()
    study_id: str = evidence.study_id()
    citation: str = evidence.citation()
    study_title: str = evidence.study_title()
    authors: str = evidence.authors()
    year: int = evidence.year()
    venue: str = evidence.venue()
    doi: str = evidence.doi()
    url: str = evidence.url()
    design: str = evidence.design()
    sponsor: str = evidence.sponsor()
    is_vendor: bool = evidence.is_vendor()
    vendor_disclosure: str = evidence.vendor_disclosure()
    study_status: str = evidence.study_status()
    superseded_by: str = evidence.superseded_by()
    sample_group: str = evidence.sample_group()
    preregistered: bool = evidence.preregistered()
    claim: str = evidence.claim(nullable=True)
    claim_type: str = evidence.claim_type(nullable=True)
    cohort: str = evidence.cohort()
    population: str = evidence.population()
    country: str = evidence.country()
    countries: ListOfText = evidence.countries()
    outcome: str = evidence.outcome()
    exposure: str = evidence.exposure(nullable=True)
    comparison: str = evidence.comparison(nullable=True)
    metric: str = evidence.metric()
    unit: str = evidence.unit()
    estimate: float = evidence.estimate()
    estimate_high: float = evidence.estimate_high()
    estimate_bound: str = evidence.estimate_bound()
    estimate_basis: str = evidence.estimate_basis()
    direction: str = evidence.direction()
    legal_status: str = evidence.legal_status()
    ci_low: float = evidence.ci_low()
    ci_high: float = evidence.ci_high()
    ci_level: float = columns.ci_level()
    se: float = evidence.se()
    se_scale: str = evidence.se_scale()
    p: float = evidence.p()
    p_tests: str = evidence.p_tests()
    n: int = evidence.n()
    n_unit: str = evidence.n_unit()
    denominator: str = evidence.denominator()
    ai: int = evidence.ai()
    n1i: int = evidence.n1i()
    ci: int = evidence.ci()
    n2i: int = evidence.n2i()
    clustering: str = evidence.clustering()
    attribute_randomised: str = evidence.attribute_randomised()
    modality: str = evidence.modality()
    better_if: str = evidence.better_if()
    locator: str = evidence.locator()
    read_at: str = evidence.read_at()
    stated: str = evidence.stated()
    source_level: str = evidence.source_level()
    coder: str = evidence.coder()
    second_coder: str = evidence.second_coder()
    verified_on: Date = evidence.verified_on()
    replicated_by: ListOfText = evidence.replicated_by()
    contradicted_by: ListOfText = evidence.contradicted_by()
    note: str = evidence.note()
    is_effect: bool = evidence.is_effect()
    flags: ListOfText = evidence.flags()
    checked_with: ListOfText = columns.column(
        "Services that were asked and report neither retraction nor concern; empty where none was"
    )
    power: float = evidence.power()
    replication_count: int = evidence.replication_count()
    n_same_sign: int = evidence.n_same_sign()
    n_significant: int = evidence.n_significant()
    n_inside_prediction: int = evidence.n_inside_prediction()
    n_contradicting: int = evidence.n_contradicting()
    display_short: str = evidence.display_short()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()
    basis: str = columns.column("Computed here or quoted", nullable=True, isin=vocabulary.BASES)

    class Config:
        metadata = keys(
            ["finding_id"],
            number_or_reason=(
                "(estimate IS NULL AND direction IS NULL AND legal_status IS NULL)"
                " = (status IN ('suppressed', 'missing', 'not_applicable', 'withdrawn'))",
                "a number is never beside a status that has none, nor missing beside one that has",
            ),
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
            source_read=(
                "estimate IS NULL OR source_level IN ('primary', 'abstract')",
                "a number is shown only if it was read at the primary source or its abstract",
            ),
            hidden_tells_nothing=(
                "status IN ('ok', 'low_reliability') OR (stated IS NULL AND ci_low IS NULL AND se IS NULL"
                " AND p IS NULL AND ai IS NULL AND display_short IS NULL)",
                "a finding without a number carries no trace of it",
            ),
            effect_needs_assignment=(
                "NOT is_effect OR attribute_randomised = 'yes'"
                " OR (attribute_randomised = 'as_good_as' AND design = 'quasi_experiment')",
                "an effect needs an attribute that was assigned, not merely observed",
            ),
            observed_attribute_of_experiment_hidden=(
                "attribute_randomised <> 'no' OR design NOT IN ('rct', 'audit_study', 'meta_analysis')"
                " OR (estimate IS NULL AND direction IS NULL)",
                "what an experiment did not randomise is not shown as a number of that experiment",
            ),
            legal_row_has_no_effect=(
                "NOT is_effect OR design NOT IN ('court_order', 'regulator')",
                "a legal row carries a status, never an effect",
            ),
            vendor_disclosed=(
                "NOT is_vendor OR vendor_disclosure IS NOT NULL",
                "a vendor's study carries its disclosure",
            ),
            disclosure_on_display=(
                "vendor_disclosure IS NULL OR contains(display_short, vendor_disclosure)",
                "the disclosure is in the line a page prints",
            ),
            source_named=("doi IS NOT NULL OR url IS NOT NULL", "a finding has a DOI or an address"),
            interval_contains_estimate=(
                "ci_low <= estimate AND estimate <= ci_high",
                "an interval contains its estimate",
            ),
            nothing_retracted=(
                "study_status NOT IN ('retracted', 'concern')",
                "a retracted study is not in a release",
            ),
        )
