"""Whose dollar a bare `$` is, and whose `¥`, told from the places an advert names."""

import re

from transforms.text import fold

_STATES = (
    "AL|AK|AZ|AR|CO|CT|DE|FL|GA|HI|IA|ID|IL|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|PA|RI|"
    "SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY"
)
"""Postal codes of the states but California's, which is Canada's country code too."""

_COUNTRIES = {
    "USD": r"USA?\b|U\.S\.(?:A\.)?|United States|America\b|NYC|New York|San Francisco|SF\b|Bay Area|Silicon Valley|"
    r"Palo Alto|Mountain View|Oakland|Berkeley|San Jose|Los Angeles|LA\b|Santa Monica|San Diego|Seattle|Bellevue|"
    r"Portland|Boston|Chicago|Austin|Dallas|Houston|Denver|Boulder|Atlanta|Miami|Philadelphia|Pittsburgh|Washington|DC\b|"
    r"Brooklyn|Manhattan|Salt Lake|Minneapolis|Detroit|Nashville|Raleigh|Charlotte|Phoenix|St\.? Louis|Baltimore|"
    r"Cincinnati|Columbus|Indianapolis|Kansas City|Redwood City|Menlo Park|Sunnyvale|Santa Clara|California|Texas|"
    r"Virginia|Colorado|Massachusetts|North Carolina|Utah|Oregon|Florida|Illinois|Ohio|Georgia|Michigan|Arizona|"
    rf"Tennessee|(?:{_STATES})\b(?<=, ..)|CA\b(?<=, ..)(?!,? Canada)",
    "CAD": r"Canada|CAN\b|Canadian|Toronto|Vancouver|Montr[eé]al|Ottawa|Calgary|Waterloo|Edmonton|Victoria, BC|"
    r"(?:ON|BC|QC|AB)\b(?<=, ..)|Ontario|Qu[eé]bec",
    "AUD": r"Australia|Sydney|Melbourne|Brisbane|Perth\b|Adelaide|Canberra|AUS\b|NSW\b",
    "NZD": r"New Zealand|Auckland|Wellington\b|NZ\b",
    "SGD": r"Singapore",
    "HKD": r"Hong Kong",
    "": r"Mexico|Chile|Colombia|Argentina|Taiwan|Buenos Aires|Bogot[aá]|Santiago|Taipei",
}
_PLACES = [(currency, re.compile(rf"\b(?:{places})")) for currency, places in _COUNTRIES.items()]
_ONLY_THERE = [
    ("USD", ("401", "w2", "w-2", "1099", "h1b", "h-1b", "us citizen", "usa", "united states", "u.s."),
     re.compile(r"\b(?:401\s?\(?k|W-?2\b|1099\b|H-?1B|US citizens?|USA\b|United States|U\.S\.)", re.IGNORECASE)),
    ("USD", ("US",), re.compile(r"\bUS(?:[- ](?:only|based|remote|residents?|timezones?|time zones?)|\))|"
                                r"\b[Rr]emote,? (?:in |within )?(?:the )?US\b")),
    ("CAD", ("canad",), re.compile(r"\bCanada|Canadian", re.IGNORECASE)),
    ("AUD", ("australia",), re.compile(r"\bAustralia", re.IGNORECASE)),
    ("NZD", ("new zealand",), re.compile(r"\bNew Zealand", re.IGNORECASE)),
    ("SGD", ("singapore",), re.compile(r"\bSingapore", re.IGNORECASE)),
]  # fmt: skip
"""Words that one country alone knows. Of the plain ones before them (capitals: as written) one stands in each
match: an expression takes 100 us to find nothing in a long advert, a plain word 2."""


_STATE = re.compile(rf", (?:{_STATES}|CA)\b(?!,? Canada)")
_CITY = re.compile(r"\b[A-Z][a-z]+$")
_LONGEST_CITY = 40


def _names_city(text: str) -> bool:
    """Whether a town stands with its state: looked for by the comma, of which there are fewer than of words."""
    return any(
        _CITY.search(text, max(0, state.start() - _LONGEST_CITY), state.start())
        for state in _STATE.finditer(text)
    )


_YEN_OR_YUAN = {
    "JPY": re.compile(r"\b(?:Japan|Tokyo|Osaka|Kyoto|Fukuoka|Yokohama|Nagoya|Sapporo)"),
    "CNY": re.compile(r"\b(?:China|Beijing|Shanghai|Shenzhen|Hangzhou|Guangzhou|Chengdu)"),
}


_RUPEES = {
    "INR": re.compile(
        r"\b(?:India|Bengaluru|Bangalore|Mumbai|Delhi|Hyderabad|Chennai|Pune|Kolkata|Noida|Gurgaon|Gurugram)\b"
    ),
    "PKR": re.compile(r"\b(?:Pakistan|Karachi|Lahore|Islamabad)\b"),
    "LKR": re.compile(r"\b(?:Sri Lanka|Colombo)\b"),
    "NPR": re.compile(r"\b(?:Nepal|Kathmandu)\b"),
    "MUR": re.compile(r"\bMauritius\b"),
}


def rupee_currency(text: str) -> str | None:
    """Returns the currency of bare rupees by the only country of theirs an advert names, else None."""
    named = [currency for currency, places in _RUPEES.items() if places.search(text)]
    return named[0] if len(named) == 1 else None


def yuan_or_yen(text: str) -> str | None:
    """Returns the currency of a bare ¥ by the only one of the two countries an advert names, else None."""
    named = [currency for currency, places in _YEN_OR_YUAN.items() if places.search(text)]
    return named[0] if len(named) == 1 else None


def dollar_currency(text: str, header_end: int) -> str | None:
    """Returns the ISO code of the dollar of the only dollar country an advert names; None if none or several."""
    named = dollars_named(text, header_end)
    return (next(iter(named)) or None) if len(named) == 1 else None


def dollars_named(text: str, header_end: int) -> frozenset[str]:
    """Returns the currencies of the dollar countries an advert names; of those without an own sign, empty.

    The header decides; where it names none, a town with its state, or words that only one country
    knows ("401(k)").
    """
    header = text[:header_end]
    named = {currency for currency, places in _PLACES if places.search(header)}
    if not named and _names_city(text):
        named = {"USD"}
    return frozenset(named or _named_alone(text))


def _named_alone(text: str) -> set[str]:
    folded = fold(text)
    return {
        currency
        for currency, signs, words in _ONLY_THERE
        if any(sign in (text if sign.isupper() else folded) for sign in signs) and words.search(text)
    }
