"""Where the work is done and under what kind of employment.

`remote`: the job may be done wholly from elsewhere, also where an office stands open ("onsite or remote").
`hybrid`: some of the time in a given place. `onsite`: there alone. Kinds of employment named side by side
("full-time or contract") leave it unknown, as levels side by side do.
"""

import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

_NOT_REMOTE = re.compile(
    r"\b(?:no|not|non|never|isn't|without)[ -](?:fully |full |currently |yet |available )?remote\b|"
    r"\bremote\W{0,3}(?:no\b|not (?:possible|available|ok|an option)|isn't|after|post|temporarily|until|during|for now|"
    r"due to|while|through covid|in covid)|\b(?:temporarily|currently|initially) remote\b|"
    r"\bon-?site (?:only|required)\b|\bno (?:wfh|telecommut\w+)\b",
)
_HYBRID = re.compile(
    r"\bhybrid\b(?! (?:cloud|app|mobile|and native|intelligence))|\b(?:partial(?:ly)?|part(?:ly)?|some|semi|"
    r"occasional(?:ly)?|flexible)[ -](?:time )?(?:remote|wfh)\b|\bremote[ -](?:part of|some|\d|one|two|three|partial)|"
    r"\b\d[ -]days? (?:remote|wfh|on-?site|in (?:the )?office)\b",
)
_REMOTE = re.compile(
    r"\b(?:remote(?:ly)?|wfh|work(?:ing)? from home|telecommut\w+|distributed team|work from anywhere)\b"
    r"(?!\.\w|[ -](?:sens|control|monitor|desktop|patient|access|care|work tool|support|team (?:tool|platform)))",
)
_ONSITE = re.compile(r"\b(?:on-?site|in[ -]office|in[ -]person|on location)\b")

_SAID = {
    "remote": (
        "fully remote, 100% remote, remote position, remote role, remote job, remote-first, remote first, remote only, "
        "remote-only, is a remote, are remote, completely remote, all-remote, work from anywhere, work remotely, "
        "working remotely, remote ok, remote is ok, remote friendly, remote-friendly, open to remote, "
        "remote candidates, remote possible, remote work is possible, remote welcome, entirely remote"
    ),
    "hybrid": (
        "hybrid work, hybrid role, hybrid position, hybrid schedule, hybrid model, hybrid remote, remote hybrid, "
        "partially remote, days in the office, days in office, days per week in the office, days a week in the office, "
        "days from home, days remote"
    ),
    "onsite": (
        "no remote, not remote, on-site only, onsite only, on-site position, onsite position, on-site role, "
        "onsite role, is on-site, is onsite, not a remote, remote not, not offer remote, must work on-site"
    ),
    "full_time": (
        "full-time position, full time position, full-time role, full time role, full-time job, is a full-time, "
        "is a full time, full-time employee, full-time permanent, permanent full-time, employment type: full-time, "
        "employment type: full time, job type: full-time, job type: full time"
    ),
    "part_time": (
        "part-time position, part time position, part-time role, part time role, is a part-time, is a part time, "
        "employment type: part-time, job type: part-time"
    ),
    "contract": (
        "contract position, contract role, is a contract, contract to hire, contract-to-hire, month contract, "
        "independent contractor, freelance position, freelance role, job type: contract, employment type: contract"
    ),
    "temporary": "temporary position, temporary role, fixed-term, fixed term contract, is a temporary, maternity cover",
    "internship": "internship position, this internship, summer internship, is an internship, paid internship",
}
_PHRASES = [(phrase, kind) for kind, phrases in _SAID.items() for phrase in phrases.split(", ")]
_IN_TEXT = AhoCorasick([phrase for phrase, _ in _PHRASES])
WORKPLACES_SAID = ("onsite", "hybrid", "remote")
"""In the order in which they win where a text says several: what limits the choice is said on purpose."""
_KIND = re.compile(
    r"\b(?:(?P<full_time>full[ -]?time|permanent|ft)|(?P<part_time>part[ -]?time)|"
    r"(?P<temporary>temporary|fixed[ -]term|seasonal)|(?P<internship>interns?|internships?|co-?op|working student)|"
    r"(?P<contract>(?<!smart )contract(?:ors?|ing)?|freelanc\w+|c2c|corp[ -]to[ -]corp))\b"
)


def work_of(text: str, titles: Sequence[str], header_end: int) -> tuple[str, str]:
    """Returns workplace and kind of employment (vocabulary.WORKPLACES, vocabulary.EMPLOYMENT_TYPES).

    The header and titles decide; where they say nothing, phrases of the text that speak of the job do.
    """
    head = (text[:header_end] or "\n".join(titles)).lower()
    workplace, kinds = _workplace(head), {match.lastgroup for match in _KIND.finditer(head)}
    if workplace == "unknown" or not kinds:
        said = {_PHRASES[number][1] for number, _, _ in _IN_TEXT.find_matches_as_indexes(text.lower())}
        if workplace == "unknown":
            workplace = next((place for place in WORKPLACES_SAID if place in said), "unknown")
        kinds = kinds or said - set(WORKPLACES_SAID)
    return workplace, kinds.pop() if len(kinds) == 1 else "unknown"


def _workplace(head: str) -> str:
    """Of a header in lower case."""
    is_remote = "remote" in head or "wfh" in head
    if (is_remote or "hybrid" in head or "days" in head) and _HYBRID.search(head):
        return "hybrid"
    if (is_remote or "site" in head) and _NOT_REMOTE.search(head):
        return "onsite"
    if _REMOTE.search(head):
        return "remote"
    return "onsite" if _ONSITE.search(head) else "unknown"
