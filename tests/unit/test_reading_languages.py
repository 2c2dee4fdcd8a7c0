"""One lexicon per language: what an ESCO package of a language brings, and what its absence says."""

from typing import Any

import pytest

from transforms.drop import DropFile, Manifest
from transforms.esco import parse_esco
from transforms.reading import Reader, build_reader, read
from transforms.skill import build_skills

SHA = "ab" * 32
LABELS = {"en": "glue boats", "de": "Boote kleben", "es": "pegar barcos", "sv": "limma båtar"}
ADVERTS = {
    "de": "Wir suchen für unsere Werft eine Person, die Boote kleben und mit Python umgehen kann.",
    "es": "Buscamos para nuestro equipo una persona que sepa pegar barcos y conozca Python en el puerto.",
    "sv": "Vi söker en person som kan limma båtar och Python till vårt varv, och som trivs med oss.",
}
ALIASES = [{"skill": "python", "label": "Python", "kind": "label", "surface": "Python", "note": ""}]


def skills(language: str) -> list[dict[str, Any]]:
    """raw_esco_skill rows of an invented package of one skill."""
    files = {
        f"skills_{language}.csv": "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels\n"
        f"KnowledgeSkillCompetence,s:1,skill/competence,,{LABELS[language]},,\n",
        f"occupations_{language}.csv": "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n"
        f"Occupation,o:1,7115,{LABELS[language]},\n",
    }
    listed = (DropFile("esco.zip", None, SHA),)
    manifest = Manifest("m", "esco", "esco", "1.2.0", "2011/833/EU", "open", listed, language=language)
    data = {name: text.encode() for name, text in files.items()}
    return list(parse_esco(data, manifest, SHA)["raw_esco_skill"].table.to_pylist())


def reader(*languages: str) -> Reader:
    esco = [row for language in languages for row in skills(language)]
    tables = build_skills(ALIASES, esco, [], [], esco_version="1.2.0", onet_version="")
    return build_reader(tables.core_skill_surface.to_pylist(), [], [])


@pytest.mark.parametrize("language", sorted(ADVERTS))
def test_an_advert_is_read_with_the_lexicon_of_its_language(language: str) -> None:
    found = read(reader("en", "de", "es", "sv"), None, None, ADVERTS[language], "plain")
    assert found.language == language
    assert [mention.surface for mention in found.mentions if mention.accepted] == [
        LABELS[language].lower(),
        "python",
    ]


@pytest.mark.parametrize("language", sorted(ADVERTS))
def test_without_the_package_the_language_is_counted_as_one_without_a_lexicon(language: str) -> None:
    others = sorted(set(LABELS) - {language})
    for reader_of in (reader("en"), reader(*others)):
        found = read(reader_of, None, None, ADVERTS[language], "plain")
        assert (found.language, found.mentions) == ("other", ())


def test_all_languages_name_one_skill() -> None:
    everywhere = reader("en", "de", "es", "sv")
    english = read(everywhere, None, None, "You will glue boats with us and write some Python.", "plain")
    named = {mention.skill_id for mention in english.mentions}
    for advert in ADVERTS.values():
        assert {
            mention.skill_id for mention in read(everywhere, None, None, advert, "plain").mentions
        } == named
