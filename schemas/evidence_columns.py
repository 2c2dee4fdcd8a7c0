"""Columns of the evidence registry that more than one table carries, declared once.

Names a finding shares with other tables (`unit`, `metric`, `n`, `ci_low` ...) keep their one meaning.
"""

from typing import Any

from schemas import evidence_vocabulary as words
from schemas.columns import SHA256, SLUG, column

DOI = r"^10\.[0-9]{4,9}/[^\sA-Z]+$"
STUDY_ID = r"^[A-Z][A-Za-z0-9]+$"
FINDING_ID = r"^[A-Z][A-Za-z0-9]+-[A-Za-z0-9_]+$"


def study_id() -> Any:
    return column("Study, by short name", str_matches=STUDY_ID)


def study_title() -> Any:
    return column("Title of the study", str_length={"min_value": 1})


def authors() -> Any:
    return column("Authors, or the body that speaks", str_length={"min_value": 1})


def year() -> Any:
    return column("Year of the version read", unit="year", ge=1900, le=2100)


def venue() -> Any:
    return column("Where it appeared", str_length={"min_value": 1})


def doi() -> Any:
    return column("DOI, lower case", nullable=True, str_matches=DOI)


def url() -> Any:
    return column("Address of the source where it has no DOI, or beside it", nullable=True)


def design() -> Any:
    return column("How the study was made", isin=words.DESIGNS)


def sponsor() -> Any:
    return column("Who made or paid for it, where it has a stake", nullable=True)


def is_vendor() -> Any:
    return column("The sponsor sells what the study speaks of")


def vendor_disclosure() -> Any:
    return column("Stake of the sponsor, shown wherever the number is", nullable=True)


def study_status() -> Any:
    return column("Where the study stands in the record", isin=words.STUDY_STATUSES)


def superseded_by() -> Any:
    return column("Study that replaced this version", nullable=True, str_matches=STUDY_ID)


def sample_group() -> Any:
    return column("Sample; studies of one group are not independent", str_matches=SLUG)


def preregistered() -> Any:
    return column("Registered before the data were seen; null where not known", nullable=True)


def content_sha256() -> Any:
    return column("SHA-256 of the page as read, for sources without DOI", nullable=True, str_matches=SHA256)


def finding_id() -> Any:
    return column("Finding: study and a short name", str_matches=FINDING_ID)


def claim(*, nullable: bool = False) -> Any:
    return column("Claim by slug", nullable=nullable, str_matches=SLUG)


def claim_type(*, nullable: bool = False) -> Any:
    return column("What the claim is about", nullable=nullable, isin=words.CLAIM_TYPES)


def cohort(*, nullable: bool = False) -> Any:
    return column("Group of people by slug", nullable=nullable, str_matches=SLUG)


def population(*, nullable: bool = False) -> Any:
    return column("Whom the number was found on", nullable=nullable)


def country() -> Any:
    return column("Country, ISO 3166-1 alpha-2", nullable=True, str_matches=r"^[A-Z]{2}$")


def countries() -> Any:
    return column("Countries where there are several and the source names them, ISO 3166-1 alpha-2")


def outcome() -> Any:
    return column("What was observed", str_length={"min_value": 1})


def exposure(*, nullable: bool = False) -> Any:
    return column("What the first group has", nullable=nullable)


def comparison(*, nullable: bool = False) -> Any:
    return column("What it is set against", nullable=nullable)


def metric() -> Any:
    return column("What is estimated", isin=words.FINDING_METRICS)


def unit() -> Any:
    return column("Unit of the value", nullable=True, isin=words.FINDING_UNITS)


def estimate() -> Any:
    return column("The number, sign included, as the source means it", unit="see unit", nullable=True)


def estimate_high() -> Any:
    return column("Upper end where the source gives a range", unit="see unit", nullable=True)


def estimate_bound() -> Any:
    return column("Whether the number is a bound", isin=words.ESTIMATE_BOUNDS)


def estimate_basis() -> Any:
    return column("Printed by the source, or computed from its data", isin=words.ESTIMATE_BASES)


def direction() -> Any:
    return column(
        "Direction the source reports where it prints no number", nullable=True, isin=words.DIRECTIONS
    )


def legal_status() -> Any:
    return column("Stage of a legal source", nullable=True, isin=words.LEGAL_STATUSES)


def ci_low() -> Any:
    return column("Lower end of the interval", unit="see unit", nullable=True)


def ci_high() -> Any:
    return column("Upper end of the interval", unit="see unit", nullable=True)


def se() -> Any:
    return column("Standard error", unit="see se_scale", nullable=True, gt=0)


def se_scale() -> Any:
    return column(
        "Scale of the standard error: that of the unit, or the log of a ratio",
        nullable=True,
        isin=words.SE_SCALES,
    )


def p() -> Any:
    return column("Two-sided p value", unit="probability", nullable=True, ge=0, le=1)


def p_tests() -> Any:
    return column("What the p value tests", nullable=True, isin=words.P_TESTS)


def n() -> Any:
    return column(
        "Observations behind the number; its numerator where it is a share counted here",
        unit="see n_unit",
        nullable=True,
        ge=0,
    )


def n_unit() -> Any:
    return column("What n counts", nullable=True)


def denominator() -> Any:
    return column("What the value is a share of, in words", nullable=True)


def ai() -> Any:
    return column("Events in the exposed arm", unit="see n_unit", nullable=True, ge=0)


def n1i() -> Any:
    return column("Members of the exposed arm", unit="see n_unit", nullable=True, ge=0)


def ci() -> Any:
    return column("Events in the comparison arm", unit="see n_unit", nullable=True, ge=0)


def n2i() -> Any:
    return column("Members of the comparison arm", unit="see n_unit", nullable=True, ge=0)


def clustering() -> Any:
    return column("Whether the interval takes clustering into account", isin=words.CLUSTERINGS)


def attribute_randomised() -> Any:
    return column("Whether the exposure was assigned at random", isin=words.RANDOMISED)


def modality() -> Any:
    return column("How the source asserts it", isin=words.MODALITIES)


def better_if() -> Any:
    return column("Which way is good for the person concerned", isin=words.BETTER_IF)


def locator() -> Any:
    return column("Place in the source: page, table, row", str_length={"min_value": 1})


def read_at() -> Any:
    return column("Address at which the number was read", str_length={"min_value": 1})


def stated() -> Any:
    return column("The number as the source prints it", nullable=True)


def source_level() -> Any:
    return column("How near to the primary source it was read", isin=words.SOURCE_LEVELS)


def coder() -> Any:
    return column("Who entered it", str_length={"min_value": 1})


def second_coder() -> Any:
    return column("Who entered it again, independently", nullable=True)


def verified_on() -> Any:
    return column("Day the entry was last checked", unit="date")


def replicated_by() -> Any:
    return column("Studies of the same claim on other samples, by study_id")


def contradicted_by() -> Any:
    return column("Studies that found the opposite, by study_id")


def note() -> Any:
    return column("What a reader of the entry should know", nullable=True)


def is_effect() -> Any:
    return column("The number is an effect of the exposure")


def flags() -> Any:
    return column("Warnings that travel with the number, sorted")


def power() -> Any:
    return column(
        "Chance of finding the pooled effect, else the claim's smallest effect of interest",
        unit="probability",
        nullable=True,
        ge=0,
        le=1,
    )


def minimal_detectable_effect() -> Any:
    return column(
        "Effect found with a chance of 80 %, on the scale of the measure", unit="see measure", nullable=True
    )


def replication_count() -> Any:
    return column(
        "Independent replications; null until a search for them is logged",
        unit="studies",
        nullable=True,
        ge=0,
    )


def n_same_sign() -> Any:
    return column("Other samples with the same sign", unit="samples", nullable=True, ge=0)


def n_significant() -> Any:
    return column("Of those, significant at 5 %", unit="samples", nullable=True, ge=0)


def n_inside_prediction() -> Any:
    return column(
        "Other samples inside the 95 % prediction interval of this one", unit="samples", nullable=True, ge=0
    )


def n_contradicting() -> Any:
    return column("Other samples significant in the opposite direction", unit="samples", nullable=True, ge=0)


def told_by(*, isin: tuple[str, ...]) -> Any:
    return column("Service that says so", isin=isin)


def told_since(*, nullable: bool = False) -> Any:
    return column(
        "First day on which the service said so; every later check got the same answer",
        unit="date",
        nullable=nullable,
    )


def directness() -> Any:
    return column("How near the finding is to the skill or occupation", isin=words.DIRECTNESS)


def measure() -> Any:
    return column("Scale of yi", isin=words.MEASURES)


def display_short() -> Any:
    return column("One line made from the numbers, disclosure included", nullable=True)


def citation() -> Any:
    return column("How to cite the source", str_length={"min_value": 1})


def search_ids() -> Any:
    return column("Logged searches, sorted")


def n_findings() -> Any:
    return column("Findings entered", unit="findings", ge=0)


def n_published() -> Any:
    return column("Findings shown with their number", unit="findings", ge=0)
