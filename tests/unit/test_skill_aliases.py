"""config/skill_aliases.csv as it stands: good by its own rules, complete and unambiguous."""

import csv
from functools import cache
from pathlib import Path

import pytest

from transforms.lexicon import normalise
from transforms.skill import alias_faults, build_skills

CONFIG = Path(__file__).parents[2] / "config"

REQUIRED = """
websockets socket-io node.js docker kubernetes python java javascript typescript go c c-plus-plus c-sharp
dotnet f-sharp objective-c r rest-api graphql grpc postgresql mysql redis mongodb kafka rabbitmq aws ec2 s3
lambda dynamodb gcp azure terraform ansible ci-cd jenkins git linux react react-native angular vue django
flask rails ruby spring laravel sql nosql microservices machine-learning deep-learning nlp computer-vision
tensorflow pytorch pandas numpy scikit-learn spark hadoop airflow snowflake tableau power-bi excel figma
sketch photoshop jira scrum agile tdd unit-testing selenium cypress ios android swift kotlin flutter
embedded-systems fpga vhdl rtos ros cuda opengl webgl webrtc oauth penetration-testing siem elixir erlang
scala rust haskell clojure php perl cnc forklift mig-welding autocad solidworks
"""

STANDS_FOR = {
    "WebSocket": "websockets",
    "web-sockets": "websockets",
    "web socket": "websockets",
    "Socket.IO": "socket-io",
    "NodeJS": "node.js",
    "node js": "node.js",
    "k8s": "kubernetes",
    "golang": "go",
    "Go": "go",
    "C": "c",
    "C++": "c-plus-plus",
    "C#": "c-sharp",
    ".NET": "dotnet",
    "F#": "f-sharp",
    "Postgres": "postgresql",
    "RoR": "rails",
    "CI/CD": "ci-cd",
    "Objective C": "objective-c",
    "Microsoft Excel": "excel",
    "Apache Spark": "spark",
    "Amazon DynamoDB": "dynamodb",
}

APART = [
    ("java", "javascript"),
    ("angular", "angularjs"),
    ("react", "react-native"),
    ("rails", "ruby"),
    ("c", "c-plus-plus"),
    ("spark", "pyspark"),
    ("elasticsearch", "opensearch"),
    ("xgboost", "lightgbm"),
    ("github", "github-actions"),
    ("spring", "spring-boot"),
]


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (CONFIG / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def skill_of() -> dict[str, str]:
    return {normalise(row["surface"]): row["skill"] for row in rows("skill_aliases.csv")}


def test_no_row_breaks_the_rules_of_the_file() -> None:
    assert alias_faults(rows("skill_aliases.csv")) == []


def test_every_written_form_stands_for_one_skill() -> None:
    assert len(skill_of()) == len(rows("skill_aliases.csv"))


def test_rows_are_sorted_and_trimmed() -> None:
    keys = [(row["skill"], row["surface"]) for row in rows("skill_aliases.csv")]
    assert keys == sorted(keys)
    assert [
        row for row in rows("skill_aliases.csv") if any(cell != cell.strip() for cell in row.values())
    ] == []


def test_the_list_is_as_large_as_promised() -> None:
    assert len(set(skill_of().values())) >= 600
    assert len([row for row in rows("skill_aliases.csv") if row["kind"] != "code"]) >= 1500


def test_required_skills_are_there() -> None:
    assert sorted(set(REQUIRED.split()) - set(skill_of().values())) == []


@pytest.mark.parametrize(("surface", "skill"), STANDS_FOR.items())
def test_forms_stand_for_their_skill(surface: str, skill: str) -> None:
    assert skill_of()[normalise(surface)] == skill


@pytest.mark.parametrize(("one", "other"), APART)
def test_distinct_skills_stay_distinct(one: str, other: str) -> None:
    assert {one, other} <= set(skill_of().values())


def test_forms_of_one_letter_ask_for_evidence() -> None:
    ambiguous = {normalise(row["surface"]) for row in rows("ambiguous_terms.csv")}
    short = {
        row["surface"]
        for row in rows("skill_aliases.csv")
        if len(normalise(row["surface"])) == 1 and normalise(row["surface"]) not in ambiguous
    }
    assert short == set()


def test_no_form_is_one_that_never_counts() -> None:
    never = {normalise(row["surface"]) for row in rows("ambiguous_terms.csv") if row["evidence"] == "never"}
    assert sorted(never & set(skill_of())) == []


def test_taxonomy_names_lead_to_our_skills() -> None:
    expected = {
        "Amazon Web Services AWS software": "aws",
        "Apache Kafka": "kafka",
        "Google Angular": "angular",
        "Microsoft Excel": "excel",
        "Oracle Java": "java",
        "React Redux": "redux",
        "Structured query language SQL": "sql",
        "The MathWorks MATLAB": "matlab",
    }
    concepts = {
        "Python (computer programming)": "python",
        "Canvas (learning management systems)": "canvas-lms",
    }
    esco = [
        {"esco_uri": label, "preferred_label": label, "alternative_labels": [], "hidden_labels": []}
        for label in concepts
    ]
    tables = build_skills(
        rows("skill_aliases.csv"),
        esco,
        [{"technology_name": name} for name in expected],
        rows("ambiguous_terms.csv"),
        esco_version="1.2.0",
        onet_version="29.2",
    )
    slugs = {row["skill_id"]: row["skill"] for row in tables.core_skill.to_pylist()}
    found = {row["code"]: slugs[row["skill_id"]] for row in tables.core_skill_mapping.to_pylist()}
    assert found == expected | concepts
