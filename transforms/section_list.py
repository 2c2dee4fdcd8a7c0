"""Lists that a sentence leads to, and what it asks of their items."""

import re

from schemas.vocabulary import SECTIONS_WITHOUT_SKILLS
from transforms.requirement import clause_requirements
from transforms.section_verdict import LONGEST_LISTED, REQUIREMENT_OF, decided

BULLET = re.compile(r"\s*(?:[-*•●▪·–—+>]|\d{1,2}[.)])\s")
_LEAD = re.compile(
    r"\b(?:must|should|need to|love (?:you|someone|people|candidates) to|great if|nice if|better if|plus(?:es)?|bonus|"
    r"points if|prefer\w*|desir\w*|ideal\w*|advantag\w*|experienced?|knowledge|know|knows|proficien\w*|familiar\w*|"
    r"expertise|skilled|skills|fluen\w*|understanding|background|required|essential|mandatory)\b"
)
"""Words of a sentence that ends in a colon and demands or wishes for the list after it; "you are expected to:" and
"you are going to:" begin duties."""
_NO_DEMAND = re.compile(r"n't\b|\bnot\b|\b(?:responsibilities|accountabilities|duties|functions|tasks):$")
"""Of such a sentence: "not required if you're willing to learn:" and "... in sales. Key responsibilities:"."""
_LONGEST_LIST = 40
"""Items a sentence speaks for, so that 10,000 lines that all end in a colon are not each read to their end."""


def asked_of_list(folded: str, start: int, end: int, current: str, bits: int) -> str | None:
    """The section of the list that a sentence leads to: "It would be great if you know:", "Experience is required
    with one of these:". None where it asks for nothing or no list follows.
    """
    section, requirement, _ = decided(current, bits, end - start > LONGEST_LISTED)
    if (
        section in SECTIONS_WITHOUT_SKILLS
        or not _LEAD.search(folded, start, end)
        or not n_items_after(folded, end)
    ):
        return None
    if requirement == "required" and _NO_DEMAND.search(folded, start, end):
        return None
    if requirement == "preferred":
        otherwise = REQUIREMENT_OF.get(section, "mentioned")
        requirement = clause_requirements(folded, start, end, otherwise)[-1][1]
    return next((name for name, asked in REQUIREMENT_OF.items() if asked == requirement), None)


def n_items_after(folded: str, end: int) -> int:
    """Lines after a place that are items of one list; empty lines between them are none."""
    n_items, at = 0, end
    while 0 <= at < len(folded) and n_items < _LONGEST_LIST:
        while folded[at : at + 1] == "\n":
            at += 1
        if not BULLET.match(folded, at):
            break
        n_items += 1
        at = folded.find("\n", at)
    return n_items
