"""config/linking.toml and what is built from it: a skill linker and title coders over loaded taxonomies."""

import tomllib
from collections import defaultdict
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from flows.configuration import CONFIG_FOLDER, ConfigurationFault
from flows.taxonomies import Taxonomies
from transforms.link import Linker, LinkParameters, build_linker
from transforms.title import Occupation, TitleCoder, TitleParameters, build_title_coder
from transforms.title_match import MatchParameters

Parameters = TypeVar("Parameters", LinkParameters, TitleParameters, MatchParameters)
SECTIONS: dict[str, type] = {
    "skill_linking": LinkParameters,
    "title": TitleParameters,
    "title_match": MatchParameters,
}


def parameters(kind: type[Parameters], folder: Path = CONFIG_FOLDER) -> Parameters:
    """One section of config/linking.toml. Raises ConfigurationFault naming every missing or unknown number."""
    path = folder / "linking.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationFault(f"{path.name} can't be used: {error}") from error
    section = next(name for name, made in SECTIONS.items() if made is kind)
    values = content.get(section, {})
    wanted = {item.name for item in fields(kind)}
    faults = [f"{path.name}: [{section}] {name} is missing" for name in sorted(wanted - set(values))]
    faults += [f"{path.name}: [{section}] {name} is unknown" for name in sorted(set(values) - wanted)]
    faults += [
        f"{path.name}: [{section}] {name} must be a number or a list of {COEFFICIENTS} numbers"
        for name, value in sorted(values.items())
        if not _is_number(value) and not (name.startswith("confidence") and _are_coefficients(value))
    ]
    if faults:
        raise ConfigurationFault("config/ can't be used:\n" + "\n".join(f"  - {fault}" for fault in faults))
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return kind(**given)


COEFFICIENTS = 6
"""Constant and five features of transforms.title."""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_coefficients(value: Any) -> bool:
    return isinstance(value, list) and len(value) == COEFFICIENTS and all(map(_is_number, value))


def skill_linker(loaded: Taxonomies) -> Linker:
    """The linker over ESCO's skills."""
    return build_linker(
        loaded.rows("raw_esco_skill"), loaded.rows("raw_esco_occupation_skill"), parameters(LinkParameters)
    )


def esco_coder(loaded: Taxonomies) -> TitleCoder:
    """Titles to ESCO occupations, by address."""
    english = [row for row in loaded.rows("raw_esco_occupation") if row["language_code"] == "en"]
    return build_title_coder(
        (
            Occupation(
                row["esco_uri"],
                row["preferred_label"],
                tuple(row["alternative_labels"]),
                row["description"] or "",
            )
            for row in english
        ),
        parameters(TitleParameters),
    )


def onet_coder(loaded: Taxonomies) -> TitleCoder:
    """Titles to O*NET-SOC codes."""
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for row in loaded.rows("raw_onet_alternate_title"):
        titles[row["onet_soc_code"]] += filter(None, (row["alternate_title"], row["short_title"]))
    return build_title_coder(
        (
            Occupation(
                row["onet_soc_code"],
                row["onet_title"],
                tuple(titles[row["onet_soc_code"]]),
                row["description"] or "",
            )
            for row in loaded.rows("raw_onet_occupation")
        ),
        parameters(TitleParameters),
    )
