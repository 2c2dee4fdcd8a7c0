"""Cells of one field: joined, put right, missing markers emptied, schema.org JSON and front matter read."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from transforms.decode import MOJIBAKE, REPLACEMENT, unscramble
from transforms.posting_rows import LONE_SURROGATE, Cells

MISSING_MARKERS = frozenset(
    ("-1", "-1.0", "nan", "NaN", "NAN", "null", "NULL", "None", "none", "N/A", "n/a", "NaT", "<NA>")
)
"""What programs write where a value is missing; -1 is also the missing salary of several job sites."""

JOINERS = {"text": "\n\n"}
"""Several columns of one field are joined with a blank line in texts, else with a comma."""

RATING = re.compile(r"\s*\n\s*\d(?:\.\d)?\s*$")
TRACKING = re.compile(r"^(?:utm_\w+|gclid|fbclid|eBP|trk|trackingId|refId|recommendedFlavor|sessionId)$")
TAG = re.compile(r"<(?:p|br|li|ul|div|span|strong|b|h[1-6]|a)\b[^<>]*>", re.IGNORECASE)
ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|li|ul|div|span|strong|b|h[1-6]|a)\b", re.IGNORECASE)
MARKUP_SHARE = 0.2
"""A file whose manifest is silent on markup is HTML where at least this share of its texts holds tags."""

FRONT_MATTER_KEYS = {
    "title": "title",
    "company": "company",
    "location": "place",
    "contract": "employment_type",
    "created": "posted_on",
}
FRONT_MATTER_OPENINGS = ("---", "title:")
FRONT_MATTER_START = re.compile(r"(?:---[ \t]*\r?\n)?(?=[A-Za-z_-]+:)")
FRONT_MATTER_END = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
MAX_FRONT_MATTER = 6000
KEY_LINE = re.compile(r"^([A-Za-z_-]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
YAML_TAG = re.compile(r"^!!\w+\s+")
YAML_QUOTED = re.compile(r"(['\"])(.*?)\1(?:\s+#.*)?")

COUNTRY = re.compile(r"[A-Z]{2}")
COUNTRY_NAMES = {"UK": "GB", "UNITED KINGDOM": "GB", "UNITED STATES": "US", "USA": "US"}


def field_cells(
    field: str, columns: Sequence[Cells], counts: Counter[str], *, headings: Sequence[str] = ()
) -> Cells:
    """One field's cells from its columns: stripped, put right, None where missing.

    Where several columns are joined, each part stands below its heading, if ``headings`` names the columns: the
    reader takes "Preferred Qualifications" for what it says, and without it the parts run into one.
    Counts ``missing_marker:<field>``, ``mojibake_repaired``, ``mojibake_left``, ``nul_characters_removed``.
    """
    cleaned = [[_clean(cell, field, counts) for cell in column] for column in columns]
    if len(cleaned) == 1:
        return cleaned[0]
    for column, heading in zip(cleaned, headings, strict=False):
        column[:] = [cell and _headed(heading.replace("_", " ").strip(), cell) for cell in column]
    joiner = JOINERS.get(field, ", ")
    rows = zip(*cleaned, strict=True)
    return [joiner.join(cell for cell in row if cell is not None) or None for row in rows]


def _headed(heading: str, cell: str) -> str:
    """The cell below its heading, in the cell's own markup; as it is where it says it first."""
    if heading.casefold() in cell[: len(heading) + 20].casefold():
        return cell
    if ESCAPED_TAG.search(cell):
        return f"&lt;p&gt;{heading}&lt;/p&gt;\n{cell}"
    return f"<p>{heading}</p>\n{cell}" if TAG.search(cell) else f"{heading}\n{cell}"


def _clean(cell: str | None, field: str, counts: Counter[str]) -> str | None:
    if cell is None:
        return None
    if not cell.isascii() and MOJIBAKE.search(cell):
        repaired = unscramble(cell)
        counts["mojibake_left" if repaired == cell else "mojibake_repaired"] += 1
        cell = repaired
    if "\0" in cell:
        counts["nul_characters_removed"] += cell.count("\0")
        cell = cell.replace("\0", "")
    cell = cell.strip()
    if cell in MISSING_MARKERS:
        counts[f"missing_marker:{field}"] += 1
        return None
    return cell or None


def companies(cells: Cells, counts: Counter[str]) -> Cells:
    """Employer names: ``name`` of schema.org JSON; a site's rating below the name is cut off and counted."""
    found: Cells = []
    for cell in cells:
        entry = json_in(cell)
        if isinstance(entry, dict):
            cell = _text_of(entry.get("name"))
            counts["company_from_json"] += 1
        elif cell is not None and "\n" in cell and RATING.search(cell):
            cell = RATING.sub("", cell) or None
            counts["company_rating_cut"] += 1
        found.append(cell)
    return found


def places(cells: Cells, country: str | None, counts: Counter[str]) -> tuple[Cells, Cells]:
    """Places and countries; schema.org JSON gives both, else the country is the manifest's.

    A country that isn't two letters is replaced by the manifest's and counted.
    """
    found: Cells = []
    countries: Cells = []
    for cell in cells:
        entry = json_in(cell)
        if entry is None:
            found.append(cell)
            countries.append(country)
            continue
        counts["place_from_json"] += 1
        address = _address(entry)
        parts = [_text_of(address.get(key)) for key in ("addressLocality", "addressRegion", "postalCode")]
        found.append(", ".join(part for part in parts if part) or None)
        countries.append(_country(address.get("addressCountry"), country, counts))
    return found, countries


def _address(entry: Any) -> Mapping[str, Any]:
    if isinstance(entry, list):
        entry = entry[0] if entry else {}
    address = entry.get("address", entry) if isinstance(entry, dict) else {}
    return address if isinstance(address, dict) else {}


def _country(value: Any, fallback: str | None, counts: Counter[str]) -> str | None:
    text = _text_of(value.get("name") if isinstance(value, dict) else value)
    if text is None:
        return fallback
    code = COUNTRY_NAMES.get(text.upper(), text.upper())
    if COUNTRY.fullmatch(code):
        return code
    counts["country_unknown"] += 1
    return fallback


def _text_of(value: Any) -> str | None:
    if isinstance(value, str):
        return LONE_SURROGATE.sub(REPLACEMENT, value).strip() or None
    return None if value is None or isinstance(value, dict | list) else str(value)


def json_in(cell: str | None) -> Any:
    """The object or list a cell holds as JSON text, else None."""
    if cell is None or cell[0] not in "{[":
        return None
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


def keys_from_ids(cells: Cells, counts: Counter[str]) -> Cells:
    """Ids; from addresses, tracking parameters are cut off: they differ each time the advert is met."""
    found: Cells = []
    for cell in cells:
        if cell is not None and "?" in cell and cell.startswith(("http://", "https://")):
            shorter = _untracked(cell)
            counts["tracking_parameters_cut"] += shorter != cell
            cell = shorter
        found.append(cell)
    return found


def _untracked(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(pair[0])]
    if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)):
        return address
    return urlunsplit(parts._replace(query=urlencode(kept)))


def text_format(declared: str | None, texts: Cells, counts: Counter[str]) -> str:
    """Markup of the texts: as declared, else by the tags in them (counted when not plain)."""
    if declared is not None:
        return declared
    present = [text for text in texts if text is not None]
    tests: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("escaped_html", ESCAPED_TAG.search),
        ("html", TAG.search),
    )
    for name, holds in tests:
        if present and sum(holds(text) is not None for text in present) / len(present) >= MARKUP_SHARE:
            counts[f"text_format_inferred:{name}"] += 1
            return name
    return "plain"


def read_front_matter(texts: Cells, counts: Counter[str]) -> tuple[Cells, dict[str, Cells]]:
    """Texts without their YAML front matter, and what it says of our fields, row by row.

    Front matter stands between ``---`` lines at the top; a missing first ``---`` is forgiven where
    the lines above the second one begin with a ``title:``.
    """
    if not any(text is not None and text.startswith(FRONT_MATTER_OPENINGS) for text in texts):
        return texts, {}
    remaining: Cells = []
    said: dict[str, Cells] = {field: [] for field in FRONT_MATTER_KEYS.values()}
    for text in texts:
        head, body = _split_front_matter(text)
        values = _front_matter_values(head)
        counts["front_matter_read"] += bool(head)
        remaining.append(body)
        for field, cells in said.items():
            cells.append(values.get(field))
    return remaining, said


def _split_front_matter(text: str | None) -> tuple[str, str | None]:
    if text is None or not text.startswith(FRONT_MATTER_OPENINGS):
        return "", text
    start = FRONT_MATTER_START.match(text)
    end = FRONT_MATTER_END.search(text, start.end(), MAX_FRONT_MATTER) if start else None
    if start is None or end is None:
        return "", text
    return text[start.end() : end.start()], text[end.end() :].strip() or None


def _front_matter_values(head: str) -> dict[str, str]:
    found = {}
    for match in KEY_LINE.finditer(head):
        field = FRONT_MATTER_KEYS.get(match[1].casefold())
        value = YAML_TAG.sub("", match[2])
        quoted = YAML_QUOTED.fullmatch(value)
        value = (quoted[2] if quoted else value).strip()
        if field and value and value not in ("|", ">", "|-", ">-"):
            found[field] = value
    return found
