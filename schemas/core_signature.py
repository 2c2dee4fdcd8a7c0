"""One row per posting version signed under a signature version."""

from schemas import columns
from schemas.table import ListOfInt, Table, keys


class CoreSignature(Table):
    """One row per posting version signed under a signature version."""

    posting_version: str = columns.posting_version()
    signature_version: str = columns.column("Version of the signature's rules", str_length={"min_value": 1})
    text_key: str = columns.column(
        "Hash of the cleaned text's words in order, case and punctuation aside; empty where it has none",
        str_matches=r"^([0-9a-f]{16})?$",
    )
    n_words: int = columns.column("Words of the cleaned text", unit="words", ge=0)
    shingles: ListOfInt = columns.column("Hashes of every three words in a row, distinct and ascending")
    bands: ListOfInt = columns.column("MinHash bands: texts that share one are compared")

    class Config:
        metadata = keys(
            ["posting_version", "signature_version"],
            words_have_a_key=(
                "(n_words > 0) = (text_key <> '')",
                "a text with words has a key, another none",
            ),
            words_have_shingles=(
                "(n_words > 0) = (len(shingles) > 0) AND (n_words > 0) = (len(bands) > 0)",
                "a text with words has shingles and bands, another none",
            ),
        )
