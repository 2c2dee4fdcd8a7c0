"""Words around amounts of money: which are pay, which are not, and for what period."""

import re

_WHOLE = r"ote|on[ -]target|total comp\w*|total package|total target|tc\b|ctc|package"
"""Pay with what is added to it."""
_NOT_BASE_BEFORE = (
    r"rais\w+|fund\w*|seed|series \w|round|revenue|arr\b|mrr\b|gmv|valu\w+|market|worth|invest\w*|sold|acquired|"
    r"backed|grant|prize|budget|stipend|allowance|reimburse\w*|bonus(?:es)? of|bonus|referral|refer|signing|sign-on|"
    r"equity|options|stock|spend\w*|sav(?:e|es|ing)\b|cost\w*|customers?|users?|process\w*|pric\w+|contribution|donat\w+|401|"
    r"relocation|visa|fee|billing|transactions?|"
    r"bounty|reward|giv(?:e|ing)|employees|people|team of|plus|houses?|homes?|rents?|loans?|from \$0"
)
_REACH = r"\b[^|\n.;!?]{0,28}$"
NOT_PAY_BEFORE = re.compile(rf"\b(?:{_NOT_BASE_BEFORE}|{_WHOLE}){_REACH}", re.IGNORECASE)
NOT_BASE_BEFORE = re.compile(rf"\b(?:{_NOT_BASE_BEFORE}){_REACH}", re.IGNORECASE)
BASE_BEFORE = re.compile(
    r"\b(?:base|basic)(?: (?:salary|pay|wage|rate|compensation))?(?: (?:is|of|from|up to|between|range))?\W{0,3}$",
    re.IGNORECASE,
)
BASE_AFTER = re.compile(
    r"^[ )]{0,2}(?:base|basic)\b(?!(?: (?:salary|pay|wage))?:?\s?(?:of )?[$€£\d])(?! (?:in|on|for)\b)",
    re.IGNORECASE,
)
BASE_WITHIN = re.compile(r"\b(?:base|basic)\b", re.IGNORECASE)
NOT_PAY_AFTER = re.compile(
    r"^[\s)(]*(?:(?:in|of|a|an|the|annual|yearly|for|towards?|worth|usd|our|your|per|employee|year|/|up|to|additional|"
    r"monthly|month)\s*)*(?:funding|seed|series|revenue|arr\b|mrr\b|sales|market|valuation|investment|budget|stipend|"
    r"allowance|bonus|referral|reimburse\w*|signing|sign-on|relocation|equity|options|stock|ote\b|on[ -]target|"
    r"total|tc\b|tcc\b|professional|learning|education\w*|training|conferences?|tuition|"
    r"wellness|gym|commut\w+|home|equipment|credit|match\w*|users|customers|people|companies|employees|downloads|requests|qps|"
    r"rps|stars|lines|tickets|devices|servers|nodes|packages?\b|transaction|savings|travel|personal|"
    r"commission|including|incl\b|inclusive|w/ bonus|all[ -]in)",
    re.IGNORECASE,
)
PAY_WORD = re.compile(
    r"^ ?(?:\+|plus) super\b|\b(?:salar\w+|compensation|comp|pay|pays|paying|paid|base|basic|rates?|wages?|"
    r"remuneration|earn\w*|gross|brutto|"
    r"offer(?:ing)?|range|band|\w{0,24}(?:gehalt|lohn|vergütung|salaris)|lön|lønn?|salario|sueldo|salaire)\b|"
    r"^\W*(?:do[ae]|obo)\b(?=\s*(?:$|[.,;)|/+–-]))|"
    r"\b(?:annual(?:ly)?|yearly|monthly|weekly|daily|hourly): ?$|^\W*depend\w+ on (?:your )?(?:experience|skills)\b",
    re.IGNORECASE,
)
PERIOD_BEFORE = re.compile(
    r"\b(?P<adverb>annual|yearly|monthly|weekly|daily|hourly) (?:base |gross )?(?:rate|salary|pay|wage|compensation)\b"
    r"[^.;|\n]{0,30}$|"
    r"\b(?P<alone>annual(?:ly)?|yearly|monthly|weekly|daily|hourly): ?$|"
    r"\b(?P<noun>day|hour) rate\b[^.;|\n]{0,30}$|"
    r"\b(?:brutto)?(?P<german>stunden|monats|jahres)(?:brutto|grund)?(?:lohn|gehalt|verdienst)\b[^.;|\n]{0,30}$",
    re.IGNORECASE,
)
_OF = r"(?: of| salary| pay| wage| rate| base)?"
UP_TO = re.compile(rf"\b(?:up\s?to|max(?:imum)?\.?{_OF}|under|to|tot|bis(?:\s?zu)?)\W{{0,3}}$", re.IGNORECASE)
FROM = re.compile(
    rf"\b(?:from|start(?:s|ing)?(?: (?:at|from|salary))?|min(?:imum)?\.?{_OF}|at least|over|above|"
    r"ab|vanaf|från|desde)\W{0,3}$",
    re.IGNORECASE,
)
_ALONE_BEFORE = re.compile(
    r"(?:^|[.!?|•]\s)\W{0,4}(?:up to|circa|ca?\.|approx\w*\.?|around)\W{0,2}$", re.IGNORECASE
)
_ALONE_AFTER = re.compile(r"^\+?\s*(?:$|[.|](?!\d))", re.IGNORECASE)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether "circa" or "up to" and an amount are the whole of a line or sentence, and the one before it speaks
    of no other money."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    after = text[end : min(end + 40, stop if stop >= 0 else len(text))]
    return bool(
        _ALONE_BEFORE.search(text[max(line, start - 60) : start])
        and _ALONE_AFTER.match(after)
        and not _OTHER_MONEY.search(text[max(0, start - 90) : start])
    )


_OTHER_MONEY = re.compile(rf"\b(?:{_NOT_BASE_BEFORE}|{_WHOLE})\b", re.IGNORECASE)
