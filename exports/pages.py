"""All JSON of a release: one page per occupation, the index of pages and the ids of slugs."""

from typing import Any

from exports.occupation_json import Edition, occupation_page
from exports.page_query import PageRows

Page = dict[str, Any]
INDEX = "json/index.json"
SLUGS = "json/slugs.json"


def page_path(slug: str) -> str:
    """Path of an occupation's page inside its release folder."""
    return f"json/occupation/{slug}.json"


def pages(edition: Edition, rows: PageRows) -> dict[str, Page]:
    """Every JSON page by its path inside the release folder."""
    found: dict[str, Page] = {}
    for occupation_id in rows.occupations:
        page = occupation_page(edition, rows, occupation_id)
        found[page_path(page["occupation"]["slug"])] = page
    entries = [_entry(path, page) for path, page in sorted(found.items())]
    found[INDEX] = edition.head("index") | {
        "occupations": entries,
        "attribution": edition.attribution,
    }
    found[SLUGS] = edition.head("slugs") | {
        "occupations": {entry["slug"]: entry["occupation_id"] for entry in entries},
        "skills": {row["skill"]: skill_id for skill_id, row in rows.skills.items()},
    }
    return dict(sorted(found.items()))


def _entry(path: str, page: Page) -> Page:
    identity = {name: value for name, value in page["occupation"].items() if name != "mappings"}
    default = next(period for period in page["periods"] if period["is_default"])
    return identity | {"path": path} | {name: v for name, v in default.items() if name != "is_default"}
