"""One sample entered as two, and links that lend a finding to a skill it is not about."""

import re
from collections import defaultdict
from collections.abc import Iterable

from transforms.evidence.entry import Registry
from transforms.evidence.fault import Fault


def sample_faults(registry: Registry) -> list[Fault]:
    """Faults between studies: two would be pooled, or counted as replications, that are one sample."""
    return _sources(registry) + _counts(registry) + _links(registry)


def _sources(registry: Registry) -> list[Fault]:
    """A DOI is one study; studies at one address, or of one title, are versions of one sample."""
    faults = []
    for name in ("doi", "url", "study_title"):
        seen = defaultdict(list)
        for study in registry.studies:
            text = str(getattr(study, name) or "").casefold().rstrip("/.")
            if text:
                seen[re.sub(r"[^a-z0-9/]+", " ", text)].append(study)
        for studies in seen.values():
            groups = {study.sample_group for study in studies}
            if len(studies) > 1 and (name == "doi" or len(groups) > 1):
                others = _named(study.study_id for study in studies)
                faults += [
                    Fault(
                        f"{study.file}: {study.study_id}",
                        "replication_same_sample",
                        f"one {name.removeprefix('study_')} is entered twice: {others}; "
                        "one study is one file, and its versions share sample_group",
                    )
                    for study in studies
                ]
    return faults


def _counts(registry: Registry) -> list[Fault]:
    """Four counts that agree to the last person are one table, whoever printed it."""
    seen = defaultdict(list)
    for finding in registry.findings:
        study = registry.study(finding.study_id)
        if study and finding.counts and min(finding.counts) > 0:
            ai, n1i, ci, n2i = finding.counts
            seen[tuple(sorted([(ai, n1i), (ci, n2i)]))].append((finding, study.sample_group))
    faults = []
    for rows in seen.values():
        if len({group for _, group in rows}) > 1:
            others = _named(finding.finding_id for finding, _ in rows)
            faults += [
                Fault(
                    f"{finding.file}: {finding.finding_id}",
                    "replication_same_sample",
                    f"the same four counts under two sample_groups: {others}",
                )
                for finding, _ in rows
            ]
    return faults


def _links(registry: Registry) -> list[Fault]:
    """An exact link gives a skill's page the number, so the exposure must name the skill."""
    findings = {finding.finding_id: finding for finding in registry.findings}
    faults = []
    for link in registry.links:
        finding = findings.get(link.finding_id)
        if finding is None or link.skill is None or link.directness != "exact":
            continue
        exposure = f" {_words(finding.exposure or finding.outcome)} "
        if f" {_words(link.skill)} " not in exposure:
            message = f"exact to {link.skill!r}, which the exposure {finding.exposure!r} does not name"
            faults.append(Fault(f"{finding.file}: {finding.finding_id}", "link_not_exact", message))
    return faults


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _named(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
