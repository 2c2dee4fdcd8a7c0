"""Pages held to the JSON Schemas that lie beside them.

A page repeats one metric and one pair thousands of times, and jsonschema takes 0.4 ms for each. What
it says depends only on texts, types and signs of numbers (the schemas compare numbers with 0 only,
and the level of an interval with 0 and 1), so every distinct shape is checked once.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from referencing import Registry, Resource

Fields = Mapping[str, Any]


class PageSchemas:
    """The schemas of one release, ready to check its pages."""

    def __init__(self, schemas: Mapping[str, Fields]) -> None:
        anything = {name: {"$id": schemas[name]["$id"]} for name in ("metric", "pair")}
        resources = [
            (str(schema["$id"]), Resource.from_contents({"$schema": schemas[name]["$schema"], **schema}))
            for name, schema in anything.items()
        ]
        registry: Registry[Any] = Registry().with_resources(resources)
        self._pages = {
            name: Draft202012Validator(schemas[name], registry=registry)
            for name in ("occupation", "index", "slugs")
        }
        self._ids = {str(schemas[name]["$id"]): name for name in self._pages}
        self._metric = ShapeValidator(schemas["metric"], texts_matter=True)
        self._pair = ShapeValidator(schemas["pair"], texts_matter=False)

    def faults(self, name: str, page: Fields) -> Iterator[str]:
        """What is wrong with a page, first of all whether it names the right schema."""
        kind = self._ids.get(str(page.get("$schema")))
        if kind != _kind(name):
            yield f"$schema {page.get('$schema')!r} is not that of such a page"
            return
        error = next(iter(self._pages[kind].iter_errors(page)), None)
        if error:
            yield f"breaks its schema at {error.json_path}: {_short(error.message)}"
            return
        if kind == "occupation":
            yield from self._envelope_faults(page)

    def _envelope_faults(self, page: Fields) -> Iterator[str]:
        for skill in page["skills"]:
            for period in skill["periods"]:
                fault = self._metric.fault(period["posting_share"])
                if fault:
                    yield f"{skill['slug']}: posting_share: {fault}"
                for item in period["pairs_with"]["items"]:
                    fault = self._pair.fault(item)
                    if fault:
                        yield f"{skill['slug']}: pairs_with: {fault}"


class ShapeValidator:
    """A validator that looks at one object of each shape."""

    def __init__(self, schema: Fields, *, texts_matter: bool) -> None:
        self._validator = Draft202012Validator(schema)
        self._texts_matter = texts_matter
        self._known: dict[Any, str | None] = {}

    def fault(self, value: Any) -> str | None:
        """The first fault of an object, or None."""
        shape = self._shape(value)
        if shape not in self._known:
            error = next(iter(self._validator.iter_errors(value)), None)
            self._known[shape] = f"{error.json_path}: {_short(error.message)}" if error else None
        return self._known[shape]

    def _shape(self, value: Any) -> Any:
        if isinstance(value, dict):
            return tuple((k, v if k == "ci_level" else self._shape(v)) for k, v in sorted(value.items()))
        if isinstance(value, list):
            return ("list", *(self._shape(item) for item in value))
        if isinstance(value, bool) or value is None:
            return (value,)
        if isinstance(value, int | float):
            return (type(value).__name__, value > 0, value < 0)
        return value if self._texts_matter or not value else "text"


def _kind(name: str) -> str:
    return {"json/index.json": "index", "json/slugs.json": "slugs"}.get(name, "occupation")


def _short(message: str) -> str:
    return message if len(message) <= 160 else message[:159] + "…"
