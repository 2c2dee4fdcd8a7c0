"""What an advert says is not needed or not used."""

import re
from bisect import bisect_right

from transforms.section import section_of_heading
from transforms.sign import Signs
from transforms.text import fold

_NEGATION_SIGNS = Signs(
    ("no ", "nobody ", "not ", "not, ", "n't ", "n't, ", "without ", "never ", "instead of", "rather than",
     "as opposed to", "moving away", "moved away", "moving off ", "moved off ", "dropped ", "ditch", "got rid of",
     "phas", "migrat", "neither", "left ", "replaced ", "replacing ", "moving from", "switching from", "moved from",
     "switched from", "(not ", "used to ")
)  # fmt: skip
_NEGATION_BEFORE = re.compile(
    r"(?:\bnot|n['’]t) (?:work (?:in|with)|use|touch) (?:is|are)\b|"
    r"\b(?:no|without|never|not)\b(?: require)?(?: any)? (?:(?!but\b)[\w-]+ ){0,3}?(?:experience|"
    r"knowledge|background|expertise)"
    r" (?:with|in|of|using)\b|\bnot an? (?=[\w.+#]+ (?:role|job|position|shop|house)\b)|"
    r"(?:\bnot|(?<!\bca)n['’]t)(?:, however,| currently| need to| have to)? (?:be )?(?:use|using|write|writing|"
    r"looking for|"
    r"work with|working with|know|have(?! to)|a fan of|do any|do)\b|\bno need (?:for|to know|of)\b|"
    r"(?:\bnot|n['’]t|\bnever)(?: have to| need to| ever)? "
    r"(?:touch|touched|need|expect|require|used|tried|seen|worked with)\b|\bnever use\b|"
    r"\bneither\b[^.;,]{0,30}?\bneeds?\b|\bneither (?=[\w.+#/-]+(?: [\w.+#-]+)? nor\b)|"
    r"\bno (?=(?:(?:prior|legacy|more|previous) )?[\w.+#/-]+(?: (?:or|and|nor) (?!no\b)[\w.+#/-]+|"
    r" skills?| knowledge| experience| code(?: ?base)?| stuff)?"
    r"(?:[,.;!?)]|\n|$| and no\b| please| here\b| yet\b| at all\b|"
    r" (?:is|are)? ?(?:required|needed|necessary|expected)| in (?:our|the|this) (?:stack|code ?base|team)\b))|"
    r"(?:\bnot|n['’]t) (?:matter|care) (?:if|whether|that|about)\b|"
    r"\breplac(?:ed|ing) (?=[\w.+#-]+(?: \w+)? (?:with|by)\b)|"
    r"(?:(?<=\bwe are )|(?<=\bwe're )|(?<=\bwe have )|(?<=\bwe've )|(?<=\bwe )|(?<=\bnow )|(?<=\bcurrently ))"
    r"(?:migrat|mov|switch)(?:ed|ing) from (?=[^.;,\n]{1,40} to\b)|"
    r"\(not (?!only\b|just\b|merely\b|limited\b|necessarily\b|strictly\b|required\b|needed\b|essential\b|"
    r"mandatory\b|necessary\b|expected\b|to\b|an?\b|the\b|all\b|so\b|that\b)|"
    r"\b(?:instead of|rather than|as opposed to|mov(?:ing|ed) (?:away from|off(?: of)?)(?= )|"
    r"ditch(?:ed|ing)|got rid of|phas(?:ed|ing) out)\b|"
    r"\bdropped (?=[\w.+#]+ (?:for|in favou?r of|entirely|completely|long ago|last)\b)|"
    r"\bno longer us(?:e|ing)\b|"
    r"(?:(?<=\bwe )|(?<=\bthey ))used to (?:use|run on|run|write|be on|host on)\b|\bmigrat\w+ (?:off|away from)\b|"
    r"\bno (?:use|need|room|love|plans?) for\b|\bleft (?=[\w.+#]+ behind\b)|"
    r"(?:(?<=[.!?] )|(?<=\n))not (?=[\w.+#/-]+(?: or [\w.+#/-]+)?(?:[.!]|\n|$))|"
    r"\bnobody(?: here)? (?:uses|writes|touches)\b(?! (?:better|faster|more)\b)|"
    r"(?<=, )not (?!only\b|just\b|merely\b|limited\b|necessarily\b|required\b|needed\b|"
    r"to\b|an?\b|the\b|all\b|so\b|that\b)"
)
NOT_NEEDED_AFTER = re.compile(
    r" (?:is|are) not(?=[.;!]|\n|$)| (?:is|are), [^.;,\n]{1,30}, not needed\b|"
    r" (?:developers?|engineers?|programmers?|devs?|experts?|people|fans) need not apply\b|"
    r"(?:(?: (?!and\b|but\b|or\b)\w+){0,3} (?:(?:is|are)(?: absolutely)? not|isn't|aren't|isn’t|aren’t|"
    r"not)|, not| \(not) (?:strictly )?"
    r"(?:required|needed|necessary|essential|a requirement|mandatory|expected)\b"
    r"(?!.{0,40}\b(?:plus|bonus|nice|advantag\w+|help\w*|prefer\w*|welcome|beneficial|ideal\w*|great)\b)"
)
_UNNEEDED_SIGNS = Signs(
    ("t required", "t needed", "t necessary", "t essential", "t a requirement", "t mandatory",
     "t strictly ", "t expected", "need not apply", " not.", " not;", " not!", " not\n")
)  # fmt: skip


def says_unneeded(text: str) -> bool:
    """Whether NOT_NEEDED_AFTER can match anywhere: one scan in place of an expression per match."""
    return _UNNEEDED_SIGNS.are_in(text) or fold(text).endswith(" not")


_SHORT_CUE = re.compile(
    r"instead of|rather than|as opposed to|used to |mov(?:ing|ed) (?:away from|off)|ditch|got rid|phas|dropped|"
    r"no longer|migrat|replac|(?:mov|switch)\w+ from|\(not|neither|left|not $|"
    r"no (?:use|need|room|love|plans?) for|"
    r"no (?!.*(?:experience|knowledge|background|expertise) )|"
    r".*(?:touch|touched|need|expect|require|used|tried|seen|worked with)$"
)
_SCOPE_END = re.compile(r"\n|[.;!?](?:\s|$)|\bbut\b|, (?:only|just|instead|rather)\b|: | [-–—] ")
_EXCLUDES = re.compile(
    r"\b(?:not|n['’]t) be (?:considered|accepted|shortlisted)\b|"
    r"\b(?:please do not|please don['’]t|do not|don['’]t|should not|shouldn['’]t|need not|needn['’]t) apply\b|"
    r"\b(?:is not|isn['’]t|is probably not) (?:the (?:job|role) )?for you\b"
)
"""Who lacks it is not wanted: "candidates without experience in Java will not be considered"."""
_EXCLUSION_SIGNS = Signs(("t apply", "t be considered", "t be accepted", "t be shortlisted", " for you"))
_SENTENCE_ENDS = ("\n", ". ", "; ", "! ", "? ")
_SENTENCE_END = re.compile(r"\n|[.;!?](?:\s|$)")
_SHORT_SCOPE_END = re.compile(
    r"[,.;!?)\n]|: | [-–—] |\bbut\b|\band (?:now |today )?(?:know|write|use|run|work|want|need|have)\b|"
    r"\b(?:we|you|our|is|are|to|into|for|behind)\b|(?<!work )(?<!working )\b(?:with|by)\b"
)

_LIST_SIGNS = Signs(("won't have", "not required", "not needed", "t need", "t use", "t require", "t expect"))
_NEGATED_LIST = re.compile(
    r"^[-–—*•#\s]*(?:won['’]t[ -]haves?|(?:skills )?not (?:required|needed)|"
    r"(?:what |things )?(?:you|we) (?:do not|don['’]t) (?:need|use|require|expect)(?: (?:you )?to (?:have|know|be))?)"
    r"[ :*]*\n",
    re.MULTILINE,
)
"""A heading whose list is of what is not asked for."""
_ITEM = re.compile(r"[^\n]{1,80}(?:\n|$)")
_BULLET = re.compile(r"[-–—*•]\s")
_LONGEST_LIST = 12

_LONGEST_SCOPE = 400
"""Characters a negation reaches where nothing ends its sentence: with no limit time grows by the square."""


def negated_stretches(text: str) -> list[tuple[int, int]]:
    """Stretches after a negation, up to the end of what it can mean, in order of where they begin."""
    folded = fold(text)
    stretches = _negated_lists(text)
    begins, ends = _exclusions(folded) if _EXCLUSION_SIGNS.are_in(text) else ([], [])
    for start in _NEGATION_SIGNS.starts(text):
        cue = _NEGATION_BEFORE.match(folded, start)
        if cue:
            short = _SHORT_CUE.match(cue[0]) is not None
            begin = cue.end() + folded.startswith(":", cue.end())  # "We don't use: Java"
            furthest = min(begin + _LONGEST_SCOPE, len(text))
            end = (_SHORT_SCOPE_END if short else _SCOPE_END).search(folded, begin, furthest)
            last = bisect_right(begins, start) - 1
            if last < 0 or start >= ends[last]:
                stretches.append((cue.end(), end.start() if end else furthest))
    return sorted(stretches)


def _exclusions(folded: str) -> tuple[list[int], list[int]]:
    """Where the sentences begin and end that say that who lacks it is not wanted."""
    begins, ends = [], []
    for found in _EXCLUDES.finditer(folded):
        low = max(0, found.start() - _LONGEST_SCOPE)
        begins.append(max(folded.rfind(sign, low, found.start()) for sign in _SENTENCE_ENDS) + 1)
        end = _SENTENCE_END.search(folded, found.end(), found.end() + _LONGEST_SCOPE)
        ends.append(end.start() if end else found.end() + _LONGEST_SCOPE)
    return begins, ends


def _negated_lists(text: str) -> list[tuple[int, int]]:
    """The lists under "Won't have" and "You don't need": up to a line that is no item, or begins another part."""
    if not _LIST_SIGNS.are_in(text):
        return []
    folded = fold(text)
    found = []
    for heading in _NEGATED_LIST.finditer(folded):
        end = heading.end()
        is_bulleted = _BULLET.match(folded, end) is not None
        for _ in range(_LONGEST_LIST):
            item = _ITEM.match(folded, end)
            line = item[0].strip() if item else ""
            if item is None or line.endswith(":") or (is_bulleted and not _BULLET.match(line)):
                break
            if not is_bulleted and section_of_heading(line.strip(" -–—*•#.")):
                break
            end = item.end()
        found.append((heading.end(), end))
    return found
