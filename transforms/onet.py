"""O*NET text releases: which file and column holds what, release by release, and the four tables we load."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.raw_onet_alternate_title import RawOnetAlternateTitle
from schemas.raw_onet_occupation import RawOnetOccupation
from schemas.raw_onet_rating import RawOnetRating
from schemas.raw_onet_technology_skill import RawOnetTechnologySkill
from schemas.table import Table
from transforms.drop import Manifest
from transforms.parsed import NotLoadable, ParsedTable, UnknownLayout
from transforms.release import release_order
from transforms.taxonomy_rows import (
    Member,
    RowFault,
    by_file_name,
    parse_member,
    read_tab_separated,
    required_text,
)

CODE = "O*NET-SOC Code"
SOC_CODE = re.compile(r"\d{2}-\d{4}\.\d{2}")
COMMODITY_CODE = re.compile(r"\d{8}")
FLAGS = {"Y": True, "N": False}
NO_SHORT_TITLE = "n/a"
ABSENT = ("", "n/a")
NUMBER = re.compile(r"\d{1,6}(\.\d{1,9})?")

FIRST_SOC_2019 = (25, 1)
"""Before this release codes are O*NET-SOC 2010: other occupations under like codes."""


@dataclass(frozen=True)
class FileLayout:
    """One text file: our column to theirs, and columns it has that we don't load."""

    file: str
    columns: Mapping[str, str]
    unused: tuple[str, ...] = ()

    @property
    def header(self) -> frozenset[str]:
        """All columns the file must have, and no others."""
        return frozenset((*self.columns.values(), *self.unused))


@dataclass(frozen=True)
class Layout:
    """Files of the releases from ``first`` until the next layout; ``others`` are known and not loaded."""

    first: tuple[int, ...]
    files: Mapping[str, FileLayout]
    others: frozenset[str]


UNCHANGED_FILES = frozenset(
    f"{name}.txt"
    for name in (
        "Abilities",
        "Abilities to Work Activities",
        "Abilities to Work Context",
        "Content Model Reference",
        "Emerging Tasks",
        "Job Zone Reference",
        "Job Zones",
        "Knowledge",
        "Occupation Level Metadata",
        "Read Me",
        "Related Occupations",
        "Sample of Reported Titles",
        "Scales Reference",
        "Task Ratings",
        "Task Statements",
        "Tasks to DWAs",
        "Work Activities",
        "Work Context",
        "Work Styles",
    )
)

FILES_UNTIL_30_2 = UNCHANGED_FILES | frozenset(
    f"{name}.txt"
    for name in (
        "Basic Interests to RIASEC",
        "Career Changers Matrix",
        "Career Starters Matrix",
        "DWA Reference",
        "Education, Training, and Experience",
        "Education, Training, and Experience Categories",
        "Green Occupations",
        "Green DWA Reference",
        "Green Task Statements",
        "Interests",
        "Interests Illustrative Activities",
        "Interests Illustrative Occupations",
        "IWA Reference",
        "Level Scale Anchors",
        "RIASEC Keywords",
        "Skills",
        "Skills to Work Activities",
        "Skills to Work Context",
        "Survey Booklet Locations",
        "Task Categories",
        "Tools Used",
        "UNSPSC Reference",
        "Work Context Categories",
        "Work Values",
    )
)

FILES_FROM_30_3 = UNCHANGED_FILES | frozenset(
    f"{name}.txt"
    for name in (
        "Education",
        "Essential Skills",
        "GWAs to IWAs to DWAs",
        "Training and Experience",
        "Transferable Skills",
    )
)

OCCUPATIONS = FileLayout(
    "Occupation Data.txt",
    {"onet_soc_code": CODE, "onet_title": "Title", "description": "Description"},
)
ALTERNATE_TITLES = FileLayout(
    "Alternate Titles.txt",
    {"onet_soc_code": CODE, "alternate_title": "Alternate Title", "short_title": "Short Title"},
    ("Source(s)",),
)
TECHNOLOGY_SKILLS = {
    "onet_soc_code": CODE,
    "technology_name": "Example",
    "commodity_code": "Commodity Code",
    "commodity_title": "Commodity Title",
    "hot_technology": "Hot Technology",
}

RATING_FILES = ("Skills.txt", "Knowledge.txt", "Essential Skills.txt", "Transferable Skills.txt")
"""Any of them may be missing: some copies of a release lack them, and each release has two at most."""

RATINGS = FileLayout(
    "Skills.txt",
    {
        "onet_soc_code": CODE,
        "element_id": "Element ID",
        "element_name": "Element Name",
        "scale_id": "Scale ID",
        "rating": "Data Value",
        "n_raters": "N",
        "rating_standard_error": "Standard Error",
        "rating_ci_low": "Lower CI Bound",
        "rating_ci_high": "Upper CI Bound",
        "recommend_suppress": "Recommend Suppress",
        "not_relevant": "Not Relevant",
        "rated_in": "Date",
        "rated_by": "Domain Source",
    },
)

LAYOUTS = (
    Layout(
        FIRST_SOC_2019,
        {
            "raw_onet_occupation": OCCUPATIONS,
            "raw_onet_technology_skill": FileLayout("Technology Skills.txt", TECHNOLOGY_SKILLS),
            "raw_onet_alternate_title": ALTERNATE_TITLES,
        },
        FILES_UNTIL_30_2,
    ),
    Layout(
        (27, 1),
        {
            "raw_onet_occupation": OCCUPATIONS,
            "raw_onet_technology_skill": FileLayout(
                "Technology Skills.txt", TECHNOLOGY_SKILLS | {"in_demand": "In Demand"}
            ),
            "raw_onet_alternate_title": ALTERNATE_TITLES,
        },
        FILES_UNTIL_30_2,
    ),
    Layout(
        (30, 3),
        {
            "raw_onet_occupation": OCCUPATIONS,
            "raw_onet_technology_skill": FileLayout(
                "Software Skills.txt",
                {
                    "onet_soc_code": CODE,
                    "technology_name": "Workplace Example",
                    "commodity_title": "Element Name",
                    "hot_technology": "Hot Technology",
                    "in_demand": "In Demand",
                },
                ("Element ID",),
            ),
            "raw_onet_alternate_title": FileLayout(
                "Job Titles.txt",
                {"onet_soc_code": CODE, "alternate_title": "Job Title", "short_title": "Short Title"},
                ("Source(s)",),
            ),
        },
        FILES_FROM_30_3,
    ),
)
"""Oldest first. A new layout is added here, with the first release that has it."""


def is_member(name: str) -> bool:
    """Whether :func:`parse_onet` wants an archive member: any text file, to tell renamed from absent."""
    return name.endswith(".txt")


def layout_of(release: str) -> Layout:
    """Layout of a release. Raises NotLoadable for O*NET-SOC 2010, UnknownLayout for a name without number."""
    try:
        order = release_order(release)
    except ValueError as error:
        raise UnknownLayout(f"O*NET {error}; correct `release` in the manifest") from error
    found = [layout for layout in LAYOUTS if layout.first <= order]
    if not found:
        raise NotLoadable(
            f"O*NET {release} has O*NET-SOC 2010 codes; releases from 25.1 on (O*NET-SOC 2019) load"
        )
    return found[-1]


def parse_onet(
    members: Mapping[str, bytes], manifest: Manifest, snapshot_sha256: str
) -> dict[str, ParsedTable]:
    """The four O*NET tables of a release by name; ``members`` are the archive's text files by path.

    Raises UnknownLayout where files or columns aren't those of the release, NotLoadable where the
    release is known not to load or the copy lacks a file.
    """
    release = manifest.release
    layout = layout_of(release)
    files = by_file_name(members, ".txt", f"O*NET {release}")
    _require_files(layout, files, release)
    constants = {"snapshot_sha256": snapshot_sha256, "release": release}
    found = {}
    for name, file_layout in layout.files.items():
        member = read_tab_separated(files[file_layout.file], file_layout.file)
        _require_columns(member, file_layout, release)
        table, row_of = TABLES[name]
        found[name] = parse_member(table, member, constants, _row_reader(row_of, file_layout))
    found["raw_onet_rating"] = _ratings(files, constants, release)
    return found


def _ratings(files: Mapping[str, bytes], constants: Mapping[str, Any], release: str) -> ParsedTable:
    """Ratings of all files that the copy has, rows numbered on from file to file; empty without any."""
    found = ParsedTable(arrow_schema(RawOnetRating).empty_table(), [], {}, 0)
    for file in (name for name in RATING_FILES if name in files):
        member = read_tab_separated(files[file], file)
        _require_columns(member, RATINGS, release)
        parsed = parse_member(RawOnetRating, member, constants, _row_reader(_rating, RATINGS))
        found = ParsedTable(
            pa.concat_tables([found.table, parsed.table]),
            [
                *found.rejections,
                *(replace(r, row_number=r.row_number + found.n_rows_in) for r in parsed.rejections),
            ],
            dict(Counter(found.counts) + Counter(parsed.counts)),
            found.n_rows_in + parsed.n_rows_in,
        )
    return found


def _require_files(layout: Layout, files: Mapping[str, bytes], release: str) -> None:
    wanted = [file_layout.file for file_layout in layout.files.values()]
    missing = [file for file in wanted if file not in files]
    if not missing:
        return
    strangers = sorted(name for name in files if name not in layout.others and name not in wanted)
    if strangers or len(missing) == len(wanted):
        raise UnknownLayout(
            f"O*NET {release}: expected {', '.join(missing)}, found instead "
            f"{', '.join(strangers) or 'no file of a text release'}. Nothing was loaded. Were files renamed, "
            "add their layout to LAYOUTS in transforms/onet.py; else take another copy of the release"
        )
    raise NotLoadable(f"O*NET {release}: this copy lacks {', '.join(missing)}; take a complete copy")


def _require_columns(member: Member, layout: FileLayout, release: str) -> None:
    if frozenset(member.header) != layout.header or len(member.header) != len(layout.header):
        raise UnknownLayout(
            f"O*NET {release}, {member.name}: expected the columns {', '.join(sorted(layout.header))}, "
            f"found {', '.join(member.header) or 'an empty file'}. Nothing was loaded. "
            "Add the layout to LAYOUTS in transforms/onet.py or take another copy of the release"
        )


def _row_reader(
    row_of: Callable[[dict[str, str]], dict[str, Any]], layout: FileLayout
) -> Callable[[dict[str, str]], dict[str, Any]]:
    """``row_of`` over our column names; columns the layout doesn't have are empty."""

    def read(cells: dict[str, str]) -> dict[str, Any]:
        return row_of({ours: cells[theirs] for ours, theirs in layout.columns.items()})

    return read


def _occupation(cells: dict[str, str]) -> dict[str, Any]:
    return {
        "onet_soc_code": _soc_code(cells),
        "onet_title": required_text(cells, "onet_title"),
        "description": cells["description"].strip() or None,
    }


def _technology_skill(cells: dict[str, str]) -> dict[str, Any]:
    commodity_code = cells["commodity_code"].strip() if "commodity_code" in cells else None
    if commodity_code is not None and not COMMODITY_CODE.fullmatch(commodity_code):
        raise RowFault("commodity_code", f"commodity code {commodity_code!r} is not eight digits")
    return {
        "onet_soc_code": _soc_code(cells),
        "technology_name": required_text(cells, "technology_name"),
        "commodity_code": commodity_code,
        "commodity_title": required_text(cells, "commodity_title"),
        "hot_technology": _flag(cells["hot_technology"]),
        "in_demand": _flag(cells["in_demand"]) if "in_demand" in cells else None,
    }


def _alternate_title(cells: dict[str, str]) -> dict[str, Any]:
    short_title = cells["short_title"].strip()
    return {
        "onet_soc_code": _soc_code(cells),
        "alternate_title": required_text(cells, "alternate_title"),
        "short_title": short_title if short_title not in ("", NO_SHORT_TITLE) else None,
    }


def _rating(cells: dict[str, str]) -> dict[str, Any]:
    scale, value = cells["scale_id"].strip(), _number(cells, "rating")
    if scale not in ("IM", "LV"):
        raise RowFault("scale_id", f"scale {scale!r} is neither IM nor LV")
    if value is None:
        raise RowFault("missing_value", "no rating")
    n_raters = _number(cells, "n_raters")
    return {
        "onet_soc_code": _soc_code(cells),
        "element_id": required_text(cells, "element_id"),
        "element_name": required_text(cells, "element_name"),
        "scale_id": scale,
        "rating": value,
        "n_raters": None if n_raters is None else int(n_raters),
        "rating_standard_error": _number(cells, "rating_standard_error"),
        "rating_ci_low": _number(cells, "rating_ci_low"),
        "rating_ci_high": _number(cells, "rating_ci_high"),
        "recommend_suppress": _flag(cells["recommend_suppress"], nullable=True),
        "not_relevant": _flag(cells["not_relevant"], nullable=True),
        "rated_in": cells["rated_in"].strip() or None,
        "rated_by": cells["rated_by"].strip() or None,
    }


def _number(cells: Mapping[str, str], column: str) -> float | None:
    text = cells[column].strip()
    if text in ABSENT:
        return None
    if not NUMBER.fullmatch(text):
        raise RowFault(column, f"{column} {text!r} is no number")
    return float(text)


def _soc_code(cells: Mapping[str, str]) -> str:
    code = cells["onet_soc_code"].strip()
    if not SOC_CODE.fullmatch(code):
        raise RowFault("onet_soc_code", f"{code!r} is no O*NET-SOC code of the form 15-1252.00")
    return code


def _flag(text: str, *, nullable: bool = False) -> bool | None:
    if nullable and text.strip() in ABSENT:
        return None
    if text.strip() not in FLAGS:
        raise RowFault("flag", f"{text!r} is neither Y nor N")
    return FLAGS[text.strip()]


TABLES: dict[str, tuple[type[Table], Callable[[dict[str, str]], dict[str, Any]]]] = {
    "raw_onet_occupation": (RawOnetOccupation, _occupation),
    "raw_onet_technology_skill": (RawOnetTechnologySkill, _technology_skill),
    "raw_onet_alternate_title": (RawOnetAlternateTitle, _alternate_title),
}
