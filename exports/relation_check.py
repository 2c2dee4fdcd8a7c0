"""What must hold between the tables of a release: closed keys, one wide view, one mask."""

from collections.abc import Mapping, Sequence
from typing import Any

from exports.fault import Fault
from exports.frame_check import examples
from exports.release import Period
from exports.tables import table_path
from warehouse.connection import Warehouse

SKILLS = "SELECT skill_id, skill FROM skill"
OCCUPATIONS = "SELECT occupation_id, occupation, period_start, period_end FROM occupation"
CONCEPTS = (
    "SELECT 'occupation', occupation_id, occupation FROM occupation "
    "UNION SELECT 'skill', skill_id, skill FROM skill"
)
SOURCES = "SELECT source_id FROM source UNION SELECT study_id FROM finding"
"""A finding cites its study itself, with DOI or address; what rests on findings names their studies."""

FINDINGS = "SELECT finding_id FROM finding"
CLAIMS = "SELECT claim FROM claim"
COHORTS = "SELECT cohort FROM cohort"
SEARCHES = "SELECT search_id FROM search_log"
FOREIGN_KEYS = (
    ("metric_value", "occupation_id, occupation, period_start, period_end", OCCUPATIONS),
    ("occupation_skill", "occupation_id, occupation, period_start, period_end", OCCUPATIONS),
    ("skill_pair", "occupation_id, occupation, period_start, period_end", OCCUPATIONS),
    ("taxonomy_sensitivity", "occupation_id, occupation, period_start, period_end", OCCUPATIONS),
    ("taxonomy_sensitivity", "skill_id, skill", SKILLS),
    ("share_sensitivity", "occupation_id, occupation, period_start, period_end", OCCUPATIONS),
    ("share_sensitivity", "skill_id, skill", SKILLS),
    ("importance_score", "occupation_id, occupation, period_start, period_end", OCCUPATIONS),
    ("importance_score", "skill_id, skill", SKILLS),
    ("metric_value", "skill_id, skill", SKILLS),
    ("occupation_skill", "skill_id, skill", SKILLS),
    ("skill_pair", "skill_id, skill", SKILLS),
    ("skill_pair", "paired_skill_id, paired_skill", SKILLS),
    ("taxonomy_map", "concept_kind, concept_id, concept", CONCEPTS),
    ("metric_value", "unnest(source_ids)", SOURCES),
    (
        "metric_value",
        "label_rule, label, metric",
        "SELECT label_rule, rule_label, label_kind FROM label_rule UNION SELECT NULL, NULL, metric FROM metric_value",
    ),
    ("survey_rating", "unnest(source_ids)", SOURCES),
    ("survey_rating", "occupation_id, occupation", "SELECT occupation_id, occupation FROM occupation"),
    ("survey_rating", "element_skill", "SELECT skill FROM skill UNION SELECT NULL"),
    ("skill_pair", "unnest(source_ids)", SOURCES),
    ("skill", "unnest(replaced_by)", "SELECT skill_id FROM skill"),
    (
        "occupation_skill",
        "occupation, occupation_label",
        "SELECT occupation, occupation_label FROM occupation",
    ),
    ("occupation_skill", "skill, skill_label", "SELECT skill, skill_label FROM skill"),
    (
        "finding_link",
        "finding_id, claim, claim_type, cohort",
        "SELECT finding_id, claim, claim_type, cohort FROM finding",
    ),
    ("finding_link", "skill", "SELECT skill FROM skill UNION SELECT NULL"),
    ("finding_link", "occupation", "SELECT occupation FROM occupation UNION SELECT NULL"),
    (
        "finding",
        "claim, claim_type, cohort",
        "SELECT claim, claim_type, cohort FROM claim UNION SELECT NULL, NULL, cohort FROM cohort",
    ),
    ("finding", "cohort", COHORTS),
    ("claim", "cohort", COHORTS),
    ("claim", "unnest(search_ids)", SEARCHES),
    ("cohort", "unnest(search_ids)", SEARCHES),
    ("search_log", "claim", f"{CLAIMS} UNION SELECT NULL"),
    ("search_log", "cohort", f"{COHORTS} UNION SELECT NULL"),
    ("synthesis", "claim, claim_type", "SELECT claim, claim_type FROM claim"),
    ("synthesis", "unnest(finding_ids)", f"{FINDINGS} WHERE status IN ('ok', 'low_reliability')"),
)
"""Table, columns, and the query that must return every value of them."""

HEADLINE = """
    SELECT occupation_id, skill_id, occupation, skill, period_start, period_end, value, ci_low, ci_high,
           n_numerator, n_denominator, status, reason, as_of, method_version
    FROM metric_value
    WHERE metric = 'posting_share' AND skill IS NOT NULL AND source_group = 'all' AND geo = 'all'
"""
WIDE = """
    SELECT occupation_id, skill_id, occupation, skill, period_start, period_end, posting_share,
           posting_share_ci_low, posting_share_ci_high, posting_share_n, posting_share_n_denominator,
           posting_share_status, posting_share_reason, as_of, method_version
    FROM occupation_skill
"""
VIEW = (
    ("occupation_skill", "differs from the headline rows of metric_value", f"({WIDE}) EXCEPT ({HEADLINE})"),
    ("metric_value", "headline rows are not in occupation_skill", f"({HEADLINE}) EXCEPT ({WIDE})"),
)

SENSITIVITY = (
    (
        "share_sensitivity",
        "speaks of a share that metric_value doesn't show, or shows otherwise",
        """
        SELECT occupation, skill, period_start, period_end, raw_share, raw_share_ci_low, raw_share_ci_high
        FROM share_sensitivity
        EXCEPT
        SELECT occupation, skill, period_start, period_end, value, ci_low, ci_high
        FROM metric_value
        WHERE metric = 'posting_share' AND source_group = 'all' AND geo = 'all' AND value IS NOT NULL
        """,
    ),
    (
        "share_sensitivity",
        "a corrected share names no class that measurement_error has a factor for",
        """
        SELECT occupation, skill, period_start, period_end
        FROM share_sensitivity
        ANTI JOIN (SELECT skill_class FROM measurement_error WHERE correction IS NOT NULL) USING (skill_class)
        WHERE corrected_share IS NOT NULL
        """,
    ),
)
"""What stands beside a share is of that share."""

MASK = (
    (
        "metric_value",
        "a share is published below k_min or employer_min",
        """
        SELECT occupation, skill, source_group, geo, period_start, period_end
        FROM metric_value
        WHERE metric = 'posting_share' AND value IS NOT NULL
          AND (
              n_numerator > 0 AND (n_numerator < $k_min OR n_employers < $employer_min)
              OR n_denominator - n_numerator < $k_min
          )
        """,
    ),
    (
        "skill_pair",
        "a pair is published below k_min",
        """
        SELECT occupation, skill, paired_skill, period_start, period_end
        FROM skill_pair
        WHERE n_both > 0 AND n_both < $k_min OR n_skill < $k_min OR n_paired < $k_min
        """,
    ),
    (
        "skill_pair",
        "a pair is published beside a withheld share of one of its skills",
        """
        -- The pool of all adverts has pairs and no share of its own, so nothing of it is withheld.
        WITH shown AS (
            SELECT occupation, skill, period_start, period_end
            FROM occupation_skill
            WHERE posting_share IS NOT NULL
        ),
        pair AS (
            SELECT skill_pair.*
            FROM skill_pair
            JOIN occupation USING (occupation, period_start, period_end)
            WHERE occupation.occupation_kind = 'role'
        )
        SELECT occupation, skill, paired_skill, period_start, period_end
        FROM pair ANTI JOIN shown USING (occupation, skill, period_start, period_end)
        UNION ALL
        SELECT pair.occupation, pair.skill, pair.paired_skill, pair.period_start, pair.period_end
        FROM pair
        ANTI JOIN shown
          ON shown.occupation = pair.occupation
         AND shown.skill = pair.paired_skill
         AND shown.period_start = pair.period_start
         AND shown.period_end = pair.period_end
        """,
    ),
)
"""The least of the mask that published numbers alone can show; employers' shares are not in them."""


EVIDENCE = (
    (
        "finding",
        "a finding of a study that was taken out is in the release, or is named as evidence",
        """
        SELECT finding_id FROM finding SEMI JOIN finding_removed USING (finding_id)
        UNION ALL
        SELECT finding_id
        FROM (SELECT finding_id, unnest(list_concat(replicated_by, contradicted_by)) AS study_id FROM finding)
        SEMI JOIN finding_removed USING (study_id)
        """,
    ),
    (
        "claim",
        "two claims ask one question",
        "SELECT claim_label FROM claim GROUP BY claim_label HAVING count(*) > 1",
    ),
    (
        "claim",
        "n_published is not the number of findings shown",
        """
        SELECT claim.claim, n_published, count(finding_id) AS n_shown
        FROM claim
        LEFT JOIN finding ON finding.claim = claim.claim AND finding.status IN ('ok', 'low_reliability')
        GROUP BY claim.claim, n_published
        HAVING n_published <> n_shown
        """,
    ),
    (
        "synthesis",
        "a vendor's finding is pooled without its disclosure",
        """
        SELECT pooled.claim, finding_id
        FROM (SELECT claim, display_short, unnest(finding_ids) AS finding_id FROM synthesis) AS pooled
        JOIN finding USING (finding_id)
        WHERE pooled.display_short IS NOT NULL AND finding.vendor_disclosure IS NOT NULL
          AND NOT contains(pooled.display_short, finding.vendor_disclosure)
        """,
    ),
    (
        "metric_value",
        "a callback effect is not the pooled effect of findings on that very skill",
        """
        WITH own AS (
            SELECT synthesis.claim, synthesis.value, synthesis.ci_low, synthesis.ci_high, finding_link.skill
            FROM (SELECT *, unnest(finding_ids) AS finding_id FROM synthesis) AS synthesis
            JOIN finding_link
              ON finding_link.finding_id = synthesis.finding_id AND finding_link.directness = 'exact'
            WHERE synthesis.claim_type = 'callback' AND synthesis.measure = 'log_rr'
            GROUP BY ALL
            HAVING count(DISTINCT finding_link.finding_id) = max(len(synthesis.finding_ids))
        )
        SELECT occupation, skill, value
        FROM metric_value
        ANTI JOIN own USING (skill, value, ci_low, ci_high)
        WHERE metric = 'callback_effect' AND value IS NOT NULL
        """,
    ),
    (
        "metric_value",
        "no_evidence_found names no logged search, or a nearest finding that is not there",
        """
        WITH stated AS (
            SELECT
                occupation, skill, reason_detail,
                regexp_extract_all(reason_detail, '([A-Z][A-Za-z0-9]*-[A-Za-z0-9_]+) [(]', 1) AS nearest
            FROM metric_value
            WHERE metric = 'callback_effect' AND reason = 'no_evidence_found'
        )
        SELECT occupation, skill, reason_detail
        FROM stated
        WHERE NOT EXISTS (
            SELECT 1 FROM search_log
            WHERE search_log.claim_type = 'callback' AND contains(stated.reason_detail, search_log.search_id)
        )
           OR NOT list_has_all((SELECT list(finding_id) FROM finding), nearest)
        """,
    ),
)
"""What findings may be said to show. A number of something wider is never borrowed."""


def relation_faults(
    warehouse: Warehouse,
    *,
    method_version: str,
    k_min: int,
    employer_min: int,
    periods: Sequence[Period],
) -> list[Fault]:
    """Faults between registered tables of a release, each under the file that holds the wrong rows."""
    parameters: Mapping[str, Any] = {
        "method_version": method_version,
        "k_min": k_min,
        "employer_min": employer_min,
        "starts": [start for start, _ in periods],
        "ends": [end for _, end in periods],
    }
    checks = [
        *(_foreign_key(*key) for key in FOREIGN_KEYS),
        *_one_to_one(),
        *VIEW,
        *SENSITIVITY,
        *MASK,
        *EVIDENCE,
        *_of_release(),
    ]
    faults = []
    for name, message, sql in checks:
        [[n_rows]] = warehouse.rows(f"SELECT count(*) FROM ({sql})", parameters)  # noqa: S608
        if n_rows:
            shown = examples(warehouse, sql, parameters, n_rows)
            faults.append(Fault(table_path(name), f"{message}: {shown}"))
    return faults


def _foreign_key(name: str, columns: str, parents: str) -> tuple[str, str, str]:
    """A null of the first column refers to nothing (a metric of the occupation has no skill)."""
    found = f"SELECT DISTINCT {columns} FROM {name}"  # noqa: S608
    if columns == "skill_id, skill":
        found += " WHERE skill_id IS NOT NULL OR skill IS NOT NULL"
    return name, f"{columns} names what the release does not hold", f"({found}) EXCEPT ({parents})"


def _one_to_one() -> list[tuple[str, str, str]]:
    """An id has one slug and one label, a slug has one id."""
    checks = []
    for name in ("occupation", "skill"):
        for one, other in ((f"{name}_id", name), (name, f"{name}_id"), (name, f"{name}_label")):
            sql = f"SELECT {one} FROM {name} GROUP BY {one} HAVING count(DISTINCT {other}) > 1"  # noqa: S608
            checks.append((name, f"one {one} has several values of {other}", sql))
    return checks


def _of_release() -> list[tuple[str, str, str]]:
    checks = []
    for name in ("metric_value", "occupation_skill", "skill_pair"):
        sql = f"SELECT DISTINCT method_version FROM {name} WHERE method_version <> $method_version"  # noqa: S608
        checks.append((name, "method_version is not the release's", sql))
    periods = "SELECT unnest($starts :: DATE[]), unnest($ends :: DATE[])"
    found = "SELECT DISTINCT period_start, period_end FROM occupation"
    checks.append(("occupation", "a period is not the release's", f"({found}) EXCEPT ({periods})"))
    checks.append(("occupation", "a period of the release is missing", f"({periods}) EXCEPT ({found})"))
    return checks
