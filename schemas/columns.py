"""Columns that more than one table carries, declared once, with meaning and unit.

``tests/schemas/test_columns.py`` fails when a name stands in two tables with two meanings.
"""

from typing import Any

import pandera.pyarrow as pa

from schemas import vocabulary

SHA256 = r"^[0-9a-f]{64}$"
SLUG = r"^[a-z0-9][a-z0-9._+#-]*$"
OCCUPATION_ID = r"^occ_[a-z2-7]{16}$"
SKILL_ID = r"^skl_[a-z2-7]{16}$"
POSTING_ID = r"^pst_[0-9a-f]{16}$"
FAMILY_ID = r"^fam_[0-9a-f]{16}(:[a-z0-9][a-z0-9._+#-]*)?$"
POSTING_VERSION = r"^[0-9a-f]{32}$"
SKILL_CLASS = r"^(ambiguous|plain|skill:[a-z0-9][a-z0-9._+#-]*)$"


def column(description: str, *, unit: str | None = None, **checks: Any) -> Any:
    """A declared column: description, unit (None where it has none) and pandera checks."""
    return pa.Field(description=description, metadata={"unit": unit}, **checks)


def snapshot_sha256() -> Any:
    return column("SHA-256 of the landed file the row was read from", str_matches=SHA256)


def source_id() -> Any:
    return column("Source as the drop's manifest names it", str_length={"min_value": 1})


def release() -> Any:
    return column("Release of the source as its manifest names it", str_length={"min_value": 1})


def file() -> Any:
    return column("Path of the file inside its drop folder")


def row_number(*, lowest: int = 1) -> Any:
    return column(
        "Position of the row in its file, the first data row being 1; 0 stands for the file as a whole",
        unit="row",
        ge=lowest,
    )


def posting_id() -> Any:
    return column("Posting: from the SHA-256 of source and source key", str_matches=POSTING_ID)


def source_posting_key() -> Any:
    return column("The source's own id of the posting, or a content hash where it gives none")


def posting_version() -> Any:
    return column(
        "Hash of title, company, format and text: what the reader has read", str_matches=POSTING_VERSION
    )


def reader_version() -> Any:
    return column("Hash of reader code, lexicon and reading rules", str_matches=r"^[0-9a-f]{16}$")


def title() -> Any:
    return column("Job title as the source gives it", nullable=True)


def place() -> Any:
    return column("Place as the source gives it", nullable=True)


def country() -> Any:
    return column("Country, ISO 3166-1 alpha-2", nullable=True, str_matches=r"^[A-Z]{2}$")


def first_seen_on() -> Any:
    return column(
        "Day the advert was first seen, posted where the source says so", unit="date", nullable=True
    )


def first_seen_basis() -> Any:
    return column("Where the first-seen day comes from", isin=vocabulary.FIRST_SEEN_BASES)


def last_seen_on() -> Any:
    return column("Last day the advert was seen open", unit="date", nullable=True)


def closes_on() -> Any:
    return column("Day the advert closes, where the source says so", unit="date", nullable=True)


def language() -> Any:
    return column("Language of the text", isin=vocabulary.LANGUAGES)


def n_characters() -> Any:
    return column("Length of the cleaned text", unit="characters", ge=0)


def employer_key() -> Any:
    return column("Normalised employer name; empty where unknown: all unknown ones count as one employer")


def family_id() -> Any:
    return column(
        "Family of adverts for the same job; `family:role` for the part of it that speaks of one role, "
        "where its adverts separate several",
        str_matches=FAMILY_ID,
    )


def family_part_id() -> Any:
    return column(
        "What counts in the role: the family, or its part `family:role` where an advert of it is separated",
        str_matches=FAMILY_ID,
    )


def spell_id() -> Any:
    return column("Run of word-for-word repeats; the id of the family it would begin", str_matches=FAMILY_ID)


def merged_with() -> Any:
    return column(
        "Posting it was found the same as; empty for the first", nullable=True, str_matches=POSTING_ID
    )


def family_method(methods: tuple[str, ...]) -> Any:
    return column("Rule that joined it to its family; `own`: the first there", isin=methods)


def family_score(*, nullable: bool) -> Any:
    return column(
        "Jaccard similarity that decided, 1 where the words are the same",
        unit="share",
        nullable=nullable,
        ge=0,
        le=1,
    )


def family_version() -> Any:
    return column("Version of the family rules", str_length={"min_value": 1})


def role_slugs() -> Any:
    return column("Roles the title or header names, by slug, sorted; `other` where none")


def seniority() -> Any:
    return column("Level the job is at", isin=vocabulary.SENIORITIES)


def seniority_basis() -> Any:
    return column(
        "What the level is told from: title, else the source's field, else years asked for; "
        "`several`: the title names levels far apart, so it is unknown",
        isin=vocabulary.SENIORITY_BASES,
    )


def years_min() -> Any:
    return column("Fewest years of experience asked for", unit="years", nullable=True, ge=0, le=25)


def pay_min() -> Any:
    return column("Lower end of the pay as stated", unit="pay_currency per pay_period", nullable=True, ge=0)


def pay_max() -> Any:
    return column("Upper end of the pay as stated", unit="pay_currency per pay_period", nullable=True, ge=0)


def pay_currency() -> Any:
    return column("Currency of the pay, ISO 4217", nullable=True, str_matches=r"^[A-Z]{3}$")


def pay_period() -> Any:
    return column("Period the pay is for", nullable=True, isin=vocabulary.PAY_PERIODS)


def pay_sign() -> Any:
    return column("Currency sign that several currencies share, where the text leaves it open", nullable=True)


def pay_kind() -> Any:
    return column(
        "How the pay is known; predicted pay is never used", nullable=True, isin=vocabulary.PAY_KINDS
    )


def pay_year_low() -> Any:
    return column(
        "Lower end of the pay for a year of full-time work",
        unit="minor units of pay_currency per year",
        nullable=True,
        ge=0,
    )


def pay_year_high() -> Any:
    return column(
        "Upper end of the pay for a year of full-time work",
        unit="minor units of pay_currency per year",
        nullable=True,
        ge=0,
    )


def pay_mid_year() -> Any:
    return column(
        "Middle of the pay for a year of full-time work, where both ends are known",
        unit="minor units of pay_currency per year",
        nullable=True,
        ge=0,
    )


def workplace() -> Any:
    return column("Where the work is done", isin=vocabulary.WORKPLACES)


def employment_type() -> Any:
    return column("Kind of employment", isin=vocabulary.EMPLOYMENT_TYPES)


def skill_id() -> Any:
    return column("Skill, opaque id", str_matches=SKILL_ID)


def skill() -> Any:
    return column("Skill by slug", str_matches=SLUG)


def skill_label() -> Any:
    return column("Name of the skill, for display")


def occupation_id() -> Any:
    return column("Occupation, opaque id", str_matches=OCCUPATION_ID)


def occupation() -> Any:
    return column("Occupation by slug", str_matches=SLUG)


def occupation_label() -> Any:
    return column("Name of the occupation, for display")


def source_group() -> Any:
    return column("Group of sources counted together; `all` pools the groups that config declares comparable")


def geo() -> Any:
    return column(
        "Country (ISO 3166-1 alpha-2), `unknown`, or `all`", str_matches=r"^([A-Z]{2}|unknown|all)$"
    )


def period_start() -> Any:
    return column("First day of the period", unit="date")


def period_end() -> Any:
    return column("Last day of the period", unit="date")


def as_of() -> Any:
    return column("Day the estimate speaks of", unit="date")


def method_version() -> Any:
    return column("Version of the method; numbers compare only within one", str_matches=r"^\d{4}\.\d+$")


def n_families() -> Any:
    return column("Distinct families", unit="families", ge=0)


def n_employers(*, nullable: bool = False) -> Any:
    return column(
        "Distinct employers, for a share those in its numerator; unknown ones count as one",
        unit="employers",
        nullable=nullable,
        ge=0,
    )


def scheme() -> Any:
    return column("Taxonomy the code belongs to", isin=vocabulary.MAP_SCHEMES)


def taxonomy_version() -> Any:
    return column("Release of the taxonomy the code was looked up in; empty where none was loaded")


def relation() -> Any:
    return column("SKOS relation of our concept to the code", isin=vocabulary.MAP_RELATIONS)


def licence() -> Any:
    return column("Licence as the drop's manifest states it", str_length={"min_value": 1})


def terms_class() -> Any:
    return column("What the licence lets us do", isin=vocabulary.TERMS_CLASSES)


def retrieved_on() -> Any:
    return column("Day the file was retrieved", unit="date", nullable=True)


def run_id() -> Any:
    return column("Run", str_length={"min_value": 1})


def status() -> Any:
    return column("What a reader may do with the number", isin=vocabulary.STATUSES)


def reason() -> Any:
    return column("Why there is no plain number", nullable=True, isin=vocabulary.REASONS)


def reason_detail() -> Any:
    return column("The reason in words", nullable=True)


def onet_soc_code() -> Any:
    return column("O*NET-SOC code, as text", str_matches=r"^\d{2}-\d{4}\.\d{2}$")


def language_code() -> Any:
    return column("Language of the labels, ISO 639-1", str_matches=r"^[a-z]{2}$")


def esco_uri() -> Any:
    return column("Address of the concept in ESCO", str_length={"min_value": 1})


def skill_type() -> Any:
    return column("ESCO skill type: skill/competence or knowledge", nullable=True)


def reuse_level() -> Any:
    return column("ESCO reuse level", nullable=True)


def preferred_label() -> Any:
    return column("Preferred label in the language", str_length={"min_value": 1})


def description() -> Any:
    return column("Description in the taxonomy's words", nullable=True)


def alternative_labels() -> Any:
    return column("Alternative labels in the language")


def skill_scheme() -> Any:
    return column("Scheme the skill id was minted from", isin=vocabulary.SKILL_SCHEMES)


def surface() -> Any:
    return column("Written form, normalised for matching", str_length={"min_value": 1})


def code() -> Any:
    return column("Code, address or name in the taxonomy", str_length={"min_value": 1})


def code_label() -> Any:
    return column("Name of the code in the taxonomy", nullable=True)


def occupation_kind() -> Any:
    return column("Role, pool or residual", isin=vocabulary.OCCUPATION_KINDS)


def source_ids() -> Any:
    return column("Sources behind the row, sorted")


def synthetic() -> Any:
    return column("Made by a generator: says nothing about any labour market")


def table_name() -> Any:
    return column("Table the rows went to")


def n_rows() -> Any:
    return column("Rows used", unit="rows", ge=0)


def source_kind() -> Any:
    return column("What the source is", isin=vocabulary.DROP_KINDS)


def requirement() -> Any:
    return column("How the advert asks for it", isin=vocabulary.REQUIREMENTS)


def rule() -> Any:
    return column("The rule that decided")


def paired_skill_id() -> Any:
    return column("The other skill, opaque id", str_matches=SKILL_ID)


def n_both() -> Any:
    return column("Families asking for both", unit="families", ge=0)


def n_skill() -> Any:
    return column("Families asking for the skill", unit="families", ge=0)


def n_paired() -> Any:
    return column("Families asking for the other skill", unit="families", ge=0)


def ci_level() -> Any:
    return column("Coverage the interval aims at", unit="probability", nullable=True, gt=0, lt=1)


def effective_employers() -> Any:
    return column("(sum m)^2 / sum m^2 over employers' families m", unit="employers", ge=0)


def top_employer_families() -> Any:
    return column("Families of the largest employer in the numerator", unit="families", ge=0)


def share_metric() -> Any:
    return column("Which share of families", isin=vocabulary.SHARE_METRICS)


def metric() -> Any:
    return column("What is estimated", isin=vocabulary.METRICS)


def change_ci_low() -> Any:
    return column("Lower end of the interval of the change", unit="share_change", ge=-1, le=1)


def change_ci_high() -> Any:
    return column("Upper end of the interval of the change", unit="share_change", ge=-1, le=1)


def level() -> Any:
    return column(
        "Seniority of a ladder's step; empty for shares of all levels", isin=("", *vocabulary.SENIORITIES)
    )


def n_numerator() -> Any:
    return column("Families that ask for the skill", unit="families", ge=0)


def n_denominator() -> Any:
    return column("Families of the cell", unit="families", ge=0)


def n_complement_employers() -> Any:
    return column("Employers in the base without the skill", unit="employers", ge=0)


def jackknife_variance() -> Any:
    return column(
        "Variance of the share: delete-one-employer jackknife; null with fewer than two employers",
        unit="share squared",
        nullable=True,
        ge=0,
    )


def posting_share() -> Any:
    return column(
        "Share of the cell's families that ask for the skill", unit="share", nullable=True, ge=0, le=1
    )


def posting_share_ci_low() -> Any:
    return column("Lower end of its interval", unit="share", nullable=True, ge=0, le=1)


def posting_share_ci_high() -> Any:
    return column("Upper end of its interval", unit="share", nullable=True, ge=0, le=1)


def p_value() -> Any:
    return column(
        "Test that the two skills are asked for independently, employers as sampling units; an export says 0.000001 "
        "for less; null with fewer than 8 effective employers or too few expected families",
        unit="probability",
        nullable=True,
        ge=0,
        le=1,
    )


def is_precise() -> Any:
    """Whether a share may be told as far as its precision goes."""
    return column(
        "Whether share and interval meet the publication standard; the counts may still forbid to tell them"
    )


def q_value() -> Any:
    return column(
        "Smallest false discovery rate among the occupation's pairs at which this one is called "
        "(Benjamini and Hochberg 1995); an export says 0.000001 for less",
        unit="probability",
        nullable=True,
        ge=0,
        le=1,
    )


def lift_eb05() -> Any:
    return column(
        "Lift that the shrunken one exceeds with 95 % (EB05, DuMouchel 1999)",
        unit="ratio",
        nullable=True,
        ge=0,
    )


def cluster_id() -> Any:
    return column("Cluster of skills, opaque id kept between releases", str_matches=r"^clu_[a-z2-7]{16}$")


def cluster_label() -> Any:
    return column("Generated: the names of the most central core skills", str_length={"min_value": 1})


def member_rank() -> Any:
    return column("Place of the skill in its cluster, most central first", unit="rank", ge=1)


def is_core() -> Any:
    return column("Whether nearly every resample puts the skill there; else it is the cluster's fringe")


def membership_share() -> Any:
    return column("Share of the resamples that put the skill there", unit="share", ge=0, le=1)


def stability() -> Any:
    return column(
        "Mean best Jaccard overlap of the cluster with those of resampled employers (Hennig 2007)",
        unit="share",
        ge=0,
        le=1,
    )


def n_skills_in_cluster() -> Any:
    return column("Skills of the cluster", unit="skills", ge=1)


def n_resamples() -> Any:
    return column("Times the employers were drawn anew", unit="resamples", ge=0)


def value_shrunken() -> Any:
    return column(
        "The estimate pulled towards the mean of its occupation as far as its error asks for; "
        "for ranking, not for quoting",
        unit="see unit",
        nullable=True,
    )


def observational() -> Any:
    return column(
        "True where the number compares adverts that differ in more than the skill: no effect of it"
    )


def n_effective() -> Any:
    return column(
        "Independent observations the interval rests on, from the variance between employers",
        unit="see n_unit",
        nullable=True,
        ge=0,
    )


def title_text() -> Any:
    return column("Title to be coded, in lower case with single blanks; empty where the advert names none")


def code_confidence() -> Any:
    return column("Probability that the code is the right one", unit="probability", ge=0, le=1)


def code_rule() -> Any:
    return column("How the code was found", isin=vocabulary.CODE_RULES)


def min_confidence() -> Any:
    return column("Least confidence of a title's code to count", unit="probability", ge=0, le=1)


def code_share() -> Any:
    return column(
        "Share of the code's families that ask for the skill", unit="share", nullable=True, ge=0, le=1
    )


def role_share() -> Any:
    return column(
        "Share of the role's families that ask for the skill", unit="share", nullable=True, ge=0, le=1
    )


def share_difference() -> Any:
    return column(
        "Share among the code's families less the role's", unit="share_change", nullable=True, ge=-1, le=1
    )


def share_difference_ci_low() -> Any:
    return column("Lower end of its interval", unit="share_change", nullable=True, ge=-1, le=1)


def share_difference_ci_high() -> Any:
    return column("Upper end of its interval", unit="share_change", nullable=True, ge=-1, le=1)


def taxonomy_part() -> Any:
    return column(
        "Who draws the families in: role and code, the code alone, the role alone",
        isin=("common", "code_only", "role_only"),
    )


def skill_class() -> Any:
    return column(
        "Class of skills the reader errs alike on: one that a word of other meaning names, any other, or one "
        "skill by slug",
        str_matches=SKILL_CLASS,
    )


def sample() -> Any:
    return column("Labelled sample by name", str_length={"min_value": 1})


def drawn_from() -> Any:
    return column("Which adverts the sample was drawn from, and how", str_length={"min_value": 1})


def judged_by() -> Any:
    return column("Who judged, and what they saw", str_length={"min_value": 1})


def judged_on() -> Any:
    return column("Day the last advert was judged", unit="date")


def n_read() -> Any:
    return column(
        "Adverts and skills of the class read as asking, drawn or not; null where only these were judged",
        unit="adverts",
        nullable=True,
        ge=1,
    )


def n_read_judged() -> Any:
    return column("Judged of those read as asking", unit="adverts", ge=1)


def n_read_true() -> Any:
    return column("Of those, the ones that do ask", unit="adverts", ge=0)


def n_unread() -> Any:
    return column(
        "Adverts and skills of the class read as not asking; null where none of them was judged",
        unit="adverts",
        nullable=True,
        ge=1,
    )


def n_unread_judged() -> Any:
    return column("Judged of those read as not asking", unit="adverts", nullable=True, ge=1)


def n_unread_true() -> Any:
    return column("Of those, the ones that ask nevertheless", unit="adverts", nullable=True, ge=0)


def reading_precision() -> Any:
    return column("Share of what is read as asking that does ask", unit="share", ge=0, le=1)


def reading_precision_ci_low() -> Any:
    return column("Lower end of its interval (Clopper-Pearson)", unit="share", ge=0, le=1)


def reading_precision_ci_high() -> Any:
    return column("Upper end of its interval (Clopper-Pearson)", unit="share", ge=0, le=1)


def reading_recall() -> Any:
    return column(
        "Share of what asks that is read as asking; null where nothing read as not asking was judged",
        unit="share",
        nullable=True,
        ge=0,
        le=1,
    )


def reading_recall_ci_low() -> Any:
    return column(
        "Recall with precision and misses both at their worse ends", unit="share", nullable=True, ge=0, le=1
    )


def reading_recall_ci_high() -> Any:
    return column(
        "Recall with precision and misses both at their better ends", unit="share", nullable=True, ge=0, le=1
    )


def correction() -> Any:
    return column(
        "What a share of the class is multiplied with: true over read", unit="ratio", nullable=True, ge=0
    )


def correction_ci_low() -> Any:
    return column("Lower end of its interval", unit="ratio", nullable=True, ge=0)


def correction_ci_high() -> Any:
    return column("Upper end of its interval", unit="ratio", nullable=True, ge=0)


def raw_share() -> Any:
    return column("The headline share as metric_value has it", unit="share", ge=0, le=1)


def raw_share_ci_low() -> Any:
    return column("Lower end of its interval", unit="share", ge=0, le=1)


def raw_share_ci_high() -> Any:
    return column("Upper end of its interval", unit="share", ge=0, le=1)


def corrected_share() -> Any:
    return column(
        "The share corrected for misreading by double sampling", unit="share", nullable=True, ge=0, le=1
    )


def corrected_ci_low() -> Any:
    return column(
        "Lower end of its interval, sampling and misreading together", unit="share", nullable=True, ge=0, le=1
    )


def corrected_ci_high() -> Any:
    return column(
        "Upper end of its interval, sampling and misreading together", unit="share", nullable=True, ge=0, le=1
    )


def corrected_status() -> Any:
    return column("What a reader may do with the corrected share", isin=vocabulary.STATUSES)


def corrected_reason() -> Any:
    return column("Why there is no plain corrected share", nullable=True, isin=vocabulary.REASONS)


def element_id() -> Any:
    return column("Element of the O*NET content model", str_matches=r"^[1-9](\.[A-Z0-9a-z]+)+$")


def element_name() -> Any:
    return column("Name of the element in O*NET", str_length={"min_value": 1})


def scale_id() -> Any:
    return column("Scale of the rating: IM importance, 1 to 5; LV level, 0 to 7", isin=("IM", "LV"))


def rating() -> Any:
    return column("Mean rating as published", unit="scale points", ge=0, le=7)


def n_raters() -> Any:
    return column("Raters behind the rating, as published", unit="raters", nullable=True, ge=0)


def rating_standard_error() -> Any:
    return column("Standard error as published", unit="scale points", nullable=True, ge=0)


def rating_ci_low() -> Any:
    return column(
        "Lower end of the 95 % interval as published", unit="scale points", nullable=True, ge=0, le=7
    )


def rating_ci_high() -> Any:
    return column(
        "Upper end of the 95 % interval as published", unit="scale points", nullable=True, ge=0, le=7
    )


def recommend_suppress() -> Any:
    return column("Whether O*NET advises not to show the rating for its low precision", nullable=True)


def not_relevant() -> Any:
    return column("Whether most raters called the element not relevant; told of levels only", nullable=True)


def rated_in() -> Any:
    return column("Month of the ratings, MM/YYYY", nullable=True, str_matches=r"^\d{2}/\d{4}$")


def rated_by() -> Any:
    return column("Who rated, as published: incumbents, experts or analysts", nullable=True)


def label_rule(*, nullable: bool) -> Any:
    return column(
        "Rule the label is given by, in table label_rule", nullable=nullable, str_matches=r"^[a-z][a-z0-9-]*$"
    )


def rule_order() -> Any:
    return column("Place in the file; within a kind the first rule that is met counts", unit="rules", ge=1)


def label_kind() -> Any:
    return column("Kind of label", isin=vocabulary.RULED_LABELS)


def rule_label() -> Any:
    return column("The label", str_length={"min_value": 1})


def rests_on() -> Any:
    return column(
        "What the rule looks at: a metric that must be ok, or a taxonomy's word",
        isin=vocabulary.LABEL_GROUNDS,
    )


def interval_above() -> Any:
    return column("The interval must lie wholly above this", unit="of the metric", nullable=True)


def interval_below() -> Any:
    return column("The interval must lie wholly below this", unit="of the metric", nullable=True)


def term() -> Any:
    return column("The taxonomy's word", nullable=True)


def rule_text() -> Any:
    return column("The rule in words, for readers", str_length={"min_value": 1})


def rule_source() -> Any:
    return column("Whose rule it is", str_length={"min_value": 1})


def official_list() -> Any:
    return column("Name and date of the official list it quotes", nullable=True)


def importance_score() -> Any:
    return column(
        "Weighted mean of the parts that are shown, each scaled from 0 to 1, times 100; weights in config/method.toml",
        unit="points",
        nullable=True,
        ge=0,
        le=100,
    )


def sensitivity_low() -> Any:
    return column(
        "Percentile 5 of the score over random weightings: a sensitivity band, no interval of confidence",
        unit="points",
        nullable=True,
        ge=0,
        le=100,
    )


def sensitivity_high() -> Any:
    return column(
        "Percentile 95 of the score over random weightings", unit="points", nullable=True, ge=0, le=100
    )


def score_parts() -> Any:
    return column("Parts that are shown and enter the score, in the order of their weights")


def n_score_parts() -> Any:
    return column("How many parts enter", unit="parts", ge=0, le=4)


def soc_code() -> Any:
    return column("Occupation in the SOC", str_matches=r"^\d{2}-\d{4}$")


def calibration_class() -> Any:
    return column(
        "Occupation of the title in the SOC, or `other` where it is unknown, rare or has no benchmark"
    )


def calibrated_weight() -> Any:
    return column(
        "Weight after raking and trimming; null where raking failed", unit="families", nullable=True, ge=0
    )


def calibration_reason() -> Any:
    return column("Why there is no weight", nullable=True, isin=vocabulary.REASONS)


def calibrated_share() -> Any:
    return column(
        "The share with adverts weighted to official employment by occupation: sensitivity, employment is a stock "
        "and adverts are a flow",
        unit="share",
        nullable=True,
        ge=0,
        le=1,
    )


def calibrated_n_effective() -> Any:
    return column(
        "Kish's effective number of families under the weights", unit="families", nullable=True, ge=0
    )


def design_effect_of_weights() -> Any:
    return column("Families over their effective number (Kish 1965)", unit="ratio", nullable=True, ge=0.999)


def calibrated_status() -> Any:
    return column("What a reader may do with the calibrated share", isin=vocabulary.STATUSES)


def calibrated_reason() -> Any:
    return column("Why there is no calibrated share", nullable=True, isin=vocabulary.REASONS)


def calibrated_reason_detail() -> Any:
    return column(
        "Which source is missing for a calibrated share: calibration is off, or no table is loaded",
        nullable=True,
    )
