"""Closed lists of the evidence registry; how a finding may be entered and what may follow from it."""

DESIGNS = (
    "rct",
    "quasi_experiment",
    "audit_study",
    "meta_analysis",
    "observational",
    "official_statistics",
    "court_order",
    "regulator",
    "survey",
    "vendor_survey",
)

LEGAL_DESIGNS = ("court_order", "regulator")
"""Carry legal status, never an effect."""

EXPERIMENTAL_DESIGNS = ("rct", "audit_study", "meta_analysis")
"""A randomised attribute can be entered under these only; meta-analyses are of randomised studies."""

CAUSAL_DESIGNS = ("rct", "audit_study", "meta_analysis", "quasi_experiment")

STUDY_STATUSES = ("published", "working_paper", "superseded", "retracted", "concern", "corrected")

BLOCKING_STATUSES = ("retracted", "concern")

CLAIM_TYPES = ("callback", "productivity", "pay", "demand", "interview", "exposure")
"""`callback` is any answer of an employer to an application: callback, invitation, offer, hire."""

EXPECTED_SIGNS = ("positive", "negative", "none")

DIRECTIONS = ("positive", "negative", "null", "mixed")

EFFECT_METRICS = ("callback_ratio", "callback_diff_pp", "pct_change", "smd", "direction_only")
"""What one attribute does to an outcome: needs a randomised attribute or a quasi-experiment."""

ASSOCIATION_METRICS = ("association_ratio", "association_pct", "association_direction")
"""How groups that differ in the attribute differ in the outcome; never shown as an effect."""

DESCRIPTIVE_METRICS = ("share", "count", "level", "change_pp", "growth_pct")

LEGAL_METRICS = ("legal_status",)

FINDING_METRICS = EFFECT_METRICS + ASSOCIATION_METRICS + DESCRIPTIVE_METRICS + LEGAL_METRICS

METRICS_WITHOUT_NUMBER = ("direction_only", "association_direction", "legal_status")

FINDING_UNITS = ("fraction", "pp", "percent", "log", "sd", "count", "usd")
"""Units of an estimate as printed. `fraction` also holds ratios; `count` and `usd` hold plain numbers."""

UNITS_OF_METRIC: dict[str, tuple[str, ...]] = {
    "callback_ratio": ("fraction", "log"),
    "callback_diff_pp": ("pp",),
    "pct_change": ("percent",),
    "smd": ("sd",),
    "association_ratio": ("fraction", "log"),
    "association_pct": ("percent",),
    "share": ("percent", "fraction"),
    "count": ("count", "usd"),
    "level": ("usd", "count"),
    "change_pp": ("pp",),
    "growth_pct": ("percent",),
}

ESTIMATE_BOUNDS = ("exact", "at_least", "about", "max", "range")

ESTIMATE_BASES = ("as_stated", "computed")
"""`computed`: from counts in the study's own data, which `stated` then gives."""

SE_SCALES = ("unit", "log")

P_TESTS = ("estimate", "all_groups")
"""What the printed p value tests; `all_groups` says nothing about this one contrast."""

CLUSTERINGS = ("none", "accounted", "ignored", "not_reported")

RANDOMISED = ("yes", "no", "as_good_as", "not_applicable")
"""`as_good_as`: assigned by a rule or a rollout that a quasi-experiment argues from."""

MODALITIES = ("measured", "could", "expected", "alleged", "party_statement")

BETTER_IF = ("higher", "lower", "neither")

SOURCE_LEVELS = ("primary", "abstract", "mirror", "secondary")

PUBLISHABLE_SOURCE_LEVELS = ("primary", "abstract")

LEGAL_STATUSES = (
    "complaint_filed",
    "preliminary_certification_granted",
    "consent_decree",
    "audit_report",
    "guidance_issued",
    "decided",
)

DIRECTNESS = ("exact", "broader", "economy_wide")

MEASURES = ("log_rr", "log_or", "rd", "log_ratio_of_means", "smd", "none")
"""Scale on which an effect is computed with; `none` where a finding has no effect or no number."""

VI_BASES = ("se", "interval", "p", "counts", "none")

FLAGS = (
    "underpowered",
    "indirect",
    "single_study",
    "vendor",
    "superseded",
    "contradicted",
    "stale",
    "secondary_only",
    "versions_disagree",
    "clustering_ignored",
    "corrected",
    "bound_only",
    "no_interval",
    "no_content_hash",
    "not_second_coded",
    "picked_contrast",
)
"""Warnings that travel with a number."""

READER_FLAGS = (
    "bound_only",
    "clustering_ignored",
    "contradicted",
    "corrected",
    "indirect",
    "no_interval",
    "picked_contrast",
    "single_study",
    "stale",
    "superseded",
    "underpowered",
    "versions_disagree",
)
"""Warnings a rendered answer prints; of the others, `vendor` prints its disclosure, the rest are of the entry."""

SIGNS = ("better", "worse", "null", "mixed", "unknown")

SEARCH_SCOPES = ("reading_list", "database")
"""`reading_list`: only the registry's own list was gone through; `database`: a bibliographic one."""

CERTAINTIES = ("high", "moderate", "low", "very_low")

DOWNGRADE_DOMAINS = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")

RELIABILITY_TYPES = ("internal_consistency", "test_retest", "inter_rater", "parallel_forms")

BIBLIOGRAPHIES = ("crossref", "openalex", "retraction_watch")
"""Services that are asked about a DOI."""

REMOVAL_KINDS = ("retraction", "concern")
