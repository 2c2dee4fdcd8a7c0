"""Example rows of the raw layer."""

from datetime import date

from tests.schemas.rows import Bad, Example

ROWS = {
    "raw_crosswalk": Example(
        {
            "from_scheme": "esco",
            "from_version": "1.2.0",
            "from_code": "http://example.org/esco/1",
            "from_label": "programmer",
            "to_scheme": "onet-soc",
            "to_version": "2019",
            "to_code": "15-1252.00",
            "to_label": None,
            "pair_relation": None,
        },
        [
            Bad({"to_code": "15-1252"}, ("code_forms",)),
            Bad({"from_scheme": "isco", "from_code": "C2512"}, ("code_forms",)),
            Bad({"to_scheme": "noc"}, ("to_scheme_isin",)),
            Bad({"pair_relation": "exactMatch"}, ("pair_relation_isin",)),
        ],
    ),
    "raw_esco_occupation": Example(
        {"isco_code": "0110", "esco_code": "0110.1", "description": None},
        [
            Bad({"isco_code": "2512.4"}, ("isco_code_str_matches",)),
            Bad({"language_code": "EN"}, ("language_code_str_matches",)),
        ],
    ),
    "raw_esco_occupation_skill": Example(
        {
            "occupation_uri": "http://example.org/esco/1",
            "skill_uri": "http://example.org/esco/2",
            "relation_type": "essential",
        },
        [Bad({"relation_type": "necessary"}, ("relation_type_isin",))],
    ),
    "raw_esco_skill": Example(
        {"hidden_labels": []},
        [
            Bad({"preferred_label": ""}, ("preferred_label_str_length",)),
            Bad({"alternative_labels": None}, ("alternative_labels_not_null",)),
        ],
    ),
    "raw_onet_alternate_title": Example(
        {"alternate_title": "API Developer", "short_title": None},
        [Bad({"onet_soc_code": "15-1252"}, ("onet_soc_code_str_matches",))],
    ),
    "raw_onet_occupation": Example(
        {"onet_title": "Software Developers", "description": None},
        [
            Bad({"onet_soc_code": "151252.00"}, ("onet_soc_code_str_matches",)),
            Bad({"onet_title": ""}, ("onet_title_str_length",)),
        ],
    ),
    "raw_oews_employment": Example(
        {"soc_title": "Software Developers", "soc_level": "detailed", "n_employed": 1000},
        [Bad({"soc_level": "tiny"}, ("soc_level_isin",)), Bad({"soc_code": "15"}, ("soc_code_str_matches",))],
    ),
    "raw_onet_rating": Example(
        {},
        [
            Bad({"rating_ci_low": 4.1}, ("rating_inside_interval",)),
            Bad({"scale_id": "RT"}, ("scale_id_isin",)),
        ],
    ),
    "raw_onet_technology_skill": Example(
        {
            "technology_name": "Node.js",
            "commodity_code": "43232408",
            "commodity_title": "Web platform development software",
            "hot_technology": True,
            "in_demand": None,
        },
        [
            Bad({"commodity_code": "4323240"}, ("commodity_code_str_matches",)),
            Bad({"hot_technology": None}, ("hot_technology_not_null",)),
        ],
    ),
    "raw_posting": Example(
        {
            "company": "Northwind",
            "text": "We need WebSockets.",
            "text_format": "plain",
            "pay_text": None,
            "seniority_text": None,
            "employment_type_text": None,
            "industry_text": None,
        },
        [
            Bad({"first_seen_on": None}, ("first_seen_has_basis",)),
            Bad({"first_seen_basis": "none"}, ("first_seen_has_basis",)),
            Bad({"first_seen_on": date(2025, 1, 1), "first_seen_basis": "none"}, ("first_seen_has_basis",)),
            Bad({"pay_min": -1.0}, ("pay_min_greater_than_or_equal_to",)),
            Bad({"pay_currency": "€"}, ("pay_currency_str_matches",)),
            Bad({"country": "France"}, ("country_str_matches",)),
            Bad({"row_number": 0}, ("row_number_greater_than_or_equal_to",)),
        ],
    ),
}
