"""From a source's markup to plain text whose blocks stand on their own lines."""

import html
import re
import unicodedata
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

BLOCK_TAGS = (
    "address|article|aside|blockquote|br|dd|details|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li"
    "|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_BLOCK_TAG = re.compile(rf"<(?=/?(?:{BLOCK_TAGS})\b)", re.IGNORECASE)
_LAYOUT_TAG = re.compile(r"<(?:br|li|div|h[1-6]|td)\b", re.IGNORECASE)
_LEFT_OVER_TAG = re.compile(
    rf"</?(?:{BLOCK_TAGS}|span|strong|b|i|em|a|u|font)\b[^<>]{{0,300}}>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d?);")
_SILENT_TAGS = ["script", "style", "noscript", "template", "head", "svg", "textarea", "iframe"]
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_LINE_END = re.compile("[\r\x0c\x85\u2028\u2029]")
_ODD_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_USUAL = bytes(range(0x20, 0x7F)) + b"\n"
"""What most texts consist of; only the few other characters need a look (see _unusual)."""

_ASCII = bytes(range(128))

_ENTITIES = (("&#x27;", "'"), ("&#x2F;", "/"), ("&quot;", '"'), ("&gt;", ">"), ("&lt;", "<"))
"""The commonest entities: a plain replace costs a tenth of what html.unescape takes for each."""

_BULLETS = "•●▪‣◦∙■►➢"
_INLINE_BULLET = re.compile(f" (?=[{_BULLETS}] )")
_GLUED = re.compile(
    r"(?:Experienced?|Strong|Ability|Able|Knowledge|Proficien(?:t|cy)|Familiar(?:ity)?|"
    r"Excellent|Bachelor|Master|Work(?:ing)?|You|We|The|Our|This|Responsib(?:le|ilities)|Requirements|"
    r"Qualifications|Preferred|Minimum|Required|Desired|Benefits|Perks|Equal|Develop(?:ing)?|Design|Build|Must|"
    r"Demonstrated|Degree|About|What|Who|Why|Skills|Understanding|Create|Lead|Manage|Support|Provide|Ensure|"
    r"Perform|Collaborate|Additional|Job|Education|Nice|Bonus|Help|Passion|Comfortable|Solid|Proven|Good|Deep|"
    r"Assist|Analyze|Identify|Partner|Conduct)\b"
)
"""Where a source dropped its tags without a separator ("skillsExperience"): a block begins at such a word."""

_NAME_ENDING = re.compile(
    r"(?:Ability|Assist|Benefits|Build|Create|Design|Education|Ensure|Help|Job|Lead|Manage|Master|Partner|Perform|Solid|"
    r"Support|Work)\b"
)
"""Of _GLUED those that end names: behind a word with a capital they are one ("InDesign", "CodeBuild")."""
_GLUED_BEGINNINGS = frozenset(re.findall("[A-Z][a-z]", _GLUED.pattern))
"""Of the words of _GLUED: few capitals behind a letter begin so."""
_CASES = bytes(
    ord("a")
    if chr(code) in "abcdefghijklmnopqrstuvwxyz.!?;:)"
    else ord("A")
    if chr(code).isupper()
    else ord(" ")
    for code in range(128)
) + bytes(128)
"""A letter or sign that may stand before a glued word as "a", a capital as "A": where these meet is found at once."""

_MAX_TAGS = 50_000
"""More tags than any advert has: such markup is stripped with a regex, since the parser takes seconds
over it and deep nesting can exhaust its stack."""

_SIMPLE_BREAK = re.compile(r"<(?:/?(?:p|pre|ul|ol|li)|br ?/?)>")
_SIMPLE_INLINE = re.compile(r'<(?:/?(?:i|b|em|strong|code|a)|a(?: (?:href|rel|target|class)="[^"<>]*")+)>')
"""The few tags of most boards; text with no others needs no parser (9 us against 100 us an advert)."""

_ALL_TAGS = re.compile(r"<[^<>]*>")


def clean(text: str | None, text_format: str) -> str:
    """Returns the text without markup: one block a line, single spaces, no control or zero-width characters.

    ``text_format`` is one of vocabulary.TEXT_FORMATS. Entities are unescaped once; what still looks
    like markup afterwards was escaped twice and is read once more. Any text goes through: unclosed
    tags, binary rubbish, lone surrogates. Raises ValueError for an unknown format.
    """
    if text_format not in ("plain", "html", "escaped_html"):
        raise ValueError(f"text_format {text_format!r} is unknown; use plain, html or escaped_html")
    if not text:
        return ""
    if text_format == "plain" and "&" not in text:
        return _tidy(_unglued(_plain(text)))
    text = _visible(text)
    if text_format == "escaped_html":
        text = _unescaped(text)
    if text_format == "plain":
        text = html.unescape(text) if _ENTITY.search(text) else text
    else:
        text = _without_markup(text)
        if 0 < text.count("<") <= _MAX_TAGS and len(_LEFT_OVER_TAG.findall(text)) >= 2:
            text = _without_markup(text)
        elif "&" in text and _ENTITY.search(text):
            text = html.unescape(text)
    return _tidy(_unglued(_plain(text)))


def _unglued(text: str) -> str:
    """The text with each glued word on a line of its own, see _GLUED."""
    cases = text.encode("ascii", "replace").translate(_CASES)
    pieces: list[str] = []
    done = 0
    at = cases.find(b"aA")
    while at >= 0:
        start = at + 1
        if (
            text[start : at + 3] in _GLUED_BEGINNINGS
            and text[at].isascii()
            and _GLUED.match(text, start)
            and not _ends_name(text, start)
        ):
            pieces.append(text[done:start])
            done = start
        at = cases.find(b"aA", start)
    return "\n".join([*pieces, text[done:]]) if pieces else text


def _ends_name(text: str, start: int) -> bool:
    """Whether the word that begins here ends a name with a capital ("InDesign")."""
    begin = start
    while begin and text[begin - 1].isalpha():
        begin -= 1
    return begin < start and text[begin].isupper() and _NAME_ENDING.match(text, start) is not None


def _without_markup(text: str) -> str:
    if "<" not in text:
        return _unescaped(text)
    if text.count("<") > _MAX_TAGS:
        return html.unescape(_ALL_TAGS.sub("\n", text))
    # Most of what Hacker News has: paragraphs and links, found at half the price of all simple tags.
    simple = _SIMPLE_INLINE.sub("", text.replace("<p>", "\n"))
    if "<" not in simple:
        return _unescaped(simple)
    if _LAYOUT_TAG.search(text):
        # Authors who use layout tags wrap their source freely; without such tags (Hacker News) a
        # line end is all an author has.
        text = text.replace("\r", " ").replace("\n", " ")
    simple = _SIMPLE_INLINE.sub("", _SIMPLE_BREAK.sub("\n", text))
    if "<" not in simple:
        return _unescaped(simple)
    marked = _BLOCK_TAG.sub("\n<", text)
    tree = LexborHTMLParser(marked)
    if tree.body is None:
        return html.unescape(_ALL_TAGS.sub(" ", marked))
    tree.strip_tags(_SILENT_TAGS)
    return str(tree.body.text(deep=True, separator="", strip=False)) if tree.body is not None else ""


def _visible(text: str) -> str:
    """The text without characters nobody sees."""
    for char in _unusual(text):
        if _UNSEEN.match(char):
            text = text.replace(char, "")
    return text


def _plain(text: str) -> str:
    """The same with every line end a newline and every space a space."""
    for char in _unusual(text):
        if _UNSEEN.match(char):
            text = text.replace(char, "")
        elif _LINE_END.match(char):
            text = text.replace(char, "\n")
        elif _ODD_SPACE.match(char):
            text = text.replace(char, " ")
    return text


def _unusual(text: str) -> list[str]:
    """The distinct characters that are neither printable ASCII nor a newline, in order."""
    if text.isascii() and text.isprintable():
        return []
    rest = text.encode("utf-8", "surrogatepass").translate(None, _USUAL)
    return sorted(set(rest.decode("utf-8", "surrogatepass"))) if rest else []


def _unescaped(text: str) -> str:
    """The same as html.unescape: entities read once."""
    if "&" not in text:
        return text
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    if text.count("&") == text.count("&amp;"):
        return text.replace("&amp;", "&")
    return html.unescape(text)


def _tidy(text: str) -> str:
    """The blocks without what _plain has left: spaces at their ends, several in a row, empty lines."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if any(map(text.__contains__, _BULLETS)):
            text = _INLINE_BULLET.sub("\n", text)
    while "  " in text:
        text = text.replace("  ", " ")
    # Line by line: of long adverts half have empty lines, whose ends as pairs of signs took twice as long to replace.
    return "\n".join([line for each in text.split("\n") if (line := each.strip(" "))]).strip()


def wide(text: str) -> str:
    """Returns the characters of a text that are not ASCII."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """Returns the text in lower case with its length kept, so that offsets in both agree.

    Remembers the texts that are read together: sections, lexicon and negation each ask for that of the same advert.
    """
    if text.isascii():
        return text.lower()
    rest = wide(text)
    if rest == rest.lower():
        # Few texts hold a capital outside ASCII; of bytes the lower case costs a fourth.
        return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
