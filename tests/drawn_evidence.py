"""A small invented evidence registry: two audits that are pooled, a vendor's trial, a number nobody has read."""

from datetime import date
from functools import cache

from transforms.evidence.read import Files
from transforms.evidence.registry import Evidence, build_evidence

AS_OF = date(2022, 12, 31)

CLAIMS = b"""
[[claim]]
claim = "callback-invented-name"
claim_type = "callback"
claim_label = "Do invented names change callbacks?"
cohort = "invented-named"
exposure = "invented name"
comparison = "common name"
outcome = "employer's answer to an application"
expected_sign = "negative"
smallest_effect = 10.0

[[claim]]
claim = "productivity-invented-tool"
claim_type = "productivity"
claim_label = "Does an invented tool save time?"
cohort = "all"
exposure = "invented tool"
comparison = "no tool"
outcome = "time taken"
expected_sign = "negative"
smallest_effect = 10.0
"""

COHORTS = b"""
[[cohort]]
cohort = "all"
cohort_label = "All"
cohort_definition = "nobody in particular"

[[cohort]]
cohort = "invented-named"
cohort_label = "Invented names"
cohort_definition = "applicants with invented names"
"""

SEARCHES = b"""
[[search]]
search_id = "one-skill-callback"
question = "The effect of one skill on callbacks"
claim_type = "callback"
scope = "reading_list"
searched_in = "an invented list"
search_terms = ["skill"]
searched_on = 2022-11-22
n_screened = 4
n_included = 0
search_result = "none"
coder = "tests"
"""


def audit(number: int, n_called: int, doi: str) -> bytes:
    """An invented audit study of 1,000 applications in each arm."""
    return f"""
[study]
study_id = "EX200{number}"
title = "Invented audit number {number}"
authors = "Nobody & Noone"
year = 200{number}
venue = "Nowhere"
doi = "{doi}"
design = "audit_study"
status = "published"
sample_group = "example-200{number}"
is_vendor = false
randomised_attributes = ["invented name"]

[[finding]]
finding_id = "EX200{number}-name"
claim = "callback-invented-name"
cohort = "invented-named"
population = "invented applicants"
outcome = "callback"
exposure = "invented name"
comparison = "common name"
metric = "callback_ratio"
unit = "fraction"
estimate = {n_called / 900:.6f}
estimate_basis = "computed"
stated = "{n_called}/1000 vs 900/1000"
ai = {n_called}
n1i = 1000
ci = 900
n2i = 1000
n = 2000
n_unit = "applications"
clustering = "none"
attribute_randomised = "yes"
modality = "measured"
better_if = "higher"
source_level = "primary"
read_at = "https://example.org/{number}"
locator = "Table 1"
coder = "tests"
verified_on = 2022-11-22
links = [{{ occupation = "backend-developer", directness = "broader", relevance = "invented" }}]
""".encode()


VENDOR = b"""
[study]
study_id = "VEN2003"
title = "Invented trial of a tool"
authors = "Seller"
year = 2003
venue = "Nowhere"
doi = "10.1000/vendor"
design = "rct"
status = "published"
sample_group = "vendor-2003"
is_vendor = true
sponsor = "Seller"
vendor_disclosure = "sells the tool"
randomised_attributes = ["invented tool"]

[[finding]]
finding_id = "VEN2003-time"
claim = "productivity-invented-tool"
cohort = "all"
population = "invented staff"
outcome = "time taken"
exposure = "invented tool"
comparison = "no tool"
metric = "pct_change"
unit = "percent"
estimate = -20
stated = "20% less"
ci_low = -30
ci_high = -10
ci_level = 0.95
n = 300
n_unit = "staff"
clustering = "none"
attribute_randomised = "yes"
modality = "measured"
better_if = "lower"
source_level = "primary"
read_at = "https://example.org/3"
locator = "Table 2"
coder = "tests"
verified_on = 2022-11-22
links = [{ skill = "websockets", directness = "broader", relevance = "invented" }]

[[finding]]
finding_id = "VEN2003-quality"
cohort = "all"
population = "invented staff"
outcome = "share content with the tool"
metric = "share"
unit = "percent"
estimate = 77
stated = "77%"
denominator = "invented staff"
n = 300
n_unit = "staff"
clustering = "none"
attribute_randomised = "not_applicable"
modality = "measured"
better_if = "higher"
source_level = "secondary"
read_at = "https://example.org/copy"
locator = "second paragraph"
coder = "tests"
verified_on = 2022-11-22
"""

RULES = b"""
[[assigned]]
sample_group = "example-2000"
attributes = ["invented name"]

[[assigned]]
sample_group = "example-2001"
attributes = ["invented name"]

[[assigned]]
sample_group = "vendor-2003"
attributes = ["invented tool"]

[[vendor]]
name = "Seller"
sells = "the tool"
"""

FILES = Files(
    {
        "config/studies/2000-nobody.toml": audit(0, 700, "10.1000/first"),
        "config/studies/2001-nobody.toml": audit(1, 650, "10.1000/second"),
        "config/studies/2003-seller.toml": VENDOR,
    },
    claims=CLAIMS,
    cohorts=COHORTS,
    search_log=SEARCHES,
    standing_rules=RULES,
)


@cache
def drawn_evidence() -> Evidence:
    """The invented registry built, as of the drawn release's day."""
    return build_evidence(FILES, as_of=AS_OF, method_version="2026.1")
