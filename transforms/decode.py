"""Bytes to text: decompression, encodings, and text that was decoded wrongly before it came here."""

import codecs
import gzip
import io
import re
import zlib
from collections import Counter

from transforms.parsed import FileRejected

MAX_BYTES = 2 * 1024**3
"""A file that unpacks to more is refused: it would not fit into the memory a night may use."""

GZIP_MAGIC = b"\x1f\x8b"
WEB_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)

LEGACY_ENCODINGS = ("cp1252", "mac_roman")
TYPOGRAPHIC = frozenset("‘’“”–—•…")
"""What bytes above 127 mostly are in English text: the legacy encoding that yields more of it is the one."""

REPLACEMENT = "\ufffd"
MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]")
"""A UTF-8 lead byte and what follows it, both shown as Windows-1252 characters."""

WINDOWS_BYTES = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
LATIN_CHARACTERS = {character: chr(byte) for character, byte in WINDOWS_BYTES.items()}
"""Windows-1252's own characters to the Latin-1 character of the same byte, so that encoding never fails."""


def unpack(data: bytes, file: str) -> bytes:
    """Content of a posting file, unpacked where its name ends in ``.gz``.

    Raises FileRejected for an empty file, a broken or truncated gzip, one beyond MAX_BYTES, and a web page.
    """
    if not data:
        raise FileRejected(file, "empty_file", "the file is empty (0 bytes); fetch it again")
    content = _gunzip(data, file) if file.endswith(".gz") else data
    if not content.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise FileRejected(file, "empty_file", "the file holds nothing but blank space; fetch it again")
    if WEB_PAGE.match(content[:512]):
        raise FileRejected(
            file,
            "web_page",
            "the file is a web page, not data (an error page saved as a download?); fetch it again",
        )
    return content


def _gunzip(data: bytes, file: str) -> bytes:
    if not data.startswith(GZIP_MAGIC):
        raise FileRejected(
            file,
            "not_gzip",
            f"named .gz, but it is not gzip (it begins with {data[:8]!r}); fetch it again or name it right",
        )
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as unpacked:
            content = unpacked.read(MAX_BYTES + 1)
    except EOFError as error:
        raise FileRejected(
            file, "truncated_gzip", f"the gzip ends too early ({error}); fetch it again"
        ) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FileRejected(file, "broken_gzip", f"the gzip is broken ({error}); fetch it again") from error
    if len(content) > MAX_BYTES:
        raise FileRejected(
            file, "too_large", f"unpacks to more than {MAX_BYTES:,} bytes; split it into several files"
        )
    return content


def decode(data: bytes, declared: str | None, counts: Counter[str]) -> str:
    """Text of a file, without byte order mark and NUL characters.

    The declared encoding, else UTF-8, else the legacy encoding that reads best (``decoded_as_<encoding>``,
    1 per file). Bytes that don't decode become U+FFFD and are counted in ``undecodable_bytes``.
    """
    text = _decode_declared(data, declared, counts) if declared else _decode_guessed(data, counts)
    text = text.removeprefix("\ufeff")
    n_nul = text.count("\0")
    if n_nul:
        counts["nul_characters_removed"] += n_nul
        text = text.replace("\0", "")
    return text


def _decode_declared(data: bytes, declared: str, counts: Counter[str]) -> str:
    try:
        return data.decode(declared)
    except UnicodeDecodeError:
        return _replacing(data, declared, counts)


def _decode_guessed(data: bytes, counts: Counter[str]) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        counts["decoded_as_utf-16"] += 1
        return _decode_declared(data, "utf-16", counts)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        best = max(LEGACY_ENCODINGS, key=lambda encoding: _typographic(data, encoding))
        counts[f"decoded_as_{best}"] += 1
        return _replacing(data, best, counts)


def _typographic(data: bytes, encoding: str) -> int:
    high = data.translate(None, delete=bytes(range(128)))
    return sum(character in TYPOGRAPHIC for character in high.decode(encoding, "replace"))


def _replacing(data: bytes, encoding: str, counts: Counter[str]) -> str:
    """Decoded with U+FFFD for what is broken; each replaced byte is counted, not each replacement."""
    wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    # A decoding error carries a copy of all its input: by lines, a large file stays linear.
    pieces = [data] if wide else data.splitlines(keepends=True)
    return "".join(_replacing_piece(piece, encoding, counts) for piece in pieces)


def _replacing_piece(data: bytes, encoding: str, counts: Counter[str]) -> str:
    found: list[str] = []
    while data:
        try:
            return "".join(found) + data.decode(encoding)
        except UnicodeDecodeError as error:
            found.append(data[: error.start].decode(encoding) + REPLACEMENT)
            counts["undecodable_bytes"] += error.end - error.start
            data = data[error.end :]
    return "".join(found)


def unscramble(text: str) -> str:
    """The text with UTF-8 that was once read as Windows-1252 put right ("Ã©" is "é"), else as it was.

    Only where the whole text makes the way back and gets shorter: half a repair would be a guess.
    """
    if text.isascii() or not MOJIBAKE.search(text):
        return text
    try:
        repaired = text.translate(LATIN_CHARACTERS).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
    return repaired if len(repaired) < len(text) else text
