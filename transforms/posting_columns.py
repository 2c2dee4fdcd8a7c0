"""Which of a file's columns hold which of our fields: as the manifest says, else by name."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from transforms.drop import POSTING_FIELDS
from transforms.parsed import FileRejected
from transforms.posting_rows import looks_like_data

SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": (
        "id",
        "job id",
        "posting id",
        "job posting id",
        "vacancy id",
        "advert id",
        "usajobs control number",
        "external id",
        "requisition id",
        "req id",
        "reference",
        "url",
        "job url",
        "linkedin url",
        "link",
        "job link",
        "detail url",
        "path",
    ),
    "title": (
        "title",
        "job title",
        "business title",
        "position title",
        "posting title",
        "position",
        "job position",
        "role",
        "job name",
        "vacancy title",
    ),
    "company": (
        "company",
        "company name",
        "employer",
        "employer name",
        "hiring organization",
        "organization",
        "organisation",
        "agency",
        "hiring agency name",
    ),
    "place": ("location", "job location", "place", "work location", "location city", "city", "locations"),
    "text": (
        "description",
        "job description",
        "full description",
        "text",
        "job text",
        "body",
        "content",
        "advert",
        "responsibilities",
    ),
    "posted_on": (
        "date posted",
        "posted on",
        "posted date",
        "posting date",
        "post date",
        "publication date",
        "published on",
        "posted",
        "listing date",
        "listed on",
        "date",
        "position open date",
    ),
    "posted_at": (
        "created at",
        "posted at",
        "published at",
        "timestamp",
        "listed time",
        "original listed time",
    ),
    "posted_month": ("month", "posted month", "thread month"),
    "posted_relative": ("time posted", "posted relative", "days ago", "age"),
    "closes_on": ("valid through", "closes on", "closing date", "deadline", "expiry", "position close date"),
    "first_seen": ("first seen", "first seen on"),
    "last_seen": ("last seen", "last seen on"),
    "status": ("status",),
    "pay": ("salary", "pay", "salary estimate", "base salary", "salary raw", "salary range", "compensation"),
    "pay_min": (
        "pay min",
        "min salary",
        "salary min",
        "minimum salary",
        "salary from",
        "salary range from",
        "salary lower",
        "salary est lower",
    ),
    "pay_max": (
        "pay max",
        "max salary",
        "salary max",
        "maximum salary",
        "salary to",
        "salary range to",
        "salary upper",
        "salary est upper",
        "salary est upper 4",
    ),
    "pay_period": ("pay period", "salary frequency", "salary period", "salary type"),
    "seniority": ("seniority", "experience level", "career level", "seniority level", "level"),
    "employment_type": (
        "employment type",
        "job type",
        "contract type",
        "work type",
        "full time part time indicator",
        "time indicator",
    ),
    "industry": ("industry", "main category", "job category", "category", "sector"),
}
"""Column names, as :func:`plain_name` writes them, in the order in which they are believed."""

FURTHER_COLUMNS: dict[str, tuple[str, ...]] = {
    "text": (
        "minimum qual requirements",
        "minimum qualifications",
        "required qualifications",
        "requirements",
        "qualifications",
        "preferred skills",
        "preferred qualifications",
    ),
    "place": ("state",),
}
"""Columns joined to an inferred one, in the order in which they stand in the file."""

FIELD_GROUPS = (
    ("posted_on", "posted_at", "posted_month", "posted_relative", "first_seen"),
    ("pay", "pay_min", "pay_max", "pay_period"),
)
"""Fields that say the same in different ways: one declared and absent, all are looked for."""

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")
NOT_A_WORD = re.compile(r"[^a-z0-9]+")

ColumnMap = dict[str, tuple[str, ...]]


def plain_name(name: str) -> str:
    """A column name in lower-case words: ``hiringOrganization`` and ``Hiring_organization`` are one."""
    return NOT_A_WORD.sub(" ", CAMEL.sub(" ", name.strip()).casefold()).strip()


def map_columns(
    names: Sequence[str], declared: Mapping[str, tuple[str, ...]], file: str, counts: Counter[str]
) -> ColumnMap:
    """Our fields to the file's columns.

    A declared column that is absent is counted as ``column_missing:<field>`` and its field, with its
    group, is inferred; with no ``columns`` declared every field is. Raises FileRejected where neither
    a title nor a text is found.
    """
    found, wanted = _declared_columns(names, declared, counts)
    if not found.keys() & {"title", "text"}:
        wanted |= {"title", "text"}
    taken = {column for columns in found.values() for column in columns}
    for field in POSTING_FIELDS:
        if field not in wanted or field in found:
            continue
        inferred = _inferred(field, [name for name in names if name not in taken])
        if inferred:
            counts[f"column_inferred:{field}={'+'.join(inferred)}"] += 1
            found[field] = inferred
            taken.update(inferred)
    if not found.keys() & {"title", "text"}:
        raise FileRejected(file, "no_title_or_text", _nothing_found(names, declared))
    return found


def _declared_columns(
    names: Sequence[str], declared: Mapping[str, tuple[str, ...]], counts: Counter[str]
) -> tuple[ColumnMap, set[str]]:
    by_plain_name = {plain_name(name): name for name in reversed(names)}
    found: ColumnMap = {}
    wanted: set[str] = set() if declared else set(POSTING_FIELDS)
    for field, theirs in declared.items():
        present = tuple(
            by_plain_name.get(plain_name(column), column) if column not in names else column
            for column in theirs
        )
        present = tuple(column for column in present if column in names)
        if len(present) < len(theirs):
            counts[f"column_missing:{field}"] += len(theirs) - len(present)
        if present:
            found[field] = present
        else:
            wanted.add(field)
            wanted.update(*(group for group in FIELD_GROUPS if field in group))
    return found, wanted


def _inferred(field: str, names: Sequence[str]) -> tuple[str, ...]:
    plain = {plain_name(name): name for name in reversed(names)}
    first = next((plain[synonym] for synonym in SYNONYMS[field] if synonym in plain), None)
    if first is None:
        return ()
    further = [name for name in names if name != first and plain_name(name) in FURTHER_COLUMNS.get(field, ())]
    return (first, *further)


def _nothing_found(names: Sequence[str], declared: Mapping[str, tuple[str, ...]]) -> str:
    seen = ", ".join(repr(name[:60]) for name in names[:30])
    asked = "; ".join(f"{field}: {' + '.join(columns)}" for field, columns in declared.items())
    message = f"neither a title nor a text among its columns [{seen}]"
    if asked:
        message += f", and the manifest's columns ({asked}) are not there"
    if looks_like_data(names):
        message += "; the first line looks like data: is the header line missing? Put it back, or"
        return message + " correct `postings.columns` in the manifest"
    return message + '; add `postings.columns` to the manifest, e.g. {"title": "...", "text": "..."}'
