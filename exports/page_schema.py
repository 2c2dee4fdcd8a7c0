"""Pages held to the JSON Schemas that lie beside them.

A page repeats skills, metrics and pairs thousands of times, and jsonschema takes 0.4 ms for a metric.
What it says depends only on texts, types and where numbers lie among -1, 0 and 1, so every distinct
shape is checked once. A schema with another bound than these three is refused.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from exports.findings_json import FINDINGS

Fields = Mapping[str, Any]
FREE_TEXT = frozenset({"skill_id", "slug", "label", "denominator", "reason_detail"})
"""Texts of which the schemas say no more than that they are texts, or not empty; never enumerations."""

BOUNDS = (-1, 0, 1)
"""Numbers that the schemas compare with."""


class PageSchemas:
    """The schemas of one release, ready to check its pages."""

    def __init__(self, schemas: Mapping[str, Fields]) -> None:
        apart = {str(schemas[name]["$id"]) for name in ("metric", "measure", "pair")}
        whole = {
            name: _without(schemas[name], apart) for name in ("occupation", "index", "slugs", "findings")
        }
        self._ids = {str(schema["$id"]): name for name, schema in whole.items()}
        self._pages = {name: Draft202012Validator(schema) for name, schema in whole.items()}
        self._skill = ShapeValidator(whole["occupation"]["properties"]["skills"]["items"])
        self._metric = ShapeValidator(schemas["metric"])
        self._measure = ShapeValidator(schemas["measure"])
        self._pair = ShapeValidator(schemas["pair"])
        self._slug_is_text = _others(whole["occupation"])["skills"]["items"] == {"type": "string"}

    def faults(self, name: str, page: Fields) -> Iterator[str]:
        """What is wrong with a page, first of all whether it names the right schema."""
        kind = self._ids.get(str(page.get("$schema")))
        if kind != _kind(name):
            yield f"$schema {page.get('$schema')!r} is not that of such a page"
            return
        skills = page.get("skills") if kind == "occupation" else None
        short = {**page, "skills": []} if isinstance(skills, list) else page
        if self._slug_is_text and isinstance(page.get("others"), list):
            short = {**short, "others": [_one_slug_of_each_type(entry) for entry in page["others"]]}
        error = next(iter(self._pages[kind].iter_errors(short)), None)
        if error:
            yield f"breaks its schema at {error.json_path}: {_short(error.message)}"
        elif isinstance(skills, list):
            yield from self._skill_faults(skills)
            for position, entry in enumerate(page["others"]):
                fault = self._metric.fault(entry["posting_share"])
                if fault:
                    yield f"others[{position}]: posting_share: {fault}"
            yield from self._callback_faults(page["callback_effect"])

    def _callback_faults(self, effects: Fields) -> Iterator[str]:
        named = dict(effects["by_skill"])
        if effects["every_other_skill"] is not None:
            named["every_other_skill"] = effects["every_other_skill"]
        for name, metric in named.items():
            fault = self._metric.fault(metric)
            if fault:
                yield f"callback_effect: {name}: {fault}"

    def _skill_faults(self, skills: list[Any]) -> Iterator[str]:
        for position, skill in enumerate(skills):
            fault = self._skill.fault(_bare(skill))
            if fault:
                yield f"skills[{position}] breaks its schema: {fault}"
                continue
            for period in skill["periods"]:
                fault = self._metric.fault(period["posting_share"])
                if fault:
                    yield f"{skill['slug']}: posting_share: {fault}"
                for item in period["metrics"]:
                    fault = self._measure.fault(item)
                    if fault:
                        yield f"{skill['slug']}: metrics: {fault}"
                for item in period["pairs_with"]["items"]:
                    fault = self._pair.fault(item)
                    if fault:
                        yield f"{skill['slug']}: pairs_with: {fault}"


class ShapeValidator:
    """A validator that looks at one object of each shape."""

    def __init__(self, schema: Fields) -> None:
        odd = sorted(set(_bounds(schema)) - set(BOUNDS))
        if odd:
            raise ValueError(f"compares numbers with {odd}; add them to page_schema.BOUNDS")
        self._validator = Draft202012Validator(schema)
        self._known: dict[Any, str | None] = {}

    def fault(self, value: Any) -> str | None:
        """The first fault of an object, or None."""
        shape = _shape(value)
        if shape not in self._known:
            error = next(iter(self._validator.iter_errors(value)), None)
            self._known[shape] = f"{error.json_path}: {_short(error.message)}" if error else None
        return self._known[shape]


def _shape(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return value if name not in FREE_TEXT or not value else "text"
    if isinstance(value, dict):
        return tuple((key, _shape(value[key], key)) for key in sorted(value))
    if isinstance(value, list):
        return ("list", *(_shape(item, name) for item in value))
    if isinstance(value, bool) or value is None:
        return ("exact", value)
    return (type(value).__name__, *((value > bound) - (value < bound) for bound in BOUNDS))


def _bounds(schema: Any) -> Iterator[float]:
    words = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key in words and isinstance(value, int | float):
                yield value
            else:
                yield from _bounds(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _bounds(item)


def _bare(skill: Any) -> Any:
    """A skill without its metrics and pairs, which are checked apart; anything odd is left as it is."""
    try:
        return skill | {
            "periods": [
                period
                | {"posting_share": None, "metrics": [], "pairs_with": period["pairs_with"] | {"items": []}}
                if isinstance(period["pairs_with"]["items"], list)
                and isinstance(period["metrics"], list)
                and "posting_share" in period
                else period
                for period in skill["periods"]
            ]
        }
    except (TypeError, KeyError):
        return skill


def _without(schema: Any, apart: set[str]) -> Any:
    """A schema in which references to those that are checked apart allow anything."""
    if isinstance(schema, list):
        return [_without(item, apart) for item in schema]
    if isinstance(schema, dict):
        return True if schema.get("$ref") in apart else {k: _without(v, apart) for k, v in schema.items()}
    return schema


def _others(schema: Fields) -> Fields:
    properties: Fields = schema["properties"]["others"]["items"]["properties"]
    return properties


def _one_slug_of_each_type(entry: Any) -> Any:
    """Of thousands of slugs the first and whatever is no text; of anything odd, all of it."""
    if not isinstance(entry, dict) or not isinstance(entry.get("skills"), list):
        return entry
    slugs = entry["skills"]
    return entry | {"skills": slugs[:1] + [slug for slug in slugs[1:] if not isinstance(slug, str)]}


def _kind(name: str) -> str:
    return {"json/index.json": "index", "json/slugs.json": "slugs", FINDINGS: "findings"}.get(
        name, "occupation"
    )


def _short(message: str) -> str:
    return message if len(message) <= 160 else message[:159] + "…"
