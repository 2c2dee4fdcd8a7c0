"""JSON Schemas of a release, derived from the table declarations: one per table and one per JSON page."""

from typing import Any

from exports.release import SITE, export_tables
from schemas import derive, vocabulary
from schemas.export_claim import ExportClaim
from schemas.export_cohort import ExportCohort
from schemas.export_finding import ExportFinding
from schemas.export_finding_link import ExportFindingLink
from schemas.export_finding_removed import ExportFindingRemoved
from schemas.export_instrument_reliability import ExportInstrumentReliability
from schemas.export_metric_value import ExportMetricValue
from schemas.export_search_log import ExportSearchLog
from schemas.export_skill_pair import ExportSkillPair
from schemas.export_synthesis import ExportSynthesis
from schemas.table import Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

ENVELOPE = (
    "metric",
    "value",
    "label",
    "label_rule",
    "unit",
    "currency",
    "denominator",
    "n",
    "n_numerator",
    "n_denominator",
    "n_effective",
    "n_unit",
    "n_employers",
    "ci_low",
    "ci_high",
    "ci_level",
    "status",
    "reason",
    "reason_detail",
    "basis",
    "geo",
    "source_group",
    "period_start",
    "period_end",
    "method_version",
    "source_ids",
    "as_of",
)
"""Columns of metric_value that a metric in JSON carries: all but the ids and slugs of its page."""

PAIR_ITEM = (
    "n_both",
    "n_skill",
    "n_paired",
    "n_families",
    "n_expected",
    "share_given_skill",
    "share_given_skill_ci_low",
    "share_given_skill_ci_high",
    "lift",
    "lift_ci_low",
    "lift_ci_high",
    "npmi",
    "ci_level",
)
"""Columns of skill_pair that a pair in JSON carries beside the other skill's id, slug and label."""

METRIC_ITEM = (
    "metric",
    "value",
    "label",
    "label_rule",
    "unit",
    "currency",
    "n",
    "n_numerator",
    "n_denominator",
    "n_effective",
    "n_employers",
    "ci_low",
    "ci_high",
    "ci_level",
    "status",
    "reason",
)
"""Columns of metric_value that a page lists for a metric beside the share; what is left out is that of the share."""

COUNTS = ("n", "n_numerator", "n_denominator", "n_effective", "n_employers")
INTERVAL = ("ci_low", "ci_high")


def schema_url(data_version: str, name: str) -> str:
    """Versioned absolute address of a schema file of a release."""
    return f"{SITE}/releases/{data_version}/contract/schema/{name}.schema.json"


def contract_schemas(data_version: str) -> dict[str, Schema]:
    """All schemas of a release by name: tables, `metric`, `pair`, `occupation`, `index`, `slugs`, `findings`."""
    schemas = {name: derive.json_contract(table) for name, table in export_tables().items()}
    schemas = {f"table-{name.replace('_', '-')}": schema for name, schema in schemas.items()}
    schemas |= {
        "metric": metric_schema(),
        "pair": pair_schema(),
        "measure": measure_schema(),
        "occupation": occupation_schema(data_version),
        "index": index_schema(data_version),
        "slugs": slugs_schema(data_version),
        "findings": findings_schema(),
    }
    return {
        name: schema | {"$schema": DIALECT, "$id": schema_url(data_version, name)}
        for name, schema in sorted(schemas.items())
    }


def metric_schema() -> Schema:
    """Schema of one metric: its columns and what must hold between them."""
    declared = derive.json_contract(ExportMetricValue)["properties"]
    null_if_no_value = {name: {"const": None} for name in ("value", "label", *INTERVAL)}
    no_value = {"status": {"enum": list(vocabulary.STATUSES_WITHOUT_VALUE)}}
    has_value = {
        "anyOf": [
            {"properties": {"value": {"type": "number"}}},
            {"properties": {"label": {"type": "string"}}},
        ]
    }
    with_level = {name: {"type": "number"} for name in (*INTERVAL, "ci_level")}
    computed = {"basis": {"const": "computed"}, "value": {"type": "number"}}
    schema = _object({name: declared[name] for name in ENVELOPE}, "One metric: a number or a reason")
    return schema | {
        "allOf": [
            _if(no_value, {"properties": null_if_no_value | {"reason": {"type": "string"}}}),
            _if({"status": {"const": "low_reliability"}}, {"properties": {"reason": {"type": "string"}}}),
            _if({"status": {"enum": ["ok", "low_reliability"]}}, has_value | _some_source()),
            _if({"status": {"const": "ok"}}, {"properties": {"reason": {"const": None}}}),
            _if(computed, {"properties": with_level | {"n": {"type": "integer"}}}),
            _if({"ci_low": {"type": "number"}}, {"properties": with_level}),
            _if(
                {"status": {"const": "suppressed"}},
                {"properties": {name: {"const": None} for name in COUNTS}},
            ),
        ]
    }


def measure_schema() -> Schema:
    """Schema of one item of `metrics`: a number beside the share; what is withheld stands in `withheld`."""
    declared = derive.json_contract(ExportMetricValue)["properties"]
    properties = {name: declared[name] for name in METRIC_ITEM}
    properties |= {"status": {"enum": ["ok", "low_reliability"]}}
    return _object(properties, "One metric beside the share, in the same cell") | {
        "anyOf": [
            {"properties": {"value": {"type": "number"}}},
            {"properties": {"label": {"type": "string"}}},
        ]
    }


def pair_schema() -> Schema:
    """Schema of one item of `pairs_with`: the other skill and what is known of the two."""
    declared = derive.json_contract(ExportSkillPair)["properties"]
    text = {"type": "string", "minLength": 1}
    properties = {"skill_id": text, "slug": text, "label": text} | {n: declared[n] for n in PAIR_ITEM}
    return _object(properties, "One skill that adverts ask for together with the page's skill")


def occupation_schema(data_version: str) -> Schema:
    """Schema of json/occupation/<slug>.json."""
    pairs = {
        "conditional_on_skill": {"const": True},
        "status": {"enum": list(vocabulary.STATUSES)},
        "reason": {"enum": [None, *vocabulary.REASONS]},
        "reason_detail": _nullable("string"),
        "n_pairs": {"type": ["integer", "null"], "minimum": 0},
        "items": _array({"$ref": schema_url(data_version, "pair")}),
    }
    period = {
        "period_start": _date(),
        "period_end": _date(),
        "posting_share": {"$ref": schema_url(data_version, "metric")},
        "metrics": _array({"$ref": schema_url(data_version, "measure")}),
        "withheld": {
            "type": "object",
            "description": "Metrics of this cell without a number, each with its reason",
            "additionalProperties": {"enum": list(vocabulary.REASONS)},
        },
        "pairs_with": _object(pairs, "Skills asked for together with this one, in this occupation"),
    }
    skill = {
        "skill_id": {"type": "string"},
        "slug": {"type": "string"},
        "label": {"type": "string"},
        "scheme": {"enum": list(vocabulary.SKILL_SCHEMES)},
        "status": {"enum": ["active", "deprecated"]},
        "replaced_by": _array({"type": "string"}),
        "periods": _array(_object(period, "One period")),
    }
    properties = _head() | {
        "occupation": _object(_occupation(), "The occupation and its taxonomy codes"),
        "periods": _array(_object(_period_of_occupation(), "One period of the occupation")),
        "skills": _array(_object(skill, "One skill: value of the default period downwards, then slug")),
        "others": _array(
            _object(_others(data_version), "Skills that share one metric: a zero, or no number")
        ),
        "callback_effect": _object(
            {
                "every_other_skill": {
                    "anyOf": [{"$ref": schema_url(data_version, "metric")}, {"type": "null"}]
                },
                "by_skill": {
                    "type": "object",
                    "additionalProperties": {"$ref": schema_url(data_version, "metric")},
                },
            },
            "Effect of the skill on callbacks, for skills of our own list: by slug, and for all other slugs",
        ),
        "omitted": _object(_omitted(), "What the tables hold and this page leaves out"),
        "attribution": _array({"type": "string"}),
    }
    return _object(properties, "Skills of one occupation, with counts, intervals and reasons")


def index_schema(data_version: str) -> Schema:
    """Schema of json/index.json."""
    entry = _occupation() | {"path": {"type": "string"}} | _period_of_occupation()
    del entry["mappings"], entry["is_default"]
    properties = _head() | {
        "occupations": _array(_object(entry, "One occupation, with its default period")),
        "attribution": _array({"type": "string"}),
    }
    return _object(properties, "Every occupation page of the release, by slug")


def slugs_schema(data_version: str) -> Schema:
    """Schema of json/slugs.json."""
    ids = {"type": "object", "additionalProperties": {"type": "string"}}
    properties = _head() | {"occupations": ids, "skills": ids}
    return _object(properties, "Opaque id of every slug")


def findings_schema() -> Schema:
    """Schema of json/findings.json: rows of the evidence tables, whole, and what is made of them."""
    count = {"type": "integer", "minimum": 0}
    link = _columns(ExportFindingLink, "skill", "occupation", "directness", "is_indirect", "relevance")
    links = _array(_object(link, "What the finding bears on, and how directly"))
    text = {"type": "string", "minLength": 1}
    answers = _array(text) | {"minItems": 1}
    item = {"question_key": text, "question": text, "answers": answers, "finding_ids": answers}
    properties = _head() | {
        "findings_synthetic": {"const": False},
        "findings_notice": text,
        "n_published_by_design": {"type": "object", "additionalProperties": count},
        "n_published_with_vendor_disclosure": count,
        "findings": _rows(ExportFinding, links=links),
        "left_out": _rows(ExportFindingRemoved),
        "claims": _rows(ExportClaim),
        "syntheses": _rows(ExportSynthesis, forest=_nullable("string")),
        "cohorts": _rows(ExportCohort),
        "searches": _rows(ExportSearchLog),
        "instruments": _rows(ExportInstrumentReliability),
        "faq": _array(
            _object(item, "One question and the lines that answer it, disclosures and warnings included")
        ),
        "attribution": _array({"type": "string"}),
    }
    return _object(properties, "Findings of studies, what they bear on, and what was searched without result")


def _rows(table: type[Table], **more: Schema) -> Schema:
    return _array(_object(_columns(table) | more, derive.grain(table)))


def _columns(table: type[Table], *names: str) -> Schema:
    declared: Schema = derive.json_contract(table)["properties"]
    return {name: declared[name] for name in names or declared}


def _head() -> Schema:
    return {
        "$schema": {"type": "string"},
        "data_version": {"type": "string"},
        "schema_version": {"type": "string"},
        "method_version": {"type": "string"},
        "channel": {"enum": ["local", "nightly", "stable"]},
        "synthetic": {"type": "boolean"},
        "notice": _nullable("string"),
        "as_of": _date(),
    }


def _occupation() -> Schema:
    mapping = {
        "scheme": {"enum": list(vocabulary.MAP_SCHEMES)},
        "version": {"type": "string"},
        "code": _nullable("string"),
        "label": _nullable("string"),
        "relation": {"enum": [None, *vocabulary.MAP_RELATIONS]},
        "status": {"enum": list(vocabulary.STATUSES)},
        "reason": {"enum": [None, *vocabulary.REASONS]},
    }
    return {
        "occupation_id": {"type": "string"},
        "slug": {"type": "string"},
        "label": {"type": "string"},
        "kind": {"enum": list(vocabulary.OCCUPATION_KINDS)},
        "mappings": _array(_object(mapping, "One taxonomy code, or the reason why there is none")),
    }


def _period_of_occupation() -> Schema:
    count = {"type": ["integer", "null"], "minimum": 0}
    return {
        "period_start": _date(),
        "period_end": _date(),
        "is_default": {"type": "boolean"},
        "n_families": count,
        "n_employers": count,
        "n_families_several_roles": count,
        "n_skills_published": count,
        "status": {"enum": list(vocabulary.STATUSES)},
        "reason": {"enum": [None, *vocabulary.REASONS]},
    }


def _others(data_version: str) -> Schema:
    return {
        "period_start": _date(),
        "period_end": _date(),
        "posting_share": {"$ref": schema_url(data_version, "metric")},
        "skills": _array({"type": "string"}),
    }


def _omitted() -> Schema:
    by_reason = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}
    period = {"period_start": _date(), "period_end": _date(), "n_skills": {"type": "integer"}}
    return {
        "rule": {"type": "string"},
        "pairs_per_skill": {"type": "integer", "minimum": 1},
        "periods": _array(_object(period | {"by_reason": by_reason}, "Withheld skills, by reason")),
    }


def _object(properties: Schema, description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "additionalProperties": False,
        "required": sorted(properties),
        "properties": properties,
    }


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _nullable(kind: str) -> Schema:
    return {"type": [kind, "null"]}


def _date() -> Schema:
    return {"type": "string", "format": "date"}


def _if(condition: Schema, consequence: Schema) -> Schema:
    return {"if": {"properties": condition, "required": sorted(condition)}, "then": consequence}


def _some_source() -> Schema:
    return {"properties": {"source_ids": {"minItems": 1}}}
