"""Hard failures of the registry: every rule an entry breaks, by name, with place and message, all at once."""

import re
from collections.abc import Iterator

from schemas import evidence_columns
from schemas import evidence_vocabulary as words
from transforms.evidence.check_number import Broken, identity_fault, number_faults
from transforms.evidence.check_sample import sample_faults
from transforms.evidence.entry import Claim, Finding, Registry, Study
from transforms.evidence.fault import Fault
from transforms.evidence.page_number import numbers_in

WORD_FIELDS = ("population", "outcome", "exposure", "comparison", "n_unit", "denominator", "locator")

ADDRESS = re.compile(r"^https?://[^\s/]+\.[^\s]+$")


def registry_faults(registry: Registry) -> list[Fault]:
    """All hard failures of evidence rules 1, 2, 4 and 5 and of references between entries."""
    faults: list[Fault] = []
    for study in registry.studies:
        where = f"{study.file}: {study.study_id}"
        faults += [Fault(where, rule, message) for rule, message in _study_faults(study, registry)]
    for finding in registry.findings:
        where = f"{finding.file}: {finding.finding_id}"
        study_of = registry.study(finding.study_id)
        if study_of is None:
            continue
        for rule, message in _finding_faults(finding, study_of, registry):
            faults.append(Fault(where, rule, message))
    for identity in registry.identities:
        broken = identity_fault(identity)
        if broken:
            faults.append(Fault(f"{identity.file}: [[identity]]", *broken))
    return sorted(faults + sample_faults(registry) + _reference_faults(registry))


def _study_faults(study: Study, registry: Registry) -> Iterator[Broken]:
    if not study.doi and not study.url:
        yield "source_missing", "a study needs a doi or a url"
    if not 1900 <= study.year <= 2100:
        yield "year_impossible", f"year = {study.year}"
    if study.doi and not re.fullmatch(evidence_columns.DOI, study.doi):
        yield "doi_malformed", f"doi = {study.doi!r}: write it as 10.1000/xyz, lower case, without an address"
    if study.url and not ADDRESS.fullmatch(study.url):
        yield "source_missing", f"url = {study.url!r} is not a web address"
    behind = f"{study.sponsor or ''}; {study.authors}; {study.venue}"
    vendors = [vendor for vendor in registry.vendors if _names(behind, vendor.name)]
    seller = study.is_vendor or study.design == "vendor_survey" or bool(vendors)
    if seller and not study.vendor_disclosure:
        who = ", ".join(f"{vendor.name} sells {vendor.sells}" for vendor in vendors) or "a vendor's study"
        yield "vendor_undisclosed", f"{who}: vendor_disclosure is missing"
    if study.design == "vendor_survey" and not study.is_vendor:
        yield "vendor_undisclosed", "a vendor_survey is a vendor's study: is_vendor = true"
    if (study.study_status == "superseded") != (study.superseded_by is not None):
        yield "superseded_by_missing", "status = 'superseded' and superseded_by come together"
    if study.superseded_by:
        yield from _successor(study, study.superseded_by, registry)
    if study.includes_samples and study.design != "meta_analysis":
        yield "includes_samples", "only a meta_analysis includes samples"
    if study.randomised_attributes and study.design not in words.EXPERIMENTAL_DESIGNS:
        yield "not_randomised_effect", f"a {study.design} randomises nothing: {study.randomised_attributes}"


def _successor(study: Study, name: str, registry: Registry) -> Iterator[Broken]:
    """The version that took its place is entered, is of the same sample, and is not itself superseded by it."""
    later = registry.study(name)
    if later is None:
        yield "unknown_study", f"superseded_by = {name!r} is not in the registry"
        return
    if later.sample_group != study.sample_group:
        yield "superseded_by_other_sample", f"{name} is of sample {later.sample_group!r}; versions share one"
    passed = {study.study_id}
    while later is not None and later.study_id not in passed:
        passed.add(later.study_id)
        later = registry.study(later.superseded_by) if later.superseded_by else None
    if later is not None:
        yield "superseded_in_a_circle", f"superseded_by leads from {study.study_id} back to {later.study_id}"


def _finding_faults(finding: Finding, study: Study, registry: Registry) -> Iterator[Broken]:
    if not finding.locator or not finding.read_at:
        yield "locator_missing", "locator and read_at say where in the source the number stands"
    if finding.verified_on is None or not finding.coder:
        yield "verified_on_missing", "verified_on and coder say when and by whom the entry was checked"
    elif finding.verified_on.year < study.year <= 2100:
        yield "verified_before_study", f"verified_on = {finding.verified_on}, the study is of {study.year}"
    yield from number_faults(finding)
    yield from _hidden_in_words(finding)
    yield from _legal(finding, study)
    yield from _assignment(finding, study, registry)
    yield from _claim_side(finding, registry.claim(finding.claim))
    yield from _replications(finding, study, registry)


def _hidden_in_words(finding: Finding) -> Iterator[Broken]:
    """Words stay in a release where the number does not, so they must not hold it."""
    if finding.source_level in words.PUBLISHABLE_SOURCE_LEVELS:
        return
    for name in WORD_FIELDS:
        if any(number.is_estimate_of(finding) for number in numbers_in(getattr(finding, name) or "")):
            yield (
                "number_in_words",
                f"{name} holds the number, which is not shown at {finding.source_level} level",
            )


def _legal(finding: Finding, study: Study) -> Iterator[Broken]:
    legal = study.design in words.LEGAL_DESIGNS
    if legal and finding.metric in words.EFFECT_METRICS + words.ASSOCIATION_METRICS:
        yield "legal_effect", f"a {study.design} carries legal status, never {finding.metric}"
    if legal and finding.legal_status is None:
        yield "legal_status_missing", f"a {study.design} says at which stage it stands: legal_status"
    if not legal and (finding.legal_status is not None or finding.metric in words.LEGAL_METRICS):
        yield "legal_status_elsewhere", f"a {study.design} has no legal status"


def _assignment(finding: Finding, study: Study, registry: Registry) -> Iterator[Broken]:
    effect = finding.metric in words.EFFECT_METRICS
    standing = standing_reason(finding, study, registry)
    if standing and (effect or finding.attribute_randomised != "no"):
        yield "not_randomised_effect", f"{finding.exposure!r} against {finding.comparison!r}: {standing}"
    if study.design in words.LEGAL_DESIGNS:
        return  # rule legal_effect has said so already
    if effect and not standing and finding.attribute_randomised not in ("yes", "as_good_as"):
        yield (
            "not_randomised_effect",
            f"{finding.metric} of {finding.exposure!r}, which was not assigned; use an association metric",
        )
    if effect and not standing and not_listed_reason(finding, study, registry):
        yield "not_randomised_effect", str(not_listed_reason(finding, study, registry))
    if finding.attribute_randomised == "as_good_as" and study.design != "quasi_experiment":
        yield "not_randomised_effect", f"as_good_as needs a quasi_experiment, not {study.design}"
    if finding.attribute_randomised == "yes" and not standing:
        if study.design not in words.EXPERIMENTAL_DESIGNS and not _re_reading(study, registry):
            yield "not_randomised_effect", f"a {study.design} randomises nothing"
        elif not {finding.exposure, finding.comparison} & set(_randomised(study, registry)):
            yield (
                "not_randomised_effect",
                f"{finding.exposure!r} is not among the study's randomised_attributes",
            )


def standing_reason(finding: Finding, study: Study, registry: Registry) -> str | None:
    """Why a standing rule says the exposure was not randomised, or None."""
    sides = f"{finding.exposure or ''} {finding.comparison or ''} {finding.claim or ''}".lower()
    for rule in registry.not_randomised:
        if rule.sample_group == study.sample_group and any(word.lower() in sides for word in rule.words):
            return rule.reason
    return None


def not_listed_reason(finding: Finding, study: Study, registry: Registry) -> str | None:
    """Why the standing list of assigned attributes does not bear out an effect, or None.

    A study file cannot add to the list, so no study file makes an effect by itself.
    """
    sides = {finding.exposure, finding.comparison}
    listed = [rule for rule in registry.assigned if rule.sample_group == study.sample_group]
    if any(sides & set(rule.attributes) for rule in listed):
        return None
    return (
        f"{finding.exposure!r} is not listed as assigned in sample {study.sample_group!r}: "
        "see [[assigned]] in config/evidence_rules.toml"
    )


def _re_reading(study: Study, registry: Registry) -> bool:
    """The study reads again the data of an experiment in the registry."""
    return any(
        other.sample_group == study.sample_group and other.design in words.EXPERIMENTAL_DESIGNS
        for other in registry.studies
    )


def _randomised(study: Study, registry: Registry) -> tuple[str, ...]:
    if study.design in words.EXPERIMENTAL_DESIGNS:
        return study.randomised_attributes
    group = [other for other in registry.studies if other.sample_group == study.sample_group]
    return tuple(attribute for other in group for attribute in other.randomised_attributes)


def _claim_side(finding: Finding, claim: Claim | None) -> Iterator[Broken]:
    if finding.claim is None or claim is None:
        return
    sides = (claim.exposure, claim.comparison)
    if finding.exposure not in sides or (finding.comparison is not None and finding.comparison not in sides):
        yield (
            "exposure_not_in_claim",
            f"{finding.exposure!r} against {finding.comparison!r} is not {claim.claim}: "
            f"{claim.exposure!r} against {claim.comparison!r}",
        )
    elif finding.exposure == finding.comparison:
        yield "exposure_not_in_claim", f"{finding.exposure!r} is set against itself"
    if finding.cohort != claim.cohort:
        yield "cohort_not_of_claim", f"{finding.cohort!r} is not the cohort of the claim, {claim.cohort!r}"


def _replications(finding: Finding, study: Study, registry: Registry) -> Iterator[Broken]:
    for other_id in finding.replicated_by + finding.contradicted_by:
        other = registry.study(other_id)
        if other is None:
            yield "unknown_study", f"{other_id} is not in the registry"
        elif other.study_status == "superseded":
            yield "replication_superseded", f"{other_id} is superseded by {other.superseded_by}; name that"
        elif other_id in finding.contradicted_by:
            continue  # a second reading of one sample may contradict the first, though never replicate it
        elif other.sample_group == study.sample_group:
            yield "replication_same_sample", f"{other_id} is the same sample, {study.sample_group}"
        elif study.sample_group in other.includes_samples or other.sample_group in study.includes_samples:
            yield "replication_contains_study", f"of {other_id} and {study.study_id} one contains the other"
        elif finding.claim and not _speaks_of(other_id, finding.claim, registry):
            yield "replication_other_claim", f"{other_id} has no finding on {finding.claim}"


def _speaks_of(study_id: str, claim: str, registry: Registry) -> bool:
    return any(row.study_id == study_id and row.claim == claim for row in registry.findings)


def _reference_faults(registry: Registry) -> list[Fault]:
    claims = {claim.claim for claim in registry.claims}
    cohorts = {cohort.cohort for cohort in registry.cohorts}
    faults = []
    for finding in registry.findings:
        where = f"{finding.file}: {finding.finding_id}"
        if finding.claim and finding.claim not in claims:
            faults.append(Fault(where, "unknown_claim", f"{finding.claim!r} is not in config/claims.toml"))
        if finding.cohort not in cohorts:
            faults.append(Fault(where, "unknown_cohort", f"{finding.cohort!r} is not in config/cohorts.toml"))
    for claim in registry.claims:
        if claim.cohort not in cohorts:
            where = f"config/claims.toml: {claim.claim}"
            faults.append(Fault(where, "unknown_cohort", f"{claim.cohort!r} is not in config/cohorts.toml"))
    with_findings = {finding.cohort for finding in registry.findings}
    searched = {search.cohort for search in registry.searches}
    for cohort in sorted(cohorts - with_findings - searched - {None}):
        message = "no finding and no logged search: add one to config/search_log.toml"
        faults.append(Fault(f"config/cohorts.toml: {cohort}", "cohort_without_evidence", message))
    questions = [claim.claim_label for claim in registry.claims]
    for claim in registry.claims:
        if questions.count(claim.claim_label) > 1:
            where = f"config/claims.toml: {claim.claim}"
            faults.append(Fault(where, "question_not_unique", f"another claim asks {claim.claim_label!r}"))
    return faults + _search_faults(registry, claims, cohorts)


def _search_faults(registry: Registry, claims: set[str], cohorts: set[str]) -> list[Fault]:
    faults = []
    for search in registry.searches:
        where = f"config/search_log.toml: {search.search_id}"
        if search.claim and search.claim not in claims:
            faults.append(Fault(where, "unknown_claim", f"{search.claim!r} is not in config/claims.toml"))
        if search.cohort and search.cohort not in cohorts:
            faults.append(Fault(where, "unknown_cohort", f"{search.cohort!r} is not in config/cohorts.toml"))
        if search.for_replications and not search.claim:
            faults.append(Fault(where, "search_without_claim", "replications of which claim?"))
        if search.n_included > search.n_screened:
            faults.append(Fault(where, "search_counts", "more included than screened"))
    return faults


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
