"""The title of an advert that taxonomies are asked for: the source's own, else the one its header names."""

from typing import Any

import pyarrow as pa

from schemas.core_posting_title import CorePostingTitle
from schemas.derive import arrow_schema
from transforms.header import read_header
from transforms.text import clean

LONGEST = 200
"""Titles of occupations are shorter by far; what is longer is prose with a title somewhere in it."""


def posting_title(title: str | None, text: str | None, text_format: str) -> tuple[str, int]:
    """The title in lower case with single blanks, and how many titles the advert names.

    A source's title is one; without it the header's are counted and the first is taken, "" where it names none.
    """
    if title and title.strip():
        titles: tuple[str, ...] = (clean(title, "plain"),)
    else:
        titles = read_header(clean(text, text_format)).titles
    forms = [form for one in titles if (form := " ".join(one.lower().split())[:LONGEST].strip())]
    return (forms[0], len(forms)) if forms else ("", 0)


def title_batch(title_version: str, batch: pa.Table) -> pa.Table:
    """core_posting_title of a batch with posting_version, title, text and text_format, in order of version."""
    columns: dict[str, list[Any]] = {
        name: [] for name in ("posting_version", "title_version", "title_text", "n_titles")
    }
    for row in sorted(batch.to_pylist(), key=lambda row: str(row["posting_version"])):
        found = posting_title(row["title"], row["text"], row["text_format"])
        for column, value in zip(
            columns.values(), (row["posting_version"], title_version, *found), strict=True
        ):
            column.append(value)
    return pa.Table.from_pydict(columns, schema=arrow_schema(CorePostingTitle))
