"""Closed lists that more than one table or folder uses; contract sections 5 and 6."""

STATUSES = ("ok", "low_reliability", "suppressed", "missing", "not_applicable", "withdrawn")
"""What a reader may do with a number: only the first two carry one."""

STATUSES_WITHOUT_VALUE = ("suppressed", "missing", "not_applicable", "withdrawn")

REASONS = (
    "no_source",
    "no_evidence_found",
    "insufficient_sample",
    "small_cell",
    "single_employer",
    "wide_interval",
    "single_study",
    "not_identifiable",
    "licence_restricted",
    "taxonomy_unmapped",
    "source_stale",
    "source_withdrawn",
    "estimation_failed",
    "pending_review",
    "concept_undefined",
)

UNITS = (
    "share",
    "share_change",
    "ratio",
    "log_points",
    "currency_per_year",
    "index",
    "score_0_100",
    "count",
    "months",
    "rank",
    "category",
)

RULED_LABELS = ("salary_band", "rarity", "demand_profile")
"""Labels that a published rule may give."""

LABEL_METRICS = (*RULED_LABELS, "learning_curve")
"""Labels a page asks for; nothing honest says how long a single skill takes to learn."""

LABEL_GROUNDS = ("pay_premium", "demand_trend", "reuse_level")

SCORE_PARTS = ("posting_share", "required_of_asking", "concentration", "survey_importance")
"""Parts of the importance score, in the order of their weights in config/method.toml."""

METRICS = (
    "posting_share",
    "required_share",
    "preferred_share",
    "concentration",
    "specificity",
    "ladder",
    "demand_trend",
    "callback_effect",
    "rank",
    "pay_premium",
    "salary_p25",
    "salary_p50",
    "salary_p75",
    "survey_importance",
    *LABEL_METRICS,
)
"""Metrics of metric_value; contract section 6."""

BASES = ("computed", "quoted_primary", "quoted_secondary", "official_list", "editorial")

TERMS_CLASSES = ("open", "derive", "display_only", "permission", "local")

DROP_KINDS = (
    "onet",
    "esco",
    "esco_tabiya",
    "crosswalk",
    "wages",
    "projections",
    "series",
    "postings",
)

LOAD_STATES = ("loaded", "not_loaded", "quarantined")

NEAR_METHODS = ("same_title", "near_text")
"""How texts that differ become one family: by title and place with much of the text, or by nearly all of the text."""

FAMILY_METHODS = ("own", "exact_text", "exact_title", *NEAR_METHODS)

TEXT_FORMATS = ("plain", "html", "escaped_html")

FIRST_SEEN_BASES = ("posted", "posted_month", "posted_relative", "collected", "release", "none")
"""Where a first-seen date comes from, best first; `none` puts a posting in no period."""

PAY_PERIODS = ("hour", "day", "week", "month", "year", "once")

PAY_KINDS = ("structured", "text", "predicted")

SENIORITIES = ("entry", "mid", "senior", "lead", "unknown")

SENIORITY_BASES = ("title", "source", "years", "several", "none")

WORKPLACES = ("remote", "hybrid", "onsite", "unknown")

EMPLOYMENT_TYPES = ("full_time", "part_time", "contract", "temporary", "internship", "unknown")

LANGUAGES = ("en", "de", "es", "sv", "other", "none")
"""`none`: too little text to tell."""

SECTIONS = (
    "header",
    "company",
    "duties",
    "requirements",
    "nice_to_have",
    "benefits",
    "equal_opportunity",
    "legal",
    "address",
    "body",
)
"""Parts of an advert. `header` is the title or a Hacker News first line, `body` anything not told apart."""

SECTIONS_WITHOUT_SKILLS = ("company", "benefits", "equal_opportunity", "legal", "address")

REQUIREMENTS = ("required", "preferred", "mentioned")
"""Strongest first."""

SKILL_SCHEMES = ("skillweights", "esco", "onet")

OCCUPATION_KINDS = ("role", "pool", "residual")
"""`role`: may have a page; `pool`: all roles together (slug `all`); `residual`: no role matched (`other`)."""

MAP_RELATIONS = ("exact", "close", "broad", "narrow")

MAP_SCHEMES = ("onet-soc", "onet-technology", "esco", "isco")

OCCUPATION_SCHEMES = ("onet-soc", "esco", "isco")

CODE_RULES = ("exact_title", "alternate_title", "similar_title", "crosswalk", "unmatched")
"""How a title found its occupation; `crosswalk`: through the code another taxonomy gave it."""

CROSSWALK_SCHEMES = (*OCCUPATION_SCHEMES, "soc")

RUN_STATES = ("running", "completed", "failed")

QUARANTINE_ACTIONS = ("row_rejected", "field_emptied", "file_rejected")

SHARE_METRICS = (
    "posting_share",
    "required_share",
    "preferred_share",
    "mentioned_share",
    "concentration",
    "ladder",
)
"""Metrics that are a share of families, so that one interval and one mask serve them all."""

LADDER_LEVELS = ("entry", "mid", "senior", "lead")
"""Steps of a ladder, lowest first; `unknown` seniority stands on none and is never published."""
