"""Adverts in words: the text of a synthetic advert as blocks, and its three source layouts."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from transforms import synthetic_words as words
from transforms.synthetic_labour import Advert
from transforms.synthetic_roles import WRITTEN_FORMS


@dataclass(frozen=True)
class Part:
    """A headed part of an advert; ``bullets`` says whether its lines are a list."""

    heading: str
    lines: tuple[str, ...]
    bullets: bool = False


def parts(advert: Advert) -> tuple[Part, ...]:
    """The advert's text. Adverts of one family have the same; one without text has none."""
    if advert.language == "none":
        return ()
    rng = Random(advert.wording)
    if advert.language == "other":
        line = words.OTHER_LANGUAGE.format(company=advert.employer, skills=_listed(rng, advert.skills, "und"))
        return (Part("", (line,)),)
    found = [_about(rng, advert), _duties(rng, advert), _requirements(rng, advert)]
    if advert.preferred:
        line = rng.choice(words.PREFERRED_WITH_SKILLS).format(skills=_listed(rng, advert.preferred))
        found.append(Part(rng.choice(words.PREFERRED_HEADINGS), (line,), bullets=True))
    return tuple(found + _boilerplate(rng, advert))


def plain(advert: Advert) -> str:
    """Headings on lines of their own, lists with dashes, a blank line between parts."""
    blocks = []
    for part in parts(advert):
        lines = [f"- {line}" if part.bullets else line for line in part.lines]
        blocks.append("\n".join(([f"{part.heading}:"] if part.heading else []) + lines))
    return "\n\n".join(blocks)


def forum_html(advert: Advert) -> str:
    """A forum comment: a header line with company, title, place and terms, then ``<p>`` blocks."""
    rng = Random(f"{advert.wording}:header")
    titles = advert.title.replace(" and ", ", ") if "two_roles" in advert.traps else advert.title
    terms = (rng.choice(("REMOTE", "ONSITE", "Remote or onsite", "Hybrid")), "Full-time")
    blocks = [" | ".join((advert.employer, titles, advert.city, *terms))]
    for part in parts(advert):
        blocks.append(f"{part.heading}:")
        blocks += [f"- {line}" if part.bullets else line for line in part.lines]
    return "<p>".join(html.escape(block, quote=True).replace("/", "&#x2F;") for block in blocks)


def page_html(advert: Advert) -> str:
    """A page as an applicant system writes it: headings, paragraphs and lists."""
    found = []
    for part in parts(advert):
        heading = f"<h3>{html.escape(part.heading)}</h3>" if part.heading else ""
        tag = "li" if part.bullets else "p"
        lines = "".join(f"<{tag}>{html.escape(line)}</{tag}>" for line in part.lines)
        found.append(heading + (f"<ul>{lines}</ul>" if part.bullets else lines))
    return "".join(found)


def _listed(rng: Random, skills: Sequence[str], last: str = "and") -> str:
    """Skills in one of their written forms, as a list in words."""
    forms = []
    for skill in skills:
        known = WRITTEN_FORMS[skill]
        forms.append(known[0] if rng.random() < 0.6 else rng.choice(known))
    if len(forms) < 2:
        return "".join(forms)
    return f"{', '.join(forms[:-1])} {last} {forms[-1]}"


def _about(rng: Random, advert: Advert) -> Part:
    lines = [rng.choice(words.ABOUT).format(company=advert.employer), rng.choice(words.ABOUT_CUSTOMERS)]
    if rng.random() < 0.25:
        lines.append(words.ABOUT_WITH_TOOLS.format(tool=_unasked_tool(rng, advert)))
    return Part(rng.choice(words.GREETING_HEADINGS).format(company=advert.employer), tuple(lines))


def _duties(rng: Random, advert: Advert) -> Part:
    lines = rng.sample(words.DUTIES, 2)
    if advert.mentioned:
        lines.append(rng.choice(words.DUTIES_WITH_SKILLS).format(skills=_listed(rng, advert.mentioned)))
    if rng.random() < 0.3:
        lines.append(words.DUTIES_WITH_EMPLOYER.format(company=advert.employer))
    return Part(rng.choice(words.DUTIES_HEADINGS), tuple(lines), bullets=rng.random() < 0.5)


def _requirements(rng: Random, advert: Advert) -> Part:
    """Required skills in lists of two to five, since ambiguous names (Go, C, R) read only in company."""
    lines = [
        rng.choice(words.REQUIREMENTS_WITH_SKILLS).format(skills=_listed(rng, chunk))
        for chunk in _chunks(rng, advert.required)
    ]
    lines += rng.sample(words.REQUIREMENTS, 2)
    lines += [rng.choice(words.NEGATIONS).format(skill=WRITTEN_FORMS[skill][0]) for skill in advert.negated]
    return Part(rng.choice(words.REQUIREMENT_HEADINGS), tuple(lines), bullets=True)


def _chunks(rng: Random, skills: Sequence[str]) -> list[Sequence[str]]:
    found, start = [], 0
    while start < len(skills):
        size = rng.randint(3, 5)
        # A single skill left over joins the list before it.
        end = len(skills) if len(skills) - start - size < 2 else start + size
        found.append(skills[start:end])
        start = end
    return found


def _boilerplate(rng: Random, advert: Advert) -> list[Part]:
    found = []
    if rng.random() < 0.6:
        lines = rng.sample(words.BENEFITS, 2)
        if rng.random() < 0.3:
            lines.append(words.BENEFITS_WITH_TOOLS.format(tool=_unasked_tool(rng, advert)))
        found.append(Part(rng.choice(words.BENEFITS_HEADINGS), tuple(lines), bullets=True))
    for chance, headings, lines_ in (
        (0.45, words.EQUAL_HEADINGS, words.EQUAL),
        (0.3, words.ADDRESS_HEADINGS, words.ADDRESS),
    ):
        if rng.random() < chance:
            line = rng.choice(lines_).format(company=advert.employer)
            found.append(Part(rng.choice(headings), (line,)))
    return found


def _unasked_tool(rng: Random, advert: Advert) -> str:
    """A product named where no skill is asked for, and which this advert does not ask for elsewhere."""
    return rng.choice([tool for tool in words.TOOLS_IN_BOILERPLATE if tool.lower() not in advert.skills])
