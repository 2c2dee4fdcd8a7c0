"""Reads the consumer page of the design folder into statements; knows that page's layout and nothing else."""

import re
from itertools import pairwise

from transforms.evidence.rendering import Page, Statement

SOURCES = {
    "Noy & Zhang": "NZ2023",
    "Indeed Hiring Lab AI at Work 2025": "IND2025",
    "World Economic Forum Future of Jobs Report 2025": "WEF2025",
}


def cited(text: str) -> str | None:
    return next((study for name, study in SOURCES.items() if name in text), None)


def read_consumer_page(text: str) -> Page:
    lines = text.splitlines()
    statements = []
    for line, following in pairwise(lines):
        if following.endswith((" 2023", " 2025")) and " · " in following and cited(following):
            statements.append(Statement(line, str(cited(following))))
    for part in re.split(r"(?=\b(?:First|Second|Third), )", text):
        found = re.match(
            r"(?:First|Second|Third), (.*?) reports the following: (.*?)\.(?:\s+(?=[A-Z])|\s*$)",
            part,
            re.DOTALL,
        )
        if found:
            statements.append(Statement(found[2], str(cited(found[1]))))
    for line, following in pairwise(lines):
        if line.startswith("- What does the research say"):
            answer, citation = following[2:].rsplit(" (20", 1)
            url = re.search(r"https?://\S+?(?=\)\.?$)", citation)
            question = line[2:]
            statements.append(Statement(answer, str(cited(citation)), question, url.group() if url else None))
    for line in lines[lines.index("References") + 1 :]:
        name, _, rest = line[2:].partition(" — ")
        statements.append(Statement(re.sub(r" \(\d{4}\)$", "", rest), str(cited(name))))
    return Page(tuple(statements), text, lines[2], "backend-developer", "Backend Developer")
