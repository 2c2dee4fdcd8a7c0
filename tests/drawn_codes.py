"""Codes of a drawn market's adverts, and the roles they are mapped to."""

from collections.abc import Mapping, Sequence

from tests.drawn_market import Market, estimate
from tests.drawn_tables import DrawnWarehouse

TAXONOMY = ("weight_taxonomy_member", "weight_taxonomy_part", "weight_taxonomy_share")
Codes = Mapping[str, Sequence[tuple[str, str, float]]]
"""Scheme, code and confidence of every advert of a family."""


def put_codes(
    drawn: DrawnWarehouse,
    market: Market,
    codes: Codes,
    mapped: Sequence[tuple[str, str, str]],
) -> None:
    """Estimate the market and fill what its taxonomy shares start from.

    ``mapped``: role, scheme, code.
    """
    estimate(drawn, market, only=TAXONOMY)
    drawn.load(
        "core_posting_code",
        [
            {"posting_id": f"posting {i}", "scheme": s, "occupation_code": c, "code_confidence": sure}
            for i, advert in enumerate(market.adverts)
            for s, c, sure in codes.get(advert.family, ())
        ],
    )
    drawn.load(
        "core_occupation_mapping",
        [{"occupation_id": role, "scheme": scheme, "code": code} for role, scheme, code in mapped],
    )
