import gzip
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from flows.annotate import Annotated, Annotator, Item, annotate, read_items
from flows.night import InputFault
from transforms.synthetic import market
from warehouse.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def drops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up market's taxonomies and adverts as drop folders."""
    folder = tmp_path_factory.mktemp("drops")
    for name, data in market(n_postings=20).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", threads=1)


def write_set(path: Path, items: list[dict[str, Any]]) -> Path:
    lines = "".join(json.dumps(item) + "\n" for item in items)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(lines.encode()))
    else:
        path.write_text(lines, encoding="utf-8")
    return path


def answers(path: Path) -> dict[str, Any]:
    return {item["id"]: item for item in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


@pytest.mark.slow
def test_postings(tmp_path: Path, settings: Settings, drops: Path) -> None:
    text = "Backend Engineer\n\nRequirements:\n- Python  and PostgreSQL\n- no experience with Kubernetes needed\n"
    items = [
        {"id": "plain", "title": "Backend Engineer", "text": text},
        {"id": "html", "text": "<p>Acme | Backend Engineer</p><p>We use <b>Python</b> &amp; PostgreSQL</p>"},
        {"id": "empty", "text": ""},
    ]
    out = tmp_path / "out.jsonl"
    done = annotate(settings, write_set(tmp_path / "adverts.jsonl", items), out, [drops])
    assert done.n_items == {"postings": 3}
    found = answers(out)
    assert list(found) == ["plain", "html", "empty"]
    assert found["plain"]["roles"] == ["backend-developer"]
    assert [found["plain"][name] for name in ("seniority", "pay", "workplace")] == [
        "unknown",
        None,
        "unknown",
    ]
    skills = {skill["skill"]: skill for skill in found["plain"]["skills"]}
    assert skills["python"]["requirement"] == "required"
    assert skills["kubernetes"]["negated"] is True
    for item in items[:2]:
        for skill in found[item["id"]]["skills"]:
            assert item["text"][skill["start"] : skill["end"]] == skill["surface"]
    assert {skill["skill"] for skill in found["html"]["skills"]} == {"python", "postgresql"}
    assert found["empty"]["skills"] == []


def test_facts_of_postings(tmp_path: Path, settings: Settings) -> None:
    two_roles = (
        "Northwind | Backend and Frontend Engineers | Lyon | REMOTE | Full-time\n"
        "Senior Backend Engineer (€60k-€80k): you will build the services behind our maps in PostgreSQL.\n"
        "Junior Frontend Engineer (€40k-€50k): you will draw the maps in the browser with TypeScript."
    )
    items = [
        {"id": "one", "text": "Northwind | Staff Engineer | Boston, MA | Onsite | $150k-$180k"},
        {"id": "open", "text": "Northwind | Engineer | $150k\nWe ask for 5+ years of experience."},
        {"id": "which", "text": "Northwind | Engineer | US or Canada | $150k"},
        {"id": "two", "text": two_roles},
    ]
    out = tmp_path / "out.jsonl"
    annotate(settings, write_set(tmp_path / "adverts.jsonl", items), out, [])
    found = answers(out)
    pay = {"min": 150e3, "max": 180e3, "currency": "USD", "currency_assumed": False, "period": "year"}
    assert [found["one"][name] for name in ("seniority", "workplace", "pay")] == ["lead", "onsite", pay]
    assert [found["open"][name] for name in ("seniority", "years_min")] == ["senior", 5]
    assert found["open"]["pay"] == pay | {"max": 150e3, "currency_assumed": True}
    assert found["which"]["pay"] == pay | {"max": 150e3, "currency": None}
    assert [found["two"][name] for name in ("workplace", "employment_type")] == ["remote", "full_time"]
    assert [(part["role"], part["seniority"], part["pay"]["max"]) for part in found["two"]["parts"]] == [
        ("backend-developer", "senior", 80e3),
        ("frontend-developer", "entry", 50e3),
    ]
    start, end = found["two"]["parts"][1]["stretches"][0]
    assert two_roles[start:end] == two_roles.rsplit("\n", 1)[1]


def test_without_taxonomies_the_own_list_is_read_and_that_is_said(tmp_path: Path, settings: Settings) -> None:
    out = tmp_path / "not there yet" / "out.jsonl"
    items = [
        {"id": "1", "task": "skill_spans", "lang": "en", "text": "Experience with Python and PostgreSQL"}
    ]
    done: Annotated = annotate(settings, write_set(tmp_path / "set.jsonl.gz", items), out, [])
    assert answers(out)["1"]["spans"] == [[16, 22], [27, 37]]
    assert [warning.split(":")[0] for warning in done.warnings] == ["no esco loaded", "no onet loaded"]


@pytest.mark.slow
def test_spans_are_of_sentences_that_ask_or_say_what_the_job_does(tmp_path: Path, settings: Settings) -> None:
    texts = (
        "You know Python",
        "Build services in Python",
        "They chose Python and PostgreSQL and still live with that choice today.",
    )
    items = [
        {"id": str(number), "task": "skill_spans", "lang": "en", "text": text}
        for number, text in enumerate(texts)
    ]
    annotate(settings, write_set(tmp_path / "set.jsonl.gz", items), tmp_path / "out.jsonl", [])
    found = answers(tmp_path / "out.jsonl")
    assert [found[key]["spans"] for key in "012"] == [[[9, 15]], [[18, 24]], []]


def test_linking_and_titles(tmp_path: Path, settings: Settings, drops: Path) -> None:
    (tmp_path / "corpus_en.txt").write_text("software developer\nbaker\n", encoding="utf-8")
    (tmp_path / "corpus_de.txt").write_text("bäcker\nbäckerin\nmaler\n", encoding="utf-8")
    items = [
        {"id": "1", "task": "skill_linking", "text": "You know Python well."},
        {"id": "2", "task": "title_norm", "text": "Software Developer"},
        {
            "id": "3",
            "task": "title_norm",
            "text": "Software Developer\nWe build applications.",
            "label_space": "codes",
        },
        {"id": "4", "task": "title_match", "text": "senior software developer"},
        {"id": "5", "task": "title_match", "lang": "de", "text": "Bäcker"},
        {"id": "6", "task": "skill_spans", "lang": "da", "text": "Python"},
    ]
    out = tmp_path / "out.jsonl"
    annotate(settings, write_set(tmp_path / "set.jsonl", items), out, [drops])
    found = answers(out)
    assert "python" in found["1"]["ranked"][0].lower()
    assert len(found["1"]["ranked"]) == len(found["1"]["codes"]) == len(found["1"]["scores"])
    assert found["1"]["rule"] == "linked"
    assert found["2"]["ranked"]
    assert len(found["2"]["ranked"]) == len(found["2"]["confidence"])
    assert all(0 <= confidence <= 1 for confidence in found["2"]["confidence"])
    assert found["2"]["onet"][0]["confidence"] > 0
    assert found["3"]["ranked"]
    assert found["4"]["ranked"][0] == "software developer"
    assert found["5"]["ranked"][:2] == ["bäcker", "bäckerin"]
    assert found["6"]["spans"] == []
    first = out.read_bytes()
    annotate(settings, tmp_path / "set.jsonl", out, [drops])
    assert out.read_bytes() == first


def test_a_task_without_its_taxonomy_is_refused(tmp_path: Path, settings: Settings) -> None:
    out = tmp_path / "out.jsonl"
    items = [{"id": "1", "task": "skill_linking", "text": "Python"}]
    with pytest.raises(InputFault, match="needs ESCO"):
        annotate(settings, write_set(tmp_path / "set.jsonl", items), out, [])
    assert not out.exists()


def test_every_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"id": "1", "text": "a"}\nno json\n[]\n{"id": "2"}\n{"id": "3", "text": "a", "task": "guess"}\n'
        '\n{"id": "1", "text": "b"}\n',
        encoding="utf-8",
    )
    with pytest.raises(InputFault) as caught:
        read_items(path)
    assert [fault.split(": ")[0].split(" line ")[1] for fault in caught.value.faults] == [
        "2",
        "3",
        "4",
        "5",
        "7",
    ]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\n\n"])
def test_files_without_items(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(data)
    with pytest.raises(InputFault):
        read_items(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="can't be read"):
        read_items(tmp_path / "none.jsonl.gz")


@pytest.mark.slow
def test_labelled_sentences_reach_the_bar(tmp_path: Path, settings: Settings) -> None:
    shared = ROOT.parent / "shared"
    data = Path(os.environ.get("SKILLWEIGHTS_REAL_DATA") or shared / "data")
    labelled = shared / "gold" / "dev" / "esco_tech_validation.jsonl.gz"
    if not labelled.is_file() or not (data / "esco").is_dir():
        pytest.skip("needs the labelled sets and ESCO in ../shared, or at SKILLWEIGHTS_REAL_DATA")
    out = tmp_path / "out.jsonl"
    annotate(settings, labelled, out, [data / "esco"])
    hits = []
    found = answers(out)
    for item in read_items(labelled):
        if item["gold"]:
            wanted = {label["label"].lower() for label in item["gold"]}
            got = {label.lower() for label in found[item["id"]]["ranked"][:5]}
            hits.append(len(wanted & got) / min(5, len(wanted)))
    assert sum(hits) / len(hits) >= 0.54


def test_what_would_be_lost_is_refused(tmp_path: Path, settings: Settings) -> None:
    items = [{"id": "1", "text": "We use Python."}]
    own = write_set(tmp_path / "set.jsonl.gz", items)
    before = own.read_bytes()
    for out in (own, tmp_path):
        with pytest.raises(InputFault, match="name another --out"):
            annotate(settings, own, out, [])
    assert own.read_bytes() == before
    wrong = write_set(tmp_path / "wrong.jsonl.gz", [{"id": "2", "text": "SQL", "title": 5}])
    with pytest.raises(InputFault, match="line 1: title is no text"):
        read_items(wrong)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ({"id": True, "text": "SQL"}, "no object with an id"),
        ({"id": "\ud800", "text": "SQL"}, "id holds half a character"),
        ({"id": "1", "text": "\udfff"}, "text holds half a character"),
        ({"id": "1", "text": "SQL", "text_format": "pdf"}, "text_format 'pdf' is none of plain, html"),
        ({"id": "1", "text": "SQL", "text_format": []}, "text_format"),
        ({"id": "1", "text": "SQL", "lang": ["en"]}, "lang is no name"),
        ({"id": "1", "text": "SQL", "lang": "../x"}, "lang is no name"),
    ],
)
def test_a_malformed_item_names_its_line(tmp_path: Path, item: dict[str, Any], told: str) -> None:
    path = write_set(tmp_path / "set.jsonl", [{"id": "0", "text": "Go"}, item])
    with pytest.raises(InputFault) as caught:
        read_items(path)
    assert f"line 2: {told}" in caught.value.faults[0]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b'{"id": "1", "text": "SQL"}\n')
    assert [item["id"] for item in read_items(path)] == ["1"]


def test_contacts_that_cleaning_reveals_are_told_in_the_text_as_given(
    tmp_path: Path, settings: Settings
) -> None:
    text = "<p>We need Python.</p><p>Mail maren<b>@</b>example.org</p>"
    out = tmp_path / "out.jsonl"
    annotate(settings, write_set(tmp_path / "set.jsonl", [{"id": "1", "text": text}]), out, [])
    found = answers(out)["1"]
    assert [text[start:end] for start, end in found["contacts"]] == ["maren<b>@</b>example.org"]
    assert not list(tmp_path.glob("*.part"))


def test_a_line_too_long_to_be_an_advert_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.annotate.LONGEST_LINE", 100)
    path = write_set(tmp_path / "set.jsonl", [{"id": "0", "text": "Go"}, {"id": "1", "text": "SQL " * 50}])
    with pytest.raises(InputFault) as caught:
        read_items(path)
    assert re.search(r"line 2: \d+ characters, and 100 are the most", caught.value.faults[0])


def test_adverts_in_a_language_that_is_not_read_are_counted(tmp_path: Path, settings: Settings) -> None:
    text = "Nous recherchons un developpeur pour notre equipe de Paris, qui aime les donnees et le travail bien fait. "
    items = [
        {"id": "fr", "text": text * 4},
        {"id": "en", "text": "We are looking for people who know SQL. " * 4},
    ]
    out = tmp_path / "out.jsonl"
    done = annotate(settings, write_set(tmp_path / "set.jsonl", items), out, [])
    assert {id_: found["language"] for id_, found in answers(out).items()} == {"fr": "other", "en": "en"}
    assert any(warning.startswith("1 adverts are in a language") for warning in done.warnings)


def test_a_run_that_fails_leaves_nothing_behind(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full, say: the first answer is written, the second one fails."""
    items = [{"id": "1", "text": "SQL"}, {"id": "2", "text": "Go"}]
    written = Annotator.annotate

    def full(self: Annotator, item: Item) -> dict[str, Any]:
        if item["id"] == "2":
            raise OSError(28, "No space left on device")
        return written(self, item)

    monkeypatch.setattr(Annotator, "annotate", full)
    out = tmp_path / "out.jsonl"
    with pytest.raises(OSError, match="No space"):
        annotate(settings, write_set(tmp_path / "set.jsonl", items), out, [])
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["set.jsonl"]
