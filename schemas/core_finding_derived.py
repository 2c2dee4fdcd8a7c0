"""One row per finding: what follows from the entry, rebuilt every run."""

from schemas import columns
from schemas import evidence_columns as evidence
from schemas import evidence_vocabulary as words
from schemas.table import ListOfText, Table, keys


class CoreFindingDerived(Table):
    """One row per finding: what follows from the entry, rebuilt every run."""

    finding_id: str = evidence.finding_id()
    is_effect: bool = evidence.is_effect()
    is_publishable: bool = columns.column("The number may stand in a release")
    is_reversed: bool = columns.column(
        "The finding sets the claim's two sides the other way round; yi is turned"
    )
    measure: str = evidence.measure()
    yi: float = columns.column(
        "Effect of the claim's exposure on the scale of the measure", unit="see measure", nullable=True
    )
    vi: float = columns.column("Sampling variance of yi", unit="see measure, squared", nullable=True, gt=0)
    vi_basis: str = columns.column("What vi was computed from, best first", isin=words.VI_BASES)
    yi_low: float = columns.column("Lower end of the 95 % interval of yi", unit="see measure", nullable=True)
    yi_high: float = columns.column("Upper end of the 95 % interval of yi", unit="see measure", nullable=True)
    sign: str = columns.column("What the finding says for the person concerned", isin=words.SIGNS)
    is_significant: bool = columns.column(
        "The 95 % interval of yi leaves out 0; null without interval", nullable=True
    )
    power: float = evidence.power()
    power_against: float = columns.column(
        "Effect the power speaks of, on the scale of the measure", unit="see measure", nullable=True
    )
    minimal_detectable_effect: float = evidence.minimal_detectable_effect()
    replication_count: int = evidence.replication_count()
    n_same_sign: int = evidence.n_same_sign()
    n_significant: int = evidence.n_significant()
    n_inside_prediction: int = evidence.n_inside_prediction()
    n_contradicting: int = evidence.n_contradicting()
    flags: ListOfText = evidence.flags()

    class Config:
        metadata = keys(
            ["finding_id"],
            variance_with_effect=("vi IS NULL OR yi IS NOT NULL", "a variance belongs to an effect"),
            only_effects_have_yi=("yi IS NULL OR is_effect", "only an effect is computed with"),
            interval_ordered=("yi_low <= yi AND yi <= yi_high", "an interval contains its estimate"),
        )
